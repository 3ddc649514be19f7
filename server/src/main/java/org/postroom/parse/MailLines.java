package org.postroom.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text by its lines, without a copy of it: where each begins and ends but for blanks, what {@link HtmlText} marked, how
 * deep it is quoted. Lines are counted from 0. For one thread.
 */
final class MailLines {
    /** Longer lines are never taken for anything but text. */
    static final int LONG = 400;

    /** Signs of which rules are drawn. */
    private static final boolean[] RULES = new boolean[128];

    static {
        "_-=*~#".chars().forEach(c -> RULES[c] = true);
    }

    /** Signs that lines are asked for: that a line has one is kept, not where. */
    static final int DIGIT = 1;

    static final int AT = 2;
    static final int SLASH = 4;
    static final int POINT = 8;
    static final int COLON = 16;
    static final int GREATER = 32;

    private static final byte[] SIGNS = new byte[1 << 16];

    static {
        for (int c = 0; c < SIGNS.length; c++) {
            int sign = "@/.:>＞：".indexOf(c);
            int which = sign < 0 ? 0 : sign < 4 ? AT << sign : c == '：' ? COLON : GREATER;
            SIGNS[c] = (byte) (which | (PlainText.isDigit((char) c) ? DIGIT : 0));
        }
    }

    private static final long KNOWN = 1L << 63;

    /** No four characters. */
    private static final long OTHER = -1;

    private final String text;
    private final char[] chars;
    private int count;
    private int[] raw = new int[64];
    private int[] start = new int[64];
    private int[] end = new int[64];
    private byte[] mark = new byte[64];
    private byte[] signs = new byte[64];
    private int allSigns;
    private boolean marked;
    private final @Nullable String[] plain;
    private final long[] said;
    private final long[] head;

    MailLines(String text) {
        this.text = text;
        this.chars = text.toCharArray();
        int at = 0;
        while (at <= chars.length) {
            at = add(at) + 1;
        }
        plain = new String[count];
        said = new long[count];
        head = new long[count];
    }

    /** Adds the line that begins there; returns where it ends. */
    private int add(int from) {
        if (count == raw.length) {
            raw = Arrays.copyOf(raw, count * 2);
            start = Arrays.copyOf(start, count * 2);
            end = Arrays.copyOf(end, count * 2);
            mark = Arrays.copyOf(mark, count * 2);
            signs = Arrays.copyOf(signs, count * 2);
        }
        char[] text = chars;
        int at = from;
        char first = at < text.length ? text[at] : 0;
        if (first >= HtmlText.QUOTED && first <= HtmlText.REST_QUOTED) {
            mark[count] = (byte) (first - HtmlText.QUOTED + 1);
            marked = true;
            at++;
        }
        raw[count] = at;
        int found = 0;
        int to = at;
        while (to < text.length && text[to] != '\n') {
            found |= SIGNS[text[to++]];
        }
        int last = to;
        while (at < to && PlainText.isBlank(text[at])) {
            at++;
        }
        while (last > at && PlainText.isBlank(text[last - 1])) {
            last--;
        }
        start[count] = at;
        end[count] = last;
        signs[count++] = (byte) found;
        allSigns |= found;
        return to;
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

    /** Its characters, which nobody changes. */
    char[] chars() {
        return chars;
    }

    /** Whether the line has one of these signs. */
    boolean has(int line, int wanted) {
        return (signs[line] & wanted) != 0;
    }

    /** Whether any line has. */
    boolean has(int wanted) {
        return (allSigns & wanted) != 0;
    }

    /** Whether any line is marked. */
    boolean isMarked() {
        return marked;
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

    /** Whether a phrase of the set may begin the line or stand behind signs that do; false only if none does. */
    boolean mayBegin(int line, PhraseSet set) {
        long four = head[line];
        if (four == 0) {
            four = head(line);
            head[line] = four;
        }
        return four == OTHER
                || set.mayBegin((char) (four >> 48), (char) (four >> 32), (char) (four >> 16), (char) four);
    }

    /** Four characters as they are in plain text, 16 bits each; {@link #OTHER} if more or less than four make them. */
    private long head(int line) {
        int at = start[line];
        if (length(line) < 5) {
            return OTHER;
        }
        char one = chars[at];
        char two = chars[at + 1];
        char three = chars[at + 2];
        char four = chars[at + 3];
        boolean plain = Character.isLetter(one)
                && isSimple(two)
                && isSimple(three)
                && isSimple(four)
                && !PlainText.isCombining(chars[at + 4])
                && (two > ' ' || three > ' ')
                && (three > ' ' || four > ' ');
        return !plain
                ? OTHER
                : (long) PlainText.of(one) << 48
                        | (long) PlainText.of(two) << 32
                        | (long) PlainText.of(three) << 16
                        | PlainText.of(four);
    }

    /** One character in plain text too. */
    private static boolean isSimple(char c) {
        return c < 128 || Character.isLetter(c);
    }

    /** 0 for an empty line. */
    char first(int line) {
        return start[line] < end[line] ? chars[start[line]] : 0;
    }

    char last(int line) {
        return start[line] < end[line] ? chars[end[line] - 1] : 0;
    }

    /** Begins with {@code >}, at most three blanks before it. */
    boolean hasQuoteSign(int line) {
        char c = first(line);
        return (c == '>' || c == '＞') && start[line] - raw[line] <= 3;
    }

    /**
     * Writes the line as it stands, without mark and blanks at its end; what ends a change of direction stays with it.
     *
     * @return where what was written ends
     */
    int write(int line, char[] out, int at) {
        int stop = end[line];
        while (stop < text.length() && chars[stop] >= '\u2000' && PlainText.isBlank(chars[stop])) {
            stop++;
        }
        int from = Math.min(raw[line], end[line]);
        System.arraycopy(chars, from, out, at, stop - from);
        return at + stop - from;
    }

    /** Exactly the delimiter of RFC 3676. */
    boolean isDelimiter(int line) {
        return length(line) == 2 && text.startsWith("-- ", start[line]) && start[line] == raw[line];
    }

    String content(int line) {
        return text.substring(start[line], end[line]);
    }

    boolean contains(int line, char c) {
        for (int i = start[line]; i < end[line]; i++) {
            if (chars[i] == c) {
                return true;
            }
        }
        return false;
    }

    int digits(int line) {
        if (!has(line, DIGIT)) {
            return 0;
        }
        int found = 0;
        for (int i = start[line]; i < end[line]; i++) {
            found += PlainText.isDigit(chars[i]) ? 1 : 0;
        }
        return found;
    }

    /** The line's words as {@link PlainText}; empty if it is too long to be more than text. */
    String plain(int line) {
        String known = plain[line];
        if (known == null) {
            known = length(line) > LONG ? "" : PlainText.of(chars, start[line], end[line]);
            plain[line] = known;
        }
        return known;
    }

    /** Lines from the first to before the second, together, as {@link #plain}. */
    String plain(int from, int to) {
        return PlainText.of(chars, start[from], end[to - 1]);
    }

    /** Which sets of {@link QuoteWords#INDEX} have a phrase in these lines, by their bits; that of one line is kept. */
    long said(int from, int to) {
        if (to - from > 1) {
            return search(from, to);
        }
        if (said[from] == 0) {
            said[from] = search(from, to) | KNOWN;
        }
        return said[from];
    }

    private long search(int from, int to) {
        return QuoteWords.INDEX.in(chars, start[from], end[to - 1]);
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
            char c = chars[i];
            if ((c < 128 ? !RULES[c] : "—–─━".indexOf(c) < 0) && !PlainText.isBlank(c)) {
                return false;
            }
        }
        return true;
    }
}
