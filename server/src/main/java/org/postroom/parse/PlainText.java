package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Text as phrases are sought in it: in lower case, blanks single, typographic apostrophes, hyphens and spaces plain, without
 * signs of direction and without accents that stand apart.
 */
final class PlainText {
    /** What stands for a character in plain text, a blank for white space, 0 for a sign of direction. */
    private static final char[] TABLE = new char[0x3100];

    private static final byte[] ASCII = new byte[128];

    static {
        for (char c = 0; c < TABLE.length; c++) {
            TABLE[c] = isDirection(c) ? 0 : isBlank(c) ? ' ' : Character.toLowerCase(c);
        }
        for (char c : "’‘´".toCharArray()) {
            TABLE[c] = '\'';
        }
        for (char c : "\u2010\u2011\u00AD".toCharArray()) {
            TABLE[c] = '-';
        }
        TABLE['İ'] = 'i';
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = (byte) TABLE[c];
        }
    }

    private PlainText() {}

    /** White space, and what steers the direction of writing. */
    static boolean isBlank(char c) {
        return c <= ' '
                || c == '\u00A0'
                || c == '\u3000'
                || (c >= '\u2000' && c <= '\u200F')
                || (c >= '\u202A' && c <= '\u202F')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\uFEFF';
    }

    /** Of a part of a text. */
    static String of(String text, int from, int to) {
        char[] chars = new char[to - from];
        text.getChars(from, to, chars, 0);
        return of(chars, 0, chars.length);
    }

    /** The first characters of a text, each in lower case and otherwise plain. */
    static char[] beginning(char[] text, int length) {
        char[] chars = new char[length];
        boolean combining = false;
        for (int i = 0; i < length; i++) {
            combining |= isCombining(text[i]);
            chars[i] = of(text[i]);
        }
        return combining
                ? Normalizer.normalize(new String(chars), Normalizer.Form.NFC).toCharArray()
                : chars;
    }

    /** As {@link #of(String, int, int)}. */
    static String of(char[] text, int from, int to) {
        if (isAscii(text, from, to)) {
            return ofAscii(text, from, to);
        }
        char[] out = new char[to - from];
        int length = write(text, from, to, out);
        String plain = new String(out, 0, length < 0 ? ~length : length);
        return length < 0 ? Normalizer.normalize(plain, Normalizer.Form.NFC) : plain;
    }

    private static String ofAscii(char[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int at = 0;
        int blankBefore = 1;
        for (int i = from; i < to; i++) {
            byte plain = ASCII[text[i]];
            int blank = plain == ' ' ? 1 : 0;
            out[at] = plain;
            at += 1 - (blank & blankBefore);
            blankBefore = blank;
        }
        return new String(out, 0, at - (at > 0 ? blankBefore : 0), StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(char[] text, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= text[i];
        }
        return all < 128;
    }

    /** Writes it to {@code out}; returns its length, the complement of it if there are accents that stand apart still. */
    private static int write(char[] text, int from, int to, char[] out) {
        int at = 0;
        boolean combining = false;
        int blankBefore = 1;
        for (int i = from; i < to; i++) {
            char c = text[i];
            char plain = of(c);
            combining |= isCombining(c);
            int blank = plain == ' ' ? 1 : 0;
            int written = plain == 0 ? 0 : 1 - (blank & blankBefore);
            out[at] = plain;
            at += written;
            blankBefore = plain == 0 ? blankBefore : blank;
        }
        at -= at > 0 && blankBefore == 1 ? 1 : 0;
        return combining ? ~at : at;
    }

    static boolean isCombining(char c) {
        return c >= '\u0300' && c < '\u0370';
    }

    /** As {@link Character#isDigit(char)}, quick where scripts have none. */
    static boolean isDigit(char c) {
        if (c < '\u0660') {
            return c >= '0' && c <= '9';
        }
        return (c < '\u3000' || c >= '\uA000') && Character.isDigit(c);
    }

    private static boolean isDirection(char c) {
        return (c >= '\u200B' && c <= '\u200F') || (c >= '\u202A' && c <= '\u202E') || (c >= '\u2060' && c <= '\u2069');
    }

    static char of(char c) {
        if (c < TABLE.length) {
            return TABLE[c];
        }
        if (c < '\uA000' || (c >= '\uAC00' && c < '\uFB00')) {
            return c; // of these no two differ by case
        }
        return c == '\uFEFF' ? 0 : Character.toLowerCase(c);
    }
}
