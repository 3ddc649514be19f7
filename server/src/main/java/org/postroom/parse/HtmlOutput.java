package org.postroom.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Characters being written. For one thread. */
final class HtmlOutput {
    private char[] chars;
    private int length;

    HtmlOutput(int size) {
        this(new char[Math.max(size, 256)]);
    }

    /** @param chars to write to as long as there is room; nobody else uses them meanwhile */
    HtmlOutput(char[] chars) {
        this.chars = chars;
    }

    int length() {
        return length;
    }

    char last() {
        return length == 0 ? 0 : chars[length - 1];
    }

    char at(int place) {
        return chars[place];
    }

    /** Takes back what was written after this place. */
    void cutTo(int place) {
        length = place;
    }

    void add(char c) {
        room(1);
        chars[length++] = c;
    }

    void add(char[] s) {
        add(s, 0, s.length);
    }

    void add(char[] s, int from, int to) {
        int more = to - from;
        room(more);
        if (more < 8) {
            char[] target = chars;
            int at = length;
            for (int i = from; i < to; i++) {
                target[at++] = s[i];
            }
        } else {
            System.arraycopy(s, from, chars, length, more);
        }
        length += more;
    }

    void add(String s) {
        int more = s.length();
        room(more);
        s.getChars(0, more, chars, length);
        length += more;
    }

    void addCodePoint(int c) {
        if (c < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            add((char) c);
        } else {
            add(Character.highSurrogate(c));
            add(Character.lowSurrogate(c));
        }
    }

    void repeat(char c, int times) {
        room(times);
        Arrays.fill(chars, length, length + times, c);
        length += times;
    }

    /** Whether a character was written at or after a place. */
    boolean has(char wanted, int from) {
        for (int i = from; i < length; i++) {
            if (chars[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Writes again what stands between two places. */
    void again(int from, int to) {
        room(to - from);
        System.arraycopy(chars, from, chars, length, to - from);
        length += to - from;
    }

    /** As content or in a quoted attribute; control characters go. */
    void addEscaped(char[] s, int from, int to) {
        int run = from;
        for (int i = from; i < to; i++) {
            char c = s[i];
            if (c > '>' || (c > '"' && c != '&' && c < '<')) {
                continue;
            }
            String escape = escape(c);
            if (escape != null) {
                add(s, run, i);
                add(escape);
                run = i + 1;
            }
        }
        add(s, run, to);
    }

    void addEscaped(String s) {
        addEscaped(s.toCharArray(), 0, s.length());
    }

    private static @Nullable String escape(char c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> "&quot;";
            case '\t', '\n', ' ' -> null;
            default -> c < ' ' ? "" : null;
        };
    }

    /** Whether the same stands at two places. */
    boolean isSame(int from, int to, int otherFrom, int otherTo) {
        return Arrays.equals(chars, from, to, chars, otherFrom, otherTo);
    }

    private void room(int more) {
        if (length + more > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(length + more, chars.length + (chars.length >> 1) + 256));
        }
    }

    String from(int start) {
        return new String(chars, start, length - start);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
