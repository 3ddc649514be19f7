package org.postroom.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of uuencode (IEEE 1003.1, uuencode). */
final class Uuencode {
    private static final int FULL_LINE = 45;

    private Uuencode() {}

    /** The file that begins in this line; null if it is none, or not well formed. */
    static TextFiles.@Nullable End file(byte[] text, int line, int length) {
        int mode = line + "begin ".length();
        int k = mode;
        int end = TextFiles.lineEnd(text, line, length);
        while (k < end && text[k] >= '0' && text[k] <= '7') {
            k++;
        }
        if (k - mode < 3 || k - mode > 4 || k >= end || text[k] != ' ') {
            return null;
        }
        String name = TextFiles.name(text, k + 1, end);
        byte[] out = new byte[8192];
        int n = 0;
        boolean last = false;
        for (int at = TextFiles.nextLine(text, line, length); at < length; at = TextFiles.nextLine(text, at, length)) {
            int stop = TextFiles.lineEnd(text, at, length);
            if (stop - at == 3 && TextFiles.startsWith(text, at, stop, "end")) {
                return name == null || n == 0
                        ? null
                        : new TextFiles.End(TextFiles.nextLine(text, at, length), new TextFiles.Found(name, out, n));
            }
            int count = stop == at ? 0 : count(text, at, stop);
            if (count < 0 || last) {
                return null;
            }
            last = count == 0;
            if (out.length - n < count) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            n = count == 0 ? n : decode(text, at, stop, out, n);
        }
        return null;
    }

    /** Bytes that a line says it holds; -1 if it is no such line. */
    private static int count(byte[] text, int from, int to) {
        if (text[from] < ' ' || text[from] > '`') {
            return -1;
        }
        for (int i = from + 1; i < to; i++) {
            if (text[i] < ' ' || text[i] > '`') {
                return -1;
            }
        }
        int count = (text[from] - ' ') & 63;
        int data = to - from - 1;
        int full = (count + 2) / 3 * 4;
        boolean whole = data >= (count * 8 + 5) / 6 || count == FULL_LINE; // blanks at its end may have been lost
        boolean fits = data <= full + 2; // a check sum may follow
        return whole && fits ? count : -1;
    }

    /** Decodes a line that is not empty; returns where it stopped writing. */
    static int decode(byte[] text, int from, int to, byte[] target, int offset) {
        int count = (text[from] - ' ') & 63;
        int n = offset;
        for (int i = from + 1; n < offset + count; i += 4) {
            int group = value(text, i, to) << 18
                    | value(text, i + 1, to) << 12
                    | value(text, i + 2, to) << 6
                    | value(text, i + 3, to);
            for (int shift = 16; shift >= 0 && n < offset + count; shift -= 8) {
                target[n++] = (byte) (group >> shift);
            }
        }
        return n;
    }

    /** What is missing at the end of a line was a blank. */
    private static int value(byte[] text, int i, int to) {
        return i < to ? (text[i] - ' ') & 63 : 0;
    }
}
