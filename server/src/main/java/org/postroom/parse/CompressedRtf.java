package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** RTF as it is compressed in messages (MS-OXRTFCP). */
final class CompressedRtf {
    private static final int COMPRESSED = 0x75465A4C;
    private static final int UNCOMPRESSED = 0x414C454D;
    private static final int WINDOW = 4096;
    private static final int LARGEST = 16 << 20;
    private static final byte[] BEGINNING = ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
                    + "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New"
                    + " RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
            .getBytes(StandardCharsets.US_ASCII);

    private CompressedRtf() {}

    /** Null if it is neither kind; a damaged one as far as it goes. */
    static byte @Nullable [] expanded(TnefBytes in) {
        if (in.left() < 16) {
            return null;
        }
        in.skip(4);
        int size = in.i32();
        int kind = in.i32();
        in.skip(4);
        if (kind == UNCOMPRESSED) {
            return Arrays.copyOfRange(in.array(), in.offset(), in.offset() + in.left());
        }
        return kind == COMPRESSED ? expand(in, Math.clamp(size, 0, LARGEST)) : null;
    }

    private static byte[] expand(TnefBytes in, int size) {
        byte[] window = new byte[WINDOW];
        System.arraycopy(BEGINNING, 0, window, 0, BEGINNING.length);
        int write = BEGINNING.length;
        byte[] out = new byte[Math.min(size, Math.max(in.left() * 18, 64))];
        int n = 0;
        while (in.left() > 0) {
            int control = in.u8();
            for (int bit = 0; bit < 8 && in.left() > 0; bit++) {
                if ((control >> bit & 1) == 0) {
                    if (n == out.length) {
                        return out;
                    }
                    byte b = (byte) in.u8();
                    out[n++] = b;
                    window[write] = b;
                    write = (write + 1) % WINDOW;
                    continue;
                }
                if (in.left() < 2) {
                    return Arrays.copyOf(out, n);
                }
                int reference = in.u8() << 8 | in.u8();
                int from = reference >> 4;
                int length = (reference & 15) + 2;
                if (from == write) {
                    return Arrays.copyOf(out, n);
                }
                for (int k = 0; k < length && n < out.length; k++) {
                    byte b = window[(from + k) % WINDOW];
                    out[n++] = b;
                    window[write] = b;
                    write = (write + 1) % WINDOW;
                }
            }
        }
        return Arrays.copyOf(out, n);
    }
}
