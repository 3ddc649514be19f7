package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds the delimiter of a multipart whose boundary is missing or wrong. */
final class Boundaries {
    private static final int LONGEST = 200;

    private Boundaries() {}

    /** Whether a line of the content begins with this boundary's delimiter. */
    static boolean contains(byte[] content, int from, int to, String boundary) {
        byte[] wanted = boundary.getBytes(StandardCharsets.UTF_8);
        for (int i = from; i + wanted.length + 2 <= to; i++) {
            boolean start = i == from || content[i - 1] == '\n' || content[i - 1] == '\r';
            if (start && content[i] == '-' && content[i + 1] == '-' && startsWith(content, i + 2, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] content, int from, byte[] wanted) {
        for (int k = 0; k < wanted.length; k++) {
            if (content[from + k] != wanted[k]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first line that looks like a delimiter, best if a header follows; null if there is none.
     *
     * @param strict whether a header must follow
     */
    static @Nullable String guessed(byte[] content, boolean strict) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String loose = null;
        for (int line = 0; line < text.length(); ) {
            int end = text.indexOf('\n', line);
            int next = end < 0 ? text.length() : end + 1;
            String found = delimiter(text, line, end < 0 ? text.length() : end);
            if (found != null) {
                if (headerAt(text, next)) {
                    return found;
                }
                loose = loose == null ? found : loose;
            }
            line = next;
        }
        return strict ? null : loose;
    }

    /** The delimiter that content begins with, if a header of a part follows; null if it does not. */
    static @Nullable String undeclared(byte[] content) {
        int line = 0;
        while (line < content.length && (content[line] == '\r' || content[line] == '\n' || content[line] == ' ')) {
            line++;
        }
        if (line + 2 >= content.length || content[line] != '-' || content[line + 1] != '-') {
            return null;
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n', line);
        return end > 0 && headerAt(text, end + 1) ? delimiter(text, line, end) : null;
    }

    private static boolean headerAt(String text, int line) {
        return text.regionMatches(true, line, "content-", 0, 8);
    }

    /** RFC 2046 section 5.1.1, with something that is no dash. */
    private static @Nullable String delimiter(String text, int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) <= ' ') {
            end--;
        }
        if (end - from < 5 || end - from > LONGEST || text.charAt(from) != '-' || text.charAt(from + 1) != '-') {
            return null;
        }
        boolean other = false;
        for (int i = from + 2; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
            if (!letter && "'()+_,-./:=?".indexOf(c) < 0) {
                return null;
            }
            other |= c != '-';
        }
        return other ? text.substring(from + 2, end) : null;
    }
}
