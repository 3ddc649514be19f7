package org.postroom.parse;

import java.util.Locale;

/** The first words of a text on one line, as a list of messages shows them. */
final class Preview {
    private static final int MOST = 200;

    /** Characters looked at; a text that says nothing until there has no preview. */
    private static final int LOOK = 8_000;

    /** Enough for most texts. */
    private static final int FIRST = 600;

    /** No more of a word is of use. */
    private static final int WORD = 2 * MOST;

    /** Of the beginnings by which an address is known. */
    private static final int LONGEST = 8;

    /** Signs of which rules are made. */
    private static final String RULES = "-_=*~>|—–─━•#";

    private static final boolean[] WORDS = new boolean[127];

    static {
        for (char c = 0; c < WORDS.length; c++) {
            WORDS[c] = RULES.indexOf(c) < 0;
        }
    }

    private Preview() {}

    /** At most 200 characters, never half of one; empty if there are no words. */
    static String of(String text) {
        StringBuilder out = new StringBuilder(MOST + 64);
        int stop = Math.min(text.length(), FIRST);
        read(out, beginning(text, stop), stop);
        if (out.length() <= MOST && stop < text.length()) {
            stop = Math.min(text.length(), LOOK);
            out.setLength(0);
            read(out, beginning(text, stop), stop);
        }
        return cut(out);
    }

    /** And as much more as a word that begins before there may add. */
    private static char[] beginning(String text, int stop) {
        char[] beginning = new char[Math.min(text.length(), stop + WORD)];
        text.getChars(0, beginning.length, beginning, 0);
        return beginning;
    }

    private static void read(StringBuilder out, char[] text, int stop) {
        int i = 0;
        while (i < stop && out.length() <= MOST) {
            int end = i;
            while (end < text.length && !isBlank(text[end])) {
                end++;
            }
            if (end > i && !isAddress(text, i, end)) {
                append(out, text, i, Math.min(end, i + WORD));
            }
            i = end + 1;
        }
    }

    private static void append(StringBuilder out, char[] text, int from, int to) {
        int before = out.length();
        boolean words = false;
        if (before > 0) {
            out.append(' ');
        }
        int plain = from;
        while (plain < to && text[plain] < 127) {
            words |= WORDS[text[plain++]];
        }
        out.append(text, from, plain - from);
        for (int k = plain; k < to; k++) {
            char c = text[k];
            if (c < 127) {
                out.append(c);
                words |= WORDS[c];
            } else if (!isInvisible(c)) {
                out.append(c);
                words |= RULES.indexOf(c) < 0;
            }
        }
        boolean dash = to - from == 1 && "-–—•*&".indexOf(text[from]) >= 0;
        if (!words && !(dash && before > 0)) {
            out.setLength(before); // a rule, or nothing to see
        }
    }

    private static String cut(StringBuilder out) {
        if (out.length() <= MOST) {
            return out.toString();
        }
        int end = MOST - 1;
        int blank = out.lastIndexOf(" ", end);
        if (blank > MOST - 40) {
            end = blank;
        }
        while (end > 0 && joins(out, end)) {
            end--;
        }
        return out.substring(0, end).strip() + "…";
    }

    /** Whether the character there belongs to the one before. */
    private static boolean joins(StringBuilder out, int at) {
        char c = out.charAt(at);
        int type = Character.getType(c);
        return Character.isLowSurrogate(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || c == '\u200D'
                || out.charAt(at - 1) == '\u200D';
    }

    private static boolean isBlank(char c) {
        if (c < 127) {
            return c <= ' ';
        }
        return c == '\u00A0'
                || c == '\u3000'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u202F'
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u1680'
                || c == '\u205F'
                || c == '\u0085';
    }

    /** Padding of newsletters. The joiner stays: emoji and some scripts need it. */
    private static boolean isInvisible(char c) {
        return c == '\u034F'
                || c == '\u00AD'
                || c == '\u200B'
                || c == '\u200C'
                || c == '\u200E'
                || c == '\u200F'
                || c == '\u061C'
                || c == '\u2060'
                || c == '\uFEFF'
                || c == '\u2007'
                || c == '\u180E'
                || c == '\u2800'
                || c == '\u3164'
                || c == '\u115F'
                || c == '\u1160'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || (c >= '\u007F' && c < '\u00A0')
                || (c >= '\uE000' && c <= '\uE002');
    }

    /** An address on the web, bare or in brackets. */
    private static boolean isAddress(char[] text, int from, int to) {
        char first = text[from];
        if (Character.isLetterOrDigit(first) && first != 'h' && first != 'H' && first != 'w' && first != 'W') {
            return false;
        }
        int k = from;
        while (k < to && "<([{\"'".indexOf(text[k]) >= 0) {
            k++;
        }
        char begins = k < to ? (char) (text[k] | 0x20) : 0;
        if (begins != 'h' && begins != 'w' && begins != 'm' && begins != 'c') {
            return false;
        }
        String words = new String(text, k, Math.min(to - k, LONGEST)).toLowerCase(Locale.ROOT);
        return words.startsWith("http://")
                || words.startsWith("https://")
                || words.startsWith("www.")
                || (k > from && words.startsWith("mailto:"))
                || (first == '[' && words.startsWith("cid:"));
    }
}
