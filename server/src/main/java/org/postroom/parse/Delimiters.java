package org.postroom.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The delimiter lines of the multiparts that are open (RFC 2046 section 5.1.1), all looked for at once. For one message and
 * one thread.
 */
final class Delimiters {
    /** Blanks after a delimiter beyond this are no delimiter. */
    private static final int MOST_BLANKS = 1_000;

    private record Known(byte[] line, int level) {}

    /** What a line turned out to be. */
    enum Verdict {
        NONE,
        /** The line goes on beyond what is in the window. */
        UNDECIDED,
        FOUND
    }

    private final List<Known> open = new ArrayList<>();
    private int longest;
    private int level;
    private boolean closing;
    private int after;

    /** @param level of the multipart, by which a delimiter is told to be its own; it may have several */
    void open(byte[] boundary, int level) {
        byte[] line = new byte[boundary.length + 2];
        line[0] = '-';
        line[1] = '-';
        System.arraycopy(boundary, 0, line, 2, boundary.length);
        open.add(new Known(line, level));
        prepare();
    }

    void close(int level) {
        while (!open.isEmpty() && open.getLast().level >= level) {
            open.removeLast();
        }
        prepare();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Whether a multipart further out has a delimiter of this one. */
    boolean isShared(int level) {
        for (Known one : open) {
            for (Known other : open) {
                if (one.level == level && other.level < level && Arrays.equals(one.line, other.line)) {
                    return true;
                }
            }
        }
        return false;
    }

    int longest() {
        return longest;
    }

    private void prepare() {
        longest = 0;
        for (Known known : open) {
            longest = Math.max(longest, known.line.length);
        }
    }

    /** Where a delimiter may begin, or -1; there must be one open. */
    int find(byte[] window, int from, int to) {
        int found = ByteSearch.pair(window, (byte) '-', from, to);
        return found < 0 && to > from && window[to - 1] == '-' ? to - 1 : found;
    }

    /** Judges the line at {@code start}; a found one's level, kind and end are then known. The innermost wins. */
    Verdict judge(byte[] window, int start, int end, boolean ended) {
        boolean undecided = false;
        for (int k = open.size() - 1; k >= 0; k--) {
            Known known = open.get(k);
            int common = Math.min(known.line.length, end - start);
            if (!Arrays.equals(window, start, start + common, known.line, 0, common)) {
                continue;
            }
            Verdict verdict = common < known.line.length
                    ? (ended ? Verdict.NONE : Verdict.UNDECIDED)
                    : rest(window, start + known.line.length, end, ended);
            if (verdict == Verdict.FOUND) {
                level = known.level;
                return verdict;
            }
            undecided |= verdict == Verdict.UNDECIDED;
        }
        return undecided ? Verdict.UNDECIDED : Verdict.NONE;
    }

    private Verdict rest(byte[] window, int from, int end, boolean ended) {
        int i = from;
        closing = i + 1 < end && window[i] == '-' && window[i + 1] == '-';
        i += closing ? 2 : 0;
        int limit = Math.min(end, i + MOST_BLANKS);
        boolean any = false;
        for (; i < limit; i++) {
            byte c = window[i];
            if (c == '\n') {
                after = i + 1;
                return Verdict.FOUND;
            }
            if (c == '\r' && i + 1 < end && window[i + 1] != '\n' && window[i + 1] != '\r') {
                after = i + 1;
                return Verdict.FOUND;
            }
            boolean blank = c == ' ' || c == '\t' || c == '\r';
            if (!blank && !(closing && any)) {
                return Verdict.NONE;
            }
            any |= blank;
        }
        after = i;
        if (i == end && ended) {
            return Verdict.FOUND;
        }
        return i < end || ended ? Verdict.NONE : Verdict.UNDECIDED;
    }

    /** Of the delimiter that was found last. */
    int level() {
        return level;
    }

    /** Whether the delimiter that was found last ends its multipart. */
    boolean closing() {
        return closing;
    }

    /** Index after the line of the delimiter that was found last. */
    int after() {
        return after;
    }
}
