package org.postroom.parse;

import java.util.Arrays;

/** HZ (RFC 1843): Chinese in seven bits, between {@code ~{} and {@code ~}}. */
final class Hz {
    private Hz() {}

    static boolean named(String charset) {
        return charset.equalsIgnoreCase("hz-gb-2312") || charset.equalsIgnoreCase("hz");
    }

    static String decode(byte[] bytes, int start, int length) {
        byte[] out = Arrays.copyOfRange(bytes, start, length);
        int n = 0;
        boolean chinese = false;
        for (int i = start; i < length; i++) {
            byte b = bytes[i];
            if (b == '~' && i + 1 < length) {
                byte next = bytes[i + 1];
                if (next == '{' || next == '}' || next == '\n') {
                    chinese = next == '{' || (chinese && next != '}');
                    i++;
                    continue;
                }
                i += next == '~' ? 1 : 0;
            }
            out[n++] = chinese && b > ' ' ? (byte) (b | 0x80) : b;
        }
        return Charsets.decode(out, 0, n, QuickGb.CHARSET);
    }
}
