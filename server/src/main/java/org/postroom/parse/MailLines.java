package org.postroom.parse;

import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text by its lines, without a copy of it: where each begins and ends but for blanks, what {@link HtmlText} marked, how
 * deep it is quoted. Lines are counted from 0. For one thread.
 */
final class MailLines {
    /** Longer lines are never taken for anything but text. */
    static final int LONG = 400;

    /** Small letters of the alphabets next to Latin. */
    private static final char[] LOWER = new char[0x600];

    static {
        for (char c = 0; c < LOWER.length; c++) {
            LOWER[c] = Character.toLowerCase(c);
        }
    }

    private final String text;
    private int count;
    private int[] raw = new int[64];
    private int[] start = new int[64];
    private int[] end = new int[64];
    private byte[] mark = new byte[64];
    private final @Nullable String[] plain;

    MailLines(String text) {
        this.text = text;
        int at = 0;
        while (at <= text.length()) {
            int stop = text.indexOf('\n', at);
            add(at, stop < 0 ? text.length() : stop);
            if (stop < 0) {
                break;
            }
            at = stop + 1;
        }
        plain = new String[count];
    }

    private void add(int from, int to) {
        if (count == raw.length) {
            raw = Arrays.copyOf(raw, count * 2);
            start = Arrays.copyOf(start, count * 2);
            end = Arrays.copyOf(end, count * 2);
            mark = Arrays.copyOf(mark, count * 2);
        }
        int at = from;
        char first = at < to ? text.charAt(at) : 0;
        if (first >= HtmlText.QUOTED && first <= HtmlText.REST_QUOTED) {
            mark[count] = (byte) (first - HtmlText.QUOTED + 1);
            at++;
        }
        raw[count] = at;
        while (at < to && isBlank(text.charAt(at))) {
            at++;
        }
        int last = to;
        while (last > at && isBlank(text.charAt(last - 1))) {
            last--;
        }
        start[count] = at;
        end[count++] = last;
    }

    /** White space, and what steers the direction of writing. */
    private static boolean isBlank(char c) {
        return c <= ' '
                || c == '\u00A0'
                || c == '\u3000'
                || (c >= '\u2000' && c <= '\u200F')
                || (c >= '\u202A' && c <= '\u202F')
                || (c >= '\u2060' && c <= '\u2069')
                || c == '\uFEFF';
    }

    int count() {
        return count;
    }

    /** Where the line's words begin in the text. */
    int start(int line) {
        return start[line];
    }

    int end(int line) {
        return end[line];
    }

    int length(int line) {
        return end[line] - start[line];
    }

    boolean isLong(int line) {
        return length(line) > 100;
    }

    String text() {
        return text;
    }

    /** Nothing to read. */
    boolean blank(int line) {
        return start[line] == end[line];
    }

    boolean isMarkedQuoted(int line) {
        return mark[line] == 1;
    }

    boolean isMarkedSignature(int line) {
        return mark[line] == 2;
    }

    boolean isRestQuoted(int line) {
        return mark[line] == 3;
    }

    /** It is no quoted line after all. */
    void unmark(int line) {
        mark[line] = 0;
    }

    /** 0 for an empty line. */
    char first(int line) {
        return start[line] < end[line] ? text.charAt(start[line]) : 0;
    }

    char last(int line) {
        return start[line] < end[line] ? text.charAt(end[line] - 1) : 0;
    }

    /** Begins with {@code >}, at most three blanks before it. */
    boolean hasQuoteSign(int line) {
        char c = first(line);
        return (c == '>' || c == '＞') && start[line] - raw[line] <= 3;
    }

    /** As it stands, without mark and blanks at its end; what ends a change of direction stays with it. */
    void appendTo(StringBuilder out, int line) {
        int stop = end[line];
        while (stop < text.length() && text.charAt(stop) >= '\u2000' && isBlank(text.charAt(stop))) {
            stop++;
        }
        out.append(text, Math.min(raw[line], end[line]), stop);
    }

    /** Exactly the delimiter of RFC 3676. */
    boolean isDelimiter(int line) {
        return length(line) == 2 && text.startsWith("-- ", start[line]) && start[line] == raw[line];
    }

    String content(int line) {
        return text.substring(start[line], end[line]);
    }

    boolean contains(int line, char c) {
        int at = text.indexOf(c, start[line], end[line]);
        return at >= 0;
    }

    int digits(int line) {
        int found = 0;
        for (int i = start[line]; i < end[line]; i++) {
            found += Character.isDigit(text.charAt(i)) ? 1 : 0;
        }
        return found;
    }

    /** The line's words for comparing; empty if it is too long to be more than text. */
    String plain(int line) {
        String known = plain[line];
        if (known == null) {
            known = length(line) > LONG ? "" : plain(text, start[line], end[line]);
            plain[line] = known;
        }
        return known;
    }

    /**
     * In lower case, blanks single, typographic apostrophes, hyphens and spaces plain, without signs of direction and
     * without accents that stand apart.
     */
    static String plain(String text, int from, int to) {
        char[] out = new char[to - from];
        int length = 0;
        boolean combining = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 128) {
                out[length++] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            } else if (isBlank(c)) {
                boolean direction =
                        (c >= '\u200B' && c <= '\u200F') || (c >= '\u202A' && c <= '\u202E') || c >= '\u2060';
                if (!direction && length > 0 && out[length - 1] != ' ') {
                    out[length++] = ' ';
                }
            } else {
                combining |= c >= '\u0300' && c < '\u0370';
                out[length++] = switch (c) {
                    case '’', '‘', '´' -> '\'';
                    case '\u2010', '\u2011', '\u00AD' -> '-';
                    case 'İ' -> 'i';
                    default -> c < LOWER.length ? LOWER[c] : Character.toLowerCase(c);
                };
            }
        }
        while (length > 0 && out[length - 1] == ' ') {
            length--;
        }
        String plain = new String(out, 0, length);
        return combining ? Normalizer.normalize(plain, Normalizer.Form.NFC) : plain;
    }

    /** First line from there that is not blank, or {@link #count}. */
    int next(int from) {
        int k = from;
        while (k < count && blank(k)) {
            k++;
        }
        return k;
    }

    /** Last line up to there that is not blank, or -1. */
    int previous(int from) {
        int k = from;
        while (k >= 0 && blank(k)) {
            k--;
        }
        return k;
    }

    /** Nothing but dashes and the like, at least so many. */
    boolean isRule(int line, int least) {
        if (length(line) < least) {
            return false;
        }
        for (int i = start[line]; i < end[line]; i++) {
            if ("_-=*—–─━~#".indexOf(text.charAt(i)) < 0 && !isBlank(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
