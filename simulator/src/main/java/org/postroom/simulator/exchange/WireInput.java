package org.postroom.simulator.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads lines and counted octets from a connection. Owned by the connection's thread. */
public final class WireInput {
    private final InputStream in;

    /** Reads from a socket's stream. */
    public WireInput(InputStream in) {
        this.in = new BufferedInputStream(in, 64 * 1024);
    }

    /** A line that did not end where it had to. */
    public static final class LineTooLongException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String start;

        LineTooLongException(String start) {
            super("line too long");
            this.start = start;
        }

        /** The line's first octets. */
        public String start() {
            return start;
        }
    }

    /**
     * The next line without its end; octets as ISO-8859-1.
     *
     * @throws EOFException if the other side closed
     * @throws LineTooLongException if more than {@code longest} octets came; the rest of the line has been skipped
     */
    public String line(int longest) throws IOException, LineTooLongException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long count = 0;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            if (++count <= longest) {
                line.write(octet);
            } else if (count > 64L * 1024 * 1024) {
                throw new EOFException();
            }
        }
        if (count > longest) {
            throw new LineTooLongException(line.toString(ISO_8859_1));
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** The next {@code count} octets. */
    public byte[] octets(int count) throws IOException {
        byte[] octets = in.readNBytes(count);
        if (octets.length < count) {
            throw new EOFException();
        }
        return octets;
    }

    /** Reads {@code count} octets and forgets them. */
    public void skip(long count) throws IOException {
        in.skipNBytes(count);
    }

    /** The next octet, or -1 at the end. */
    public int read() throws IOException {
        return in.read();
    }
}
