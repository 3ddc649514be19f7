package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.stream.FieldBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.RecycledByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields from lines: cut at the limit, unfolded, raw 8-bit read as text. Lines that are no field are kept until
 * the next field comes: at the end of a header section they are the beginning of a body whose blank line is missing.
 */
final class LenientFields implements FieldBuilder {
    private static final int MAX_SKIPPED = 64 << 10;

    private final ParseLimits limits;
    private final Problems problems;
    private byte[] buffer = new byte[1024];
    private int length;
    private boolean cut;
    private final ByteArrayOutputStream skipped = new ByteArrayOutputStream(0);

    LenientFields(ParseLimits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    /** Lines after the last field that are none themselves; forgets them. */
    byte[] takeSkipped() {
        if (skipped.size() == 0) {
            return new byte[0];
        }
        byte[] lines = skipped.toByteArray();
        skipped.reset();
        return lines;
    }

    @Override
    public void reset() {
        length = 0;
        cut = false;
    }

    @Override
    public void append(ByteArrayBuffer line) {
        int n = Math.min(line.length(), limits.maxHeaderBytes() - length);
        cut |= n < line.length();
        if (length + n > buffer.length) {
            buffer = java.util.Arrays.copyOf(buffer, Math.max(length + n, buffer.length * 2));
        }
        System.arraycopy(line.buffer(), 0, buffer, length, n);
        length += n;
    }

    @Override
    public @Nullable RawField build() {
        int colon = nameEnd();
        if (colon < 0) {
            skip();
            return null;
        }
        if (skipped.size() > 0) {
            problems.add("lines in the header that are no field were left out");
            skipped.reset();
        }
        if (cut) {
            problems.add("header field longer than " + limits.maxHeaderBytes() + " bytes was cut");
        }
        int end = colon;
        while (end > 0 && buffer[end - 1] <= ' ') {
            end--;
        }
        String name = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        return new RawField(name, body(colon + 1));
    }

    private int nameEnd() {
        for (int i = 0; i < length && i < 200; i++) {
            byte b = buffer[i];
            if (b == ':') {
                return i == 0 ? -1 : i;
            }
            if (b == ' ' || b == '\t') {
                int k = i;
                while (k < length && (buffer[k] == ' ' || buffer[k] == '\t')) {
                    k++;
                }
                return i > 0 && k < length && buffer[k] == ':' ? k : -1;
            }
            if (b <= ' ' || b == 127) {
                return -1;
            }
        }
        return -1;
    }

    private void skip() {
        boolean mbox = startsWith("From ") || startsWith(">From ");
        if (length > 0 && !mbox && skipped.size() + length <= MAX_SKIPPED) {
            skipped.write(buffer, 0, length);
        }
    }

    private boolean startsWith(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (i >= length || buffer[i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Unfolds in place: line breaks and NUL go, the white space after them stays. */
    private String body(int start) {
        int n = start;
        boolean ascii = true;
        for (int i = start; i < length; i++) {
            byte b = buffer[i];
            if (b == '\r' || b == '\n' || b == 0) {
                continue;
            }
            ascii &= b > 0 && b != 0x1B;
            buffer[n++] = b;
        }
        while (start < n && (buffer[start] == ' ' || buffer[start] == '\t')) {
            start++;
        }
        if (ascii) {
            return new String(buffer, start, n - start, StandardCharsets.ISO_8859_1);
        }
        return Charsets.decode(buffer, start, n, CharsetGuess.of(buffer, start, n));
    }

    @Override
    public @Nullable RecycledByteArrayBuffer getRaw() {
        return null;
    }

    @Override
    public void release() {}
}
