package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes quoted-printable (RFC 2045 section 6.7) as it is read, leniently: an equals sign that encodes nothing stays.
 * For one thread; the stream beneath stays open.
 */
final class QuotedPrintableInput extends InputStream {
    private static final byte[] HEX = new byte[256];
    /** What stands for itself wherever it is. */
    private static final boolean[] PLAIN = new boolean[256];

    private static final byte[] SURE = new byte[256];
    private static final byte[] BLANK = new byte[256];
    /** What makes the blank before it one that stands within a line. */
    private static final byte[] INNER = new byte[256];

    static {
        for (int i = 0; i < 256; i++) {
            HEX[i] = (byte) Character.digit(i < 128 ? i : 0, 16);
            PLAIN[i] = i != '=' && i != ' ' && i != '\t';
            SURE[i] = (byte) (PLAIN[i] ? 1 : 0);
            BLANK[i] = (byte) (i == ' ' || i == '\t' ? 1 : 0);
            INNER[i] = (byte) (PLAIN[i] && i != '\r' && i != '\n' ? 1 : 0);
        }
    }

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean ended;

    QuotedPrintableInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int to = offset;
        int limit = offset + length;
        while (to == offset) {
            if (at == end && !fill()) {
                return -1;
            }
            to = decode(target, offset, limit);
            if (to == offset && at < end && !fill()) {
                to = odd(target, to);
            }
        }
        return to - offset;
    }

    /** False if nothing more came. */
    private boolean fill() throws IOException {
        if (ended || (at == 0 && end == buffer.length)) {
            return false;
        }
        System.arraycopy(buffer, at, buffer, 0, end - at);
        end -= at;
        at = 0;
        int n = in.read(buffer, end, buffer.length - end);
        ended = n < 0;
        end += Math.max(0, n);
        return n > 0;
    }

    /** What cannot be decided by what follows, for nothing does, or nothing but a buffer full of blanks. */
    private int odd(byte[] target, int to) {
        if (buffer[at] == '=') {
            boolean digit = end - at > 1 && buffer[at + 1] != ' ' && buffer[at + 1] != '\t' && buffer[at + 1] != '\r';
            if (digit) {
                target[to] = buffer[at++];
                return to + 1;
            }
            at = end;
            return to;
        }
        if (ended) {
            at = end; // blanks at the very end
            return to;
        }
        target[to] = buffer[at++];
        return to + 1;
    }

    /** Decodes what is in the buffer, as far as what follows is known; returns where it stopped writing. */
    private int decode(byte[] target, int from, int limit) {
        int to = from;
        int i = at;
        while (i < end && to < limit) {
            // a blank before anything but a blank or a line end stands for itself: one step for both, as most are
            int last = Math.min(end - 1, i + limit - to);
            int run = i;
            while (run < last
                    && (SURE[buffer[run] & 0xff] | (BLANK[buffer[run] & 0xff] & INNER[buffer[run + 1] & 0xff])) != 0) {
                target[to++] = buffer[run++];
            }
            i = run;
            if (to == limit) {
                break;
            }
            byte b = buffer[i];
            if (PLAIN[b & 0xff]) {
                target[to++] = b;
                i++;
            } else if (b == '=') {
                if (end - i < 3) {
                    int soft = softBreak(i);
                    if (soft <= i) {
                        break;
                    }
                    i = soft;
                    continue;
                }
                int high = HEX[buffer[i + 1] & 0xff];
                int low = HEX[buffer[i + 2] & 0xff];
                if (high >= 0 && low >= 0) {
                    target[to++] = (byte) (high << 4 | low);
                    i += 3;
                    continue;
                }
                int soft = softBreak(i);
                if (soft == i) {
                    break;
                }
                if (soft < 0) {
                    target[to++] = b;
                    i++;
                } else {
                    i = soft;
                }
            } else {
                int k = i + 1;
                if (k < end && PLAIN[buffer[k] & 0xff] && buffer[k] != '\r' && buffer[k] != '\n') {
                    target[to++] = b;
                    i++;
                    continue;
                }
                while (k < end && (buffer[k] == ' ' || buffer[k] == '\t')) {
                    k++;
                }
                if (k == end) {
                    break;
                }
                if (buffer[k] == '\r' || buffer[k] == '\n') {
                    i = k; // blanks at the end of a line came on the way
                } else {
                    int n = Math.min(k - i, limit - to);
                    System.arraycopy(buffer, i, target, to, n);
                    to += n;
                    i += n;
                }
            }
        }
        at = i;
        return to;
    }

    /** Index after the line break that an equals sign takes back, -1 if none follows it, {@code i} if that is unknown. */
    private int softBreak(int i) {
        int k = i + 1;
        while (k < end && (buffer[k] == ' ' || buffer[k] == '\t')) {
            k++;
        }
        if (k == end) {
            return i;
        }
        if (buffer[k] == '\n') {
            return k + 1;
        }
        if (buffer[k] != '\r') {
            return -1;
        }
        if (k + 1 == end) {
            return ended ? k + 1 : i;
        }
        return buffer[k + 1] == '\n' ? k + 2 : k + 1;
    }
}
