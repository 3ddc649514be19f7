package org.postroom.secure;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postroom.parse.Opener.Content;

/**
 * A content with CRLF at the end of each line, as it was signed (RFC 8551 section 3.1.1), where a program on the way left
 * LF alone. Its size is not known.
 */
record Canonical(Content content) implements Content {
    /** Whether a line ends with LF alone. */
    static boolean differs(Content content) throws IOException {
        try (InputStream in = new BufferedInputStream(content.open(), 1 << 16)) {
            int before = -1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n' && before != '\r') {
                    return true;
                }
                before = b;
            }
            return false;
        }
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException("not counted");
    }

    @Override
    public InputStream open() throws IOException {
        return new Lines(new BufferedInputStream(content.open(), 1 << 16));
    }

    private static final class Lines extends FilterInputStream {
        private int before = -1;
        private boolean lineFeed;

        Lines(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (lineFeed) {
                lineFeed = false;
                before = '\n';
                return '\n';
            }
            int b = in.read();
            if (b == '\n' && before != '\r') {
                lineFeed = true;
                return '\r';
            }
            before = b;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = 0;
            while (n < length) {
                int b = read();
                if (b < 0) {
                    break;
                }
                bytes[offset + n++] = (byte) b;
            }
            return n == 0 && length > 0 ? -1 : n;
        }
    }
}
