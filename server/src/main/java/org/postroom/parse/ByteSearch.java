package org.postroom.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for bytes eight at a time. */
final class ByteSearch {
    /** How many bytes are looked at together. */
    static final int WORD = Long.BYTES;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long ESCAPES = 0x1B * ONES;

    private ByteSearch() {}

    /** Where the byte stands first from there, -1 if it does not stand before {@code to}. */
    static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        long all = (wanted & 0xFF) * ONES;
        int i = from;
        int last = to - 32;
        for (; i <= last; i += 32) {
            long one = (long) EIGHT.get(bytes, i) ^ all;
            long two = (long) EIGHT.get(bytes, i + 8) ^ all;
            long three = (long) EIGHT.get(bytes, i + 16) ^ all;
            long four = (long) EIGHT.get(bytes, i + 24) ^ all;
            long found = (one - ONES & ~one) | (two - ONES & ~two) | (three - ONES & ~three) | (four - ONES & ~four);
            if ((found & HIGH) != 0) {
                break; // in one of these
            }
        }
        for (; i + 8 <= to; i += 8) {
            long differing = (long) EIGHT.get(bytes, i) ^ all;
            long found = differing - ONES & ~differing & HIGH; // its lowest bit is right, others may not be
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Where the byte stands twice in a row first from there, -1 if it does not before {@code to}. */
    static int pair(byte[] bytes, byte wanted, int from, int to) {
        long all = (wanted & 0xFF) * ONES;
        int i = from;
        int last = to - 17;
        for (; i <= last; i += 16) {
            long one = ((long) EIGHT.get(bytes, i) ^ all) | ((long) EIGHT.get(bytes, i + 1) ^ all);
            long two = ((long) EIGHT.get(bytes, i + 8) ^ all) | ((long) EIGHT.get(bytes, i + 9) ^ all);
            if ((((one - ONES & ~one) | (two - ONES & ~two)) & HIGH) != 0) {
                break; // in one of these
            }
        }
        for (; i + 1 < to; i++) {
            if (bytes[i] == wanted && bytes[i + 1] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Copies eight bytes; tells how many of them are before an equals sign or the end of a line. */
    static int copyToEqualsOrBreak(byte[] bytes, int from, byte[] target, int to) {
        long eight = (long) EIGHT.get(bytes, from);
        EIGHT.set(target, to, eight);
        long equals = eight ^ '=' * ONES;
        long feed = eight ^ '\n' * ONES;
        long carriage = eight ^ '\r' * ONES;
        long found = (equals - ONES & ~equals) | (feed - ONES & ~feed) | (carriage - ONES & ~carriage);
        return Long.numberOfTrailingZeros(found & HIGH) >>> 3;
    }

    /** Where a byte that is no printable sign of ASCII and no blank stands first from there; {@code to} if none does. */
    static int printable(byte[] bytes, int from, int to) {
        int i = from;
        while (i + 8 <= to) {
            long eight = (long) EIGHT.get(bytes, i);
            long found = (eight - ' ' * ONES | eight) & HIGH; // its lowest bit is right, others may not be
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += 8;
        }
        while (i < to && bytes[i] >= ' ') {
            i++;
        }
        return i;
    }

    /** How many bytes from there are not high; up to seven more may follow. */
    static int low(byte[] bytes, int from, int to) {
        int i = from;
        while (i + 8 <= to && ((long) EIGHT.get(bytes, i) & HIGH) == 0) {
            i += 8;
        }
        return i - from;
    }

    /** How many bytes from there are neither high nor escapes; up to seven more may follow. */
    static int plain(byte[] bytes, int from, int to) {
        int i = from;
        while (i + 8 <= to) {
            long eight = (long) EIGHT.get(bytes, i);
            long differing = eight ^ ESCAPES;
            if (((eight | (differing - ONES & ~differing)) & HIGH) != 0) {
                break;
            }
            i += 8;
        }
        return i - from;
    }
}
