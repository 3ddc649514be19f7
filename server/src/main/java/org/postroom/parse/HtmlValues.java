package org.postroom.parse;

/** What values of attributes may look like. */
final class HtmlValues {
    private HtmlValues() {}

    /** A whole or broken number, in pixels or percent: at most five digits and three behind the point. */
    static boolean isNumber(char[] s, int from, int to) {
        int i = from;
        if (i < to && (s[i] == '+' || s[i] == '-')) {
            i++;
        }
        int start = i;
        while (i < to && isDigit(s[i])) {
            i++;
        }
        if (i == start || i - start > 5) {
            return false;
        }
        if (i < to && s[i] == '.') {
            int point = i++;
            while (i < to && isDigit(s[i])) {
                i++;
            }
            if (i - point < 2 || i - point > 4) {
                return false;
            }
        }
        return i == to
                || (i + 1 == to && s[i] == '%')
                || (i + 2 == to && (s[i] | 0x20) == 'p' && (s[i + 1] | 0x20) == 'x');
    }

    /** Pixels of a width or height, rounded down; -1 if it is none. */
    static int pixels(String value) {
        int i = 0;
        int pixels = 0;
        while (i < value.length() && i < 5 && isDigit(value.charAt(i))) {
            pixels = pixels * 10 + value.charAt(i++) - '0';
        }
        if (i == 0) {
            return -1;
        }
        int point = i;
        if (i < value.length() && value.charAt(i) == '.') {
            i++;
            while (i < value.length() && isDigit(value.charAt(i))) {
                i++;
            }
        }
        String unit = value.substring(i);
        boolean known = unit.isEmpty() || unit.equalsIgnoreCase("px") || unit.equalsIgnoreCase("pt");
        return known && point > 0 ? pixels : -1;
    }

    /** Letters, digits, hyphen and underscore. */
    static boolean isWord(char[] s, int from, int to, int longest) {
        if (to - from > longest || to == from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isAlphanumeric(s[i]) && s[i] != '-' && s[i] != '_') {
                return false;
            }
        }
        return true;
    }

    /** A name or hexadecimal number. */
    static boolean isColour(char[] s, int from, int to) {
        int start = from < to && s[from] == '#' ? from + 1 : from;
        return isWord(s, start, to, 20);
    }

    /** Names of fonts. */
    static boolean isFace(char[] s, int from, int to) {
        if (to - from > 200 || to == from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = s[i];
            if (!Character.isLetterOrDigit(c) && c != ' ' && c != ',' && c != '\'' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static final String[] PICTURES = {"png", "jpeg", "jpg", "gif", "webp"};

    /** A picture written out as {@code data:}, of a kind that can hold no script. */
    static boolean isPictureData(char[] s, int from, int to) {
        if (!startsWith(s, from, to, "data:image/")) {
            return false;
        }
        for (String kind : PICTURES) {
            String start = kind + ";base64,";
            if (startsWith(s, from + 11, to, start)) {
                for (int i = from + 11 + start.length(); i < to; i++) {
                    if (!isAlphanumeric(s[i])
                            && s[i] != '+'
                            && s[i] != '/'
                            && s[i] != '='
                            && !HtmlAttributes.isSpace(s[i])) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    /** In either case. */
    static boolean startsWith(char[] s, int from, int to, String wanted) {
        if (to - from < wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            char c = s[from + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
