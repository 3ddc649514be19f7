package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;

/** A part whose transfer encoding is uuencode: what stands between {@code begin} and {@code end}. For one thread. */
final class UuInput extends InputStream {
    private static final int LONGEST_LINE = 128;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private final byte[] line = new byte[LONGEST_LINE];
    private final byte[] decoded = new byte[LONGEST_LINE];
    private int decodedAt;
    private int decodedEnd;
    private boolean begun;
    private boolean ended;

    UuInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = 0;
        while (n < length) {
            if (decodedAt == decodedEnd && !nextLine()) {
                break;
            }
            int some = Math.min(length - n, decodedEnd - decodedAt);
            System.arraycopy(decoded, decodedAt, target, offset + n, some);
            decodedAt += some;
            n += some;
        }
        return n == 0 && length > 0 ? -1 : n;
    }

    private boolean nextLine() throws IOException {
        while (!ended) {
            int length = readLine();
            if (length < 0) {
                ended = true;
            } else if (!begun) {
                begun = length > 6 && line[0] == 'b' && line[1] == 'e' && line[5] == ' ';
            } else if (length >= 3 && line[0] == 'e' && line[1] == 'n' && line[2] == 'd') {
                ended = true;
            } else if (length > 0) {
                decodedAt = 0;
                decodedEnd = Uuencode.decode(line, 0, length, decoded, 0);
                if (decodedEnd > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Length of the line without its end, -1 at the end; what is too long is cut. */
    private int readLine() throws IOException {
        int n = 0;
        boolean any = false;
        while (true) {
            if (at == end) {
                end = Math.max(0, in.read(buffer, 0, buffer.length));
                at = 0;
                if (end == 0) {
                    return any ? n : -1;
                }
            }
            byte b = buffer[at++];
            any = true;
            if (b == '\n') {
                return n;
            }
            if (b != '\r' && n < LONGEST_LINE) {
                line[n++] = b;
            }
        }
    }
}
