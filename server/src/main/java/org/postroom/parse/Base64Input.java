package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes base64 (RFC 2045 section 6.8) as it is read, leniently: what is not in the alphabet is passed over, padding ends
 * the content, and an end without padding loses nothing. For one thread; the stream beneath stays open.
 */
final class Base64Input extends InputStream {
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = (byte) i;
        }
    }

    /** Fewer characters are decoded one by one. */
    private static final int FEWEST = 512;

    private static final int LONGEST_LINE = 1_000;

    private final InputStream in;
    private final Buffers buffers;
    private final byte[] encoded;
    private boolean regular = true;
    private int at;
    private int end;
    /** Whether what is in the buffer is the beginning of a line that is wanted whole. */
    private boolean waiting;

    private boolean drained;
    /** Sextets of a group that is not complete, and how many. */
    private int bits;

    private int held;
    private boolean ended;
    /** Decoded bytes that did not fit, in the order of reading. */
    private final byte[] spare = new byte[3];

    private int spareAt;
    private int spareEnd;

    /** @param buffers of the message; another input that uses them ends this one */
    Base64Input(InputStream in, Buffers buffers) {
        this.in = in;
        this.buffers = buffers;
        encoded = buffers.coded();
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
        int n = takeSpare(target, offset, length);
        while (n < length && !(regular && n > 0 && length - n < FEWEST) && more()) {
            if (length - n >= 3) {
                n = decode(target, offset + n, offset + length) - offset;
            } else {
                spareAt = 0;
                spareEnd = decode(spare, 0, 3);
                n += takeSpare(target, offset + n, length - n);
            }
        }
        return n == 0 ? -1 : n;
    }

    private int takeSpare(byte[] target, int offset, int length) {
        int n = Math.min(length, spareEnd - spareAt);
        System.arraycopy(spare, spareAt, target, offset, n);
        spareAt += n;
        return n;
    }

    /** Whether there may be more to decode. */
    private boolean more() throws IOException {
        while (!ended && (at == end || waiting)) {
            System.arraycopy(encoded, at, encoded, 0, end - at);
            end -= at;
            at = 0;
            int n = in.read(encoded, end, encoded.length - end);
            drained = n < 0;
            end += Math.max(0, n);
            waiting = false;
            ended = drained && end == 0;
        }
        return !ended || held > 1;
    }

    /** Decodes what is in the buffer, as long as whole groups fit; returns where it stopped writing. */
    private int decode(byte[] target, int from, int limit) {
        int to = from;
        while (!ended && to + 3 <= limit) {
            if (held == 0) {
                if (regular && end - at >= FEWEST && (at == 0 || encoded[at - 1] == '\n')) {
                    to = wholeLines(target, to, limit);
                    if (waiting || (to > from && limit - to < FEWEST)) {
                        return to; // a whole line does not fit: the next piece begins with it
                    }
                }
                to = wholeGroups(target, to, limit);
                if (to + 3 > limit) {
                    return to;
                }
            }
            if (at == end) {
                return to;
            }
            byte c = encoded[at++];
            int value = VALUES[c & 0xff];
            if (value >= 0) {
                bits = bits << 6 | value;
                if (++held == 4) {
                    put(target, to, bits);
                    to += 3;
                    held = 0;
                }
            } else if (c == '=') {
                ended = true;
            }
        }
        return ended && to + 2 <= limit ? rest(target, to) : to;
    }

    /**
     * Whole lines of equal length, as mail programs write them, by the decoder of the JDK, which is many times as fast;
     * returns where it stopped writing.
     */
    private int wholeLines(byte[] target, int from, int limit) {
        int length = 0;
        while (length <= LONGEST_LINE && at + length < end && encoded[at + length] > '\r') {
            length++;
        }
        int feed = at + length < end && encoded[at + length] == '\r' ? 2 : 1;
        int most = length == 0 || length % 4 != 0 ? 0 : (limit - from) / 3 * 4 / length;
        int count = 0;
        int line = at;
        while (count < most && line + length + feed <= end && isLineEnd(line + length, feed)) {
            count++;
            line += length + feed;
        }
        int size = count * length / 4 * 3;
        byte[] out = from == 0 ? target : buffers.decoded(size);
        if (count * length < FEWEST || !decode(count, length, feed, out)) {
            return from;
        }
        if (from > 0) {
            System.arraycopy(out, 0, target, from, size);
        }
        at = line;
        waiting = count < most && !drained && end - at < length + feed;
        return from + size;
    }

    private boolean isLineEnd(int index, int feed) {
        return encoded[index + feed - 1] == '\n' && (feed == 1 || encoded[index] == '\r');
    }

    /** Decodes these lines from {@link #at} on; false if anything in them is not of the alphabet. */
    private boolean decode(int count, int length, int feed, byte[] out) {
        byte[] lines = buffers.lines(count * length);
        for (int k = 0; k < count; k++) {
            System.arraycopy(encoded, at + k * (length + feed), lines, k * length, length);
        }
        try {
            regular = Base64.getDecoder().decode(lines, out) == lines.length / 4 * 3;
        } catch (IllegalArgumentException e) {
            regular = false;
        }
        return regular;
    }

    private int wholeGroups(byte[] target, int from, int limit) {
        int to = from;
        int i = at;
        while (i + 4 <= end && to + 3 <= limit) {
            int group = VALUES[encoded[i] & 0xff] << 18
                    | VALUES[encoded[i + 1] & 0xff] << 12
                    | VALUES[encoded[i + 2] & 0xff] << 6
                    | VALUES[encoded[i + 3] & 0xff];
            if (group < 0) {
                break;
            }
            put(target, to, group);
            to += 3;
            i += 4;
        }
        at = i;
        return to;
    }

    private static void put(byte[] target, int to, int group) {
        target[to] = (byte) (group >> 16);
        target[to + 1] = (byte) (group >> 8);
        target[to + 2] = (byte) group;
    }

    /** The bytes of the last group, which has two or three sextets. */
    private int rest(byte[] target, int from) {
        int to = from;
        if (held >= 2) {
            target[to++] = (byte) (bits >> (held * 6 - 8));
        }
        if (held == 3) {
            target[to++] = (byte) (bits >> 2);
        }
        held = 0;
        return to;
    }
}
