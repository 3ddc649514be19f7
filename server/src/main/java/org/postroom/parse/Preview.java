package org.postroom.parse;

/** The first words of a text on one line, as a list of messages shows them. */
final class Preview {
    private static final int MOST = 200;

    /** Characters looked at; a text that says nothing until there has no preview. */
    private static final int LOOK = 8_000;

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
        int i = 0;
        int stop = Math.min(text.length(), LOOK);
        while (i < stop && out.length() <= MOST) {
            int end = i;
            while (end < text.length() && !isBlank(text.charAt(end))) {
                end++;
            }
            if (end > i && !isAddress(text, i, end)) {
                append(out, text, i, end);
            }
            i = end + 1;
        }
        return cut(out);
    }

    private static void append(StringBuilder out, String text, int from, int to) {
        int before = out.length();
        boolean words = false;
        if (before > 0) {
            out.append(' ');
        }
        int most = Math.min(to, from + MOST * 2);
        int plain = from;
        while (plain < most && text.charAt(plain) < 127) {
            words |= WORDS[text.charAt(plain++)];
        }
        out.append(text, from, plain);
        for (int k = plain; k < most; k++) {
            char c = text.charAt(k);
            if (c < 127) {
                out.append(c);
                words |= WORDS[c];
            } else if (!isInvisible(c)) {
                out.append(c);
                words |= RULES.indexOf(c) < 0;
            }
        }
        boolean dash = to - from == 1 && "-–—•*&".indexOf(text.charAt(from)) >= 0;
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
        return c <= ' '
                || c == '\u00A0'
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
    private static boolean isAddress(String text, int from, int to) {
        char first = text.charAt(from);
        if (Character.isLetterOrDigit(first) && first != 'h' && first != 'H' && first != 'w' && first != 'W') {
            return false;
        }
        int k = from;
        while (k < to && "<([{\"'".indexOf(text.charAt(k)) >= 0) {
            k++;
        }
        return text.regionMatches(true, k, "http://", 0, 7)
                || text.regionMatches(true, k, "https://", 0, 8)
                || text.regionMatches(true, k, "www.", 0, 4)
                || (k > from && text.regionMatches(true, k, "mailto:", 0, 7))
                || (text.charAt(from) == '[' && text.regionMatches(true, k, "cid:", 0, 4));
    }
}
