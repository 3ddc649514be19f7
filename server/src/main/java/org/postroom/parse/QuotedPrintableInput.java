package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;

/**
 * Decodes quoted-printable (RFC 2045 section 6.7) as it is read, leniently: an equals sign that encodes nothing stays.
 * For one thread; the stream beneath stays open.
 */
final class QuotedPrintableInput extends InputStream {
    private static final byte[] HEX = new byte[256];

    /** As the first of two digits. */
    private static final short[] HIGH = new short[256];

    static {
        for (int i = 0; i < 256; i++) {
            HEX[i] = (byte) Character.digit(i < 128 ? i : 0, 16);
            HIGH[i] = (short) (HEX[i] << 4);
        }
    }

    private final InputStream source;
    private final byte[] buffer;
    private int at;
    private int end;
    private boolean ended;

    /** @param buffers of the message; another input that uses them ends this one */
    QuotedPrintableInput(InputStream in, Buffers buffers) {
        source = in;
        buffer = buffers.coded();
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
        int n = source.read(buffer, end, buffer.length - end);
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
        while (at < end && to < limit) {
            to = quick(target, to, limit);
            if (at == end || to == limit) {
                break;
            }
            int before = at;
            to = buffer[at] == '=' ? encoded(target, to, limit) : plain(target, to, limit);
            if (at == before) {
                break; // what follows decides
            }
        }
        return to;
    }

    /**
     * What is written as it should be, as long as eight bytes are left on both sides: these are copied before it is known
     * how many of them count.
     */
    private int quick(byte[] target, int from, int limit) {
        byte[] in = buffer;
        int last = end - ByteSearch.WORD;
        int room = limit - ByteSearch.WORD - 1; // seven bytes and the two of a line's end
        int i = at;
        int to = from;
        int literal = from; // from here on nothing was encoded
        while (i <= last && to <= room) {
            int n = ByteSearch.copyToEqualsOrBreak(in, i, target, to);
            i += n;
            to += n;
            if (n == ByteSearch.WORD) {
                continue;
            }
            if (i > last) {
                break;
            }
            byte c = in[i];
            if (c == '=') {
                int value = HIGH[in[i + 1] & 0xff] | HEX[in[i + 2] & 0xff];
                if (value < 0) {
                    if (in[i + 1] != '\r' || in[i + 2] != '\n') {
                        break;
                    }
                    i += 3;
                }
                while (value >= 0) {
                    target[to++] = (byte) value;
                    i += 3;
                    value = i <= last && to <= room && in[i] == '='
                            ? HIGH[in[i + 1] & 0xff] | HEX[in[i + 2] & 0xff]
                            : -1;
                }
            } else {
                to = withoutBlanks(target, literal, to);
                target[to++] = c;
                i++;
                if (c == '\r' && in[i] == '\n') {
                    target[to++] = '\n';
                    i++;
                }
            }
            literal = to;
        }
        int words = withoutBlanks(target, literal, to); // the line may end with them
        at = i - (to - words);
        return words;
    }

    private static int withoutBlanks(byte[] target, int from, int to) {
        int end = to;
        while (end > from && isBlank(target[end - 1])) {
            end--;
        }
        return end;
    }

    /** From an equals sign on. */
    private int encoded(byte[] target, int from, int limit) {
        int to = from;
        int i = at;
        byte[] in = buffer;
        int last = i + 3 * Math.min((end - i) / 3, limit - from);
        while (i < last && in[i] == '=') {
            int value = HIGH[in[i + 1] & 0xff] | HEX[in[i + 2] & 0xff];
            if (value < 0) {
                break;
            }
            target[to++] = (byte) value;
            i += 3;
        }
        if (i == at) {
            int soft = softBreak(i);
            if (soft > i) {
                i = soft;
            } else if (soft < 0 && end - i >= 3) {
                target[to++] = '=';
                i++;
            }
        }
        at = i;
        return to;
    }

    /** What stands for itself, to the next equals sign or the end of the line, without the blanks there. */
    private int plain(byte[] target, int from, int limit) {
        int last = Math.min(end, at + limit - from);
        int stop = at;
        while (stop < last && buffer[stop] != '=' && !isBreak(buffer[stop])) {
            stop++;
        }
        int words = stop;
        if (stop == end || isBlank(buffer[stop]) || isBreak(buffer[stop])) {
            while (words > at && isBlank(buffer[words - 1])) {
                words--;
            }
        }
        int n = words - at;
        System.arraycopy(buffer, at, target, from, n);
        int to = from + n;
        at = words;
        if (n > 0 || words == stop) {
            if (words == stop && stop < last && isBreak(buffer[stop])) {
                target[to++] = buffer[at++];
                if (at < last && buffer[at] == '\n' && buffer[stop] == '\r') {
                    target[to++] = buffer[at++];
                }
            }
            return to;
        }
        return blanks(target, to, limit);
    }

    /** Blanks, which go at the end of a line. */
    private int blanks(byte[] target, int from, int limit) {
        int k = at;
        while (k < end && isBlank(buffer[k])) {
            k++;
        }
        if (k == end) {
            return from;
        }
        if (isBreak(buffer[k])) {
            at = k;
            return from;
        }
        int n = Math.min(k - at, limit - from);
        System.arraycopy(buffer, at, target, from, n);
        at += n;
        return from + n;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isBreak(byte b) {
        return b == '\r' || b == '\n';
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
