package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Content-Transfer-Encoding (RFC 2045 section 6), leniently. */
final class Transfer {
    /** Looked at before text that calls itself base64 is believed, in bytes. */
    private static final int LOOK = 512;

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
    static InputStream decoded(PartSource source, String encoding, String type, Problems problems) throws IOException {
        InputStream in = source.content();
        if (encoding.isEmpty() || encoding.endsWith("bit") || encoding.equals("binary")) {
            return in;
        }
        if (encoding.contains("base64") || encoding.equals("base-64") || encoding.equals("b")) {
            if (type.startsWith("text/") && isPlain(source.peek(LOOK))) {
                problems.add("text that calls itself base64 and is not");
                return in;
            }
            return new Base64Input(in, source.buffers());
        }
        if (encoding.contains("quoted") || encoding.equals("q") || encoding.equals("qp")) {
            return new QuotedPrintableInput(in, source.buffers());
        }
        if (encoding.endsWith("uuencode") || encoding.endsWith("uue") || encoding.equals("uu")) {
            return new UuInput(in);
        }
        problems.add("transfer encoding " + Problems.quote(encoding) + " read as none");
        return in;
    }

    /** One byte in twelve that base64 does not have, beside line ends, is more than noise on the line. */
    private static boolean isPlain(byte[] start) {
        int odd = 0;
        int all = 0;
        for (byte b : start) {
            if (b == '\r' || b == '\n') {
                continue;
            }
            all++;
            odd += b != '=' && (b < 0 || VALUES[b] < 0) ? 1 : 0;
        }
        return odd * 12 > all;
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
