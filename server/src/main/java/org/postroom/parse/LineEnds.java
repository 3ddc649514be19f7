package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** Messages whose lines end with CR alone are read as if they ended with LF. */
final class LineEnds {
    private static final int LOOK = 4096;

    private LineEnds() {}

    static InputStream mended(InputStream raw, Problems problems) throws IOException {
        byte[] start = raw.readNBytes(LOOK);
        PushbackInputStream whole = new PushbackInputStream(raw, LOOK);
        whole.unread(start);
        boolean carriageReturns = false;
        for (byte b : start) {
            if (b == '\n') {
                return whole;
            }
            carriageReturns |= b == '\r';
        }
        if (!carriageReturns) {
            return whole;
        }
        problems.add("lines end with CR alone");
        return new InputStream() {
            @Override
            public int read() throws IOException {
                int b = whole.read();
                return b == '\r' ? '\n' : b;
            }

            @Override
            public int read(byte[] bytes, int off, int len) throws IOException {
                int n = whole.read(bytes, off, len);
                for (int i = off; i < off + n; i++) {
                    if (bytes[i] == '\r') {
                        bytes[i] = '\n';
                    }
                }
                return n;
            }
        };
    }
}
