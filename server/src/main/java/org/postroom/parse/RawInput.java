package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The raw message as it is read: counted and digested on the way, ended early when a limit is reached. Whoever parses
 * sees an ordinary end; {@link #drain()} then reads the rest, so that size and digest are those of the whole message.
 */
final class RawInput extends InputStream {
    private final InputStream in;
    private final MessageDigest digest = Digests.sha256();
    private final long maxBytes;
    private final long deadline;
    private final Problems problems;
    private long size;
    private boolean ended;
    private boolean read;
    private boolean begun;
    private boolean carriageReturns;
    private final byte[] one = new byte[1];

    /** @param deadline as {@link System#nanoTime()} */
    RawInput(InputStream in, long maxBytes, long deadline, Problems problems) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.deadline = deadline;
        this.problems = problems;
    }

    @Override
    public int read() throws IOException {
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
        if (ended || len == 0) {
            return ended ? -1 : 0;
        }
        if (size >= maxBytes) {
            problems.add("message longer than " + maxBytes + " bytes: the rest was not read");
            ended = true;
            return -1;
        }
        if (System.nanoTime() - deadline > 0) {
            problems.add("reading took too long: the rest was not read");
            ended = true;
            return -1;
        }
        int wanted = (int) Math.min(len, maxBytes - size);
        int n = begun
                ? in.read(b, off, wanted)
                : in.readNBytes(b, off, wanted); // the first piece decides, so it is whole
        if (n < 0 || (!begun && n == 0)) {
            ended = true;
            read = true;
            return -1;
        }
        digest.update(b, off, n);
        size += n;
        mend(b, off, n);
        return n;
    }

    /** Lines that end with CR alone are handed on as if they ended with LF; the first piece read tells. */
    private void mend(byte[] b, int off, int n) {
        if (!begun) {
            begun = true;
            boolean lineFeed = false;
            for (int i = off; i < off + n && !lineFeed; i++) {
                lineFeed = b[i] == '\n';
                carriageReturns |= b[i] == '\r';
            }
            carriageReturns &= !lineFeed;
            if (carriageReturns) {
                problems.add("lines end with CR alone");
            }
        }
        if (carriageReturns) {
            for (int i = off; i < off + n; i++) {
                b[i] = b[i] == '\r' ? (byte) '\n' : b[i];
            }
        }
    }

    /** Reads to the end of the raw message, for size and digest alone. */
    void drain() throws IOException {
        if (read) {
            return;
        }
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            size += n;
        }
        ended = true;
    }

    long size() {
        return size;
    }

    /** Lower-case hexadecimal; call once, after {@link #drain()}. */
    String sha256() {
        return Digests.hex(digest);
    }
}
