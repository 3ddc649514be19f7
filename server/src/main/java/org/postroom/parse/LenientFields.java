package org.postroom.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Header fields from lines: cut at the limit, unfolded, raw 8-bit read as text. For one message and one thread. */
final class LenientFields {
    private static final int LONGEST_NAME = 200;

    private final ParseLimits limits;
    private final Problems problems;
    private byte[] buffer = new byte[1024];
    private int length;
    private boolean cut;
    private byte @Nullable [] raw;

    LenientFields(ParseLimits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    void reset() {
        length = 0;
        cut = false;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Adds a line, or a piece of one. */
    void append(byte[] line, int from, int to) {
        int n = Math.min(to - from, limits.maxHeaderBytes() - length);
        cut |= n < to - from;
        if (length + n > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + n, buffer.length * 2));
        }
        System.arraycopy(line, from, buffer, length, n);
        length += n;
    }

    /** The field that its lines make, null if they make none. */
    Headers.@Nullable Field build() {
        raw = null;
        int colon = nameEnd(buffer, 0, length);
        if (colon < 0) {
            return null;
        }
        if (cut) {
            problems.add("header field longer than " + limits.maxHeaderBytes() + " bytes was cut");
        }
        int end = colon;
        while (end > 0 && buffer[end - 1] <= ' ') {
            end--;
        }
        return new Headers.Field(HeaderNames.lower(buffer, 0, end), body(colon + 1));
    }

    /** Index of the colon after a field's name, -1 if the line is no field. */
    static int nameEnd(byte[] line, int from, int to) {
        int limit = Math.min(to, from + LONGEST_NAME);
        for (int i = from; i < limit; i++) {
            byte b = line[i];
            if (b == ':') {
                return i == from ? -1 : i;
            }
            if (b == ' ' || b == '\t') {
                int k = i;
                while (k < to && (line[k] == ' ' || line[k] == '\t')) {
                    k++;
                }
                return i > from && k < to && line[k] == ':' ? k : -1;
            }
            if (b <= ' ' || b == 127) {
                return -1;
            }
        }
        return -1;
    }

    /** Takes out line breaks and NUL; returns where what is left ends. */
    private int withoutBreaks(int start) {
        int n = start;
        for (int from = start; from < length; ) {
            int feed = ByteSearch.indexOf(buffer, (byte) '\n', from, length);
            int end = feed < 0 ? length : feed;
            int stop = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
            System.arraycopy(buffer, from, buffer, n, stop - from);
            n += stop - from;
            from = end + 1;
        }
        if (ByteSearch.indexOf(buffer, (byte) '\r', start, n) < 0
                && ByteSearch.indexOf(buffer, (byte) 0, start, n) < 0) {
            return n;
        }
        int left = start;
        for (int i = start; i < n; i++) {
            if (buffer[i] != '\r' && buffer[i] != 0) {
                buffer[left++] = buffer[i];
            }
        }
        return left;
    }

    /** Whether one and nothing else stands from there on. */
    private boolean isLineEnd(int index) {
        int feed = buffer[index] == '\r' ? index + 1 : index;
        return feed + 1 == length && buffer[feed] == '\n';
    }

    /** Unfolds in place: line breaks and NUL go, the white space after them stays. */
    private String body(int start) {
        int n = ByteSearch.printable(buffer, start, length);
        boolean ascii = n == length || isLineEnd(n); // as most are
        if (!ascii) {
            n = withoutBreaks(start);
            ascii = Charsets.isAscii(buffer, start, n);
        }
        while (start < n && (buffer[start] == ' ' || buffer[start] == '\t')) {
            start++;
        }
        if (ascii) {
            return new String(buffer, start, n - start, StandardCharsets.ISO_8859_1);
        }
        Charset guessed = CharsetGuess.of(buffer, start, n);
        raw = guessed.equals(StandardCharsets.UTF_8) ? null : Arrays.copyOfRange(buffer, start, n);
        return Charsets.decode(buffer, start, n, guessed);
    }

    /** The body of the field built last, if its charset had to be guessed; else null. */
    byte @Nullable [] raw() {
        return raw;
    }
}
