package org.postroom.parse;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;

/** Content-Transfer-Encoding (RFC 2045 section 6), leniently. */
final class Transfer {
    private static final int[] VALUES = new int[128];

    static {
        Arrays.fill(VALUES, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            VALUES[alphabet.charAt(i)] = i;
        }
        VALUES['-'] = 62;
        VALUES['_'] = 63;
    }

    private Transfer() {}

    /** The content as it was before it was encoded for transfer; an unknown encoding is read as none. */
    static InputStream decoded(InputStream in, String encoding) {
        String name = encoding.toLowerCase(Locale.ROOT);
        if (name.contains("base64") || name.equals("base-64") || name.equals("b")) {
            return new Base64Input(in);
        }
        if (name.contains("quoted") || name.equals("q") || name.equals("qp")) {
            return new QuotedPrintableInputStream(in, DecodeMonitor.SILENT);
        }
        return in;
    }

    /** Base64 of a header: anything outside the alphabet is skipped, padding inside and missing padding accepted. */
    static byte[] base64(String text, int start, int end) {
        byte[] out = new byte[(end - start) * 3 / 4 + 3];
        int n = 0;
        int bits = 0;
        int held = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int value = c < 128 ? VALUES[c] : -1;
            if (value < 0) {
                if (c == '=') {
                    held = 0;
                    bits = 0;
                }
                continue;
            }
            bits = (bits << 6 | value) & 0xFFFFFF;
            held += 6;
            if (held >= 8) {
                held -= 8;
                out[n++] = (byte) (bits >> held);
            }
        }
        return Arrays.copyOf(out, n);
    }
}
