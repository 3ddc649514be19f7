package org.postroom.parse;

/** Whether text is written from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and their kin. */
final class HtmlDirection {
    private HtmlDirection() {}

    /**
     * Whether there is any such letter, or a numeric reference to one.
     *
     * @param s the characters of the text, and maybe others beyond its length
     */
    static boolean hasRightToLeft(String text, char[] s, int length) {
        int at = 0;
        int whole = length - 7;
        while (at < whole) {
            int bits = s[at] | s[at + 1] | s[at + 2] | s[at + 3] | s[at + 4] | s[at + 5] | s[at + 6] | s[at + 7];
            if (bits >= '\u0400' && hasRightToLeft(s, at, at + 8)) {
                return true;
            }
            at += 8;
        }
        if (hasRightToLeft(s, at, length)) {
            return true;
        }
        for (int i = text.indexOf("&#"); i >= 0; i = text.indexOf("&#", i + 2)) {
            if (isReference(text, i + 2)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasRightToLeft(char[] s, int from, int to) {
        for (int i = from; i < to; i++) {
            if (isRightToLeft(s[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReference(String s, int from) {
        boolean hexadecimal = from < s.length() && (s.charAt(from) | 0x20) == 'x';
        int value = 0;
        for (int i = hexadecimal ? from + 1 : from; i < s.length() && value < 0x10000; i++) {
            int digit = Character.digit(s.charAt(i), hexadecimal ? 16 : 10);
            if (digit < 0) {
                break;
            }
            value = value * (hexadecimal ? 16 : 10) + digit;
        }
        return value < 0x10000 && isRightToLeft((char) value);
    }

    private static boolean isRightToLeft(char c) {
        return (c >= '\u0590' && c <= '\u08FF') || (c >= '\uFB1D' && c <= '\uFDFF') || (c >= '\uFE70' && c <= '\uFEFC');
    }
}
