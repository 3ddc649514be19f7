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

    /** Room for all that may be read before it is seen to be enough. */
    private final char[] out = new char[MOST + WORD + 2];

    private int length;

    private Preview() {}

    /** At most 200 characters, never half of one; empty if there are no words. */
    static String of(String text) {
        Preview preview = new Preview();
        int stop = Math.min(text.length(), FIRST);
        preview.read(beginning(text, stop), stop);
        if (preview.length <= MOST && stop < text.length()) {
            stop = Math.min(text.length(), LOOK);
            preview.length = 0;
            preview.read(beginning(text, stop), stop);
        }
        return preview.cut();
    }

    /** And as much more as a word that begins before there may add. */
    private static char[] beginning(String text, int stop) {
        char[] beginning = new char[Math.min(text.length(), stop + WORD)];
        text.getChars(0, beginning.length, beginning, 0);
        return beginning;
    }

    private void read(char[] text, int stop) {
        int i = 0;
        while (i < stop && length <= MOST) {
            int end = i;
            while (end < text.length && !isBlank(text[end])) {
                end++;
            }
            if (end > i && !isAddress(text, i, end)) {
                append(text, i, Math.min(end, i + WORD));
            }
            i = end + 1;
        }
    }

    private void append(char[] text, int from, int to) {
        int before = length;
        boolean words = false;
        int at = length;
        if (before > 0) {
            out[at++] = ' ';
        }
        for (int k = from; k < to; k++) {
            char c = text[k];
            out[at] = c;
            if (c < 127) {
                words |= WORDS[c];
                at++;
            } else if (isPlainly(c)) {
                words = true;
                at++;
            } else if (!isInvisible(c)) {
                words |= RULES.indexOf(c) < 0;
                at++;
            }
        }
        boolean dash = to - from == 1 && "-–—•*&".indexOf(text[from]) >= 0;
        // a rule, or nothing to see, goes again
        length = words || (dash && before > 0) ? at : before;
    }

    private String cut() {
        if (length <= MOST) {
            return new String(out, 0, length);
        }
        int end = MOST - 1;
        int blank = end;
        while (blank > MOST - 40 && out[blank] != ' ') {
            blank--;
        }
        if (blank > MOST - 40) {
            end = blank;
        }
        while (end > 0 && joins(end)) {
            end--;
        }
        return new String(out, 0, end).strip() + "…";
    }

    /** Whether the character there belongs to the one before. */
    private boolean joins(int at) {
        char c = out[at];
        int type = Character.getType(c);
        return Character.isLowSurrogate(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || c == '\u200D'
                || out[at - 1] == '\u200D';
    }

    /** Where scripts have letters and no blanks, rules or invisible signs; most of the letters that are none of ASCII. */
    private static boolean isPlainly(char c) {
        return (c >= '\u00C0' && c < '\u034F')
                || (c >= '\u0370' && c < '\u061C')
                || (c > '\u3000' && c < '\u3164')
                || (c > '\u3164' && c < '\uD800');
    }

    private static boolean isBlank(char c) {
        if (c < 127) {
            return c <= ' ';
        }
        if (isPlainly(c)) {
            return false;
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
