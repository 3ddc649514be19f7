package org.postroom.parse;

/** Finds the ends of things in a style sheet. */
final class CssScan {
    private CssScan() {}

    static int afterComment(char[] s, int from, int end) {
        for (int i = from + 2; i + 1 < end; i++) {
            if (s[i] == '*' && s[i + 1] == '/') {
                return i + 2;
            }
        }
        return end;
    }

    /** After its semicolon or its block. */
    static int afterAtRule(char[] s, int from, int end) {
        int i = from;
        while (i < end && s[i] != ';' && s[i] != '{') {
            i++;
        }
        return i < end && s[i] == '{' ? Math.min(blockEnd(s, i + 1, end) + 1, end) : Math.min(i + 1, end);
    }

    /** Place of the brace that closes a block, or the end. */
    static int blockEnd(char[] s, int from, int end) {
        int depth = 1;
        int i = from;
        while (i < end) {
            char c = s[i];
            if (c == '/' && i + 1 < end && s[i + 1] == '*') {
                i = afterComment(s, i, end);
                continue;
            }
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
            i++;
        }
        return end;
    }
}
