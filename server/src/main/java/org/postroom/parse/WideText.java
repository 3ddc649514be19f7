package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** UTF-16 as UTF-8, as it is read; a surrogate alone becomes U+FFFD. For one thread. */
final class WideText extends InputStream {
    private final InputStream in;
    private final Charset charset;
    private final byte[] wide = new byte[8192];
    private int held;
    private byte[] narrow = new byte[0];
    private int at;

    WideText(InputStream in, boolean bigEndian) {
        this.in = in;
        charset = bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
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
        while (at == narrow.length) {
            int n = in.readNBytes(wide, held, wide.length - held);
            if (n == 0 && held == 0) {
                return -1;
            }
            int whole = held + n;
            held = n > 0 ? cut(whole) : 0;
            String text = new String(wide, 0, whole - held, charset);
            System.arraycopy(wide, whole - held, wide, 0, held);
            narrow = text.getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        int n = Math.min(length, narrow.length - at);
        System.arraycopy(narrow, at, target, offset, n);
        at += n;
        return n;
    }

    /** How many bytes at the end wait for what follows: half a unit, or the first half of a pair. */
    private int cut(int length) {
        int odd = length % 2;
        if (length - odd < 2) {
            return odd;
        }
        int high = charset.equals(StandardCharsets.UTF_16BE) ? wide[length - odd - 2] : wide[length - odd - 1];
        return (high & 0xFC) == 0xD8 ? odd + 2 : odd;
    }
}
