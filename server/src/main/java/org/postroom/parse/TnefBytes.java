package org.postroom.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A stretch of bytes with a place to read from, least significant byte first. Never reads beyond its end. */
final class TnefBytes {
    /** Less is left than was asked for. */
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged(String why) {
            super(why, null, false, false);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    TnefBytes(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int left() {
        return end - at;
    }

    private int take(int n) {
        if (n < 0 || n > end - at) {
            throw new Damaged("ends in the middle");
        }
        int from = at;
        at += n;
        return from;
    }

    void skip(int n) {
        take(n);
    }

    /** Goes on at a multiple of four from where {@code start} bytes were left; the last padding may be missing. */
    void align(int length) {
        int padding = -length & 3;
        at += Math.min(padding, end - at);
    }

    int u8() {
        return bytes[take(1)] & 0xff;
    }

    int u16() {
        int k = take(2);
        return (bytes[k] & 0xff) | (bytes[k + 1] & 0xff) << 8;
    }

    int i32() {
        int k = take(4);
        return (bytes[k] & 0xff) | (bytes[k + 1] & 0xff) << 8 | (bytes[k + 2] & 0xff) << 16 | bytes[k + 3] << 24;
    }

    long i64() {
        return (i32() & 0xffffffffL) | (long) i32() << 32;
    }

    /** The next bytes as a stretch of their own. */
    TnefBytes part(int length) {
        int from = take(length);
        return new TnefBytes(bytes, from, from + length);
    }

    byte[] array() {
        return bytes;
    }

    int offset() {
        return at;
    }

    /** What is left as text, without the zero that ends it. */
    String text(Charset charset) {
        int to = end;
        boolean wide = charset.equals(StandardCharsets.UTF_16LE);
        if (wide) {
            to -= (to - at) % 2;
            while (to - at >= 2 && bytes[to - 1] == 0 && bytes[to - 2] == 0) {
                to -= 2;
            }
        } else {
            while (to > at && bytes[to - 1] == 0) {
                to--;
            }
        }
        return new String(bytes, at, to - at, charset);
    }
}
