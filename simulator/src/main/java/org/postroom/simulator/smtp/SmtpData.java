package org.postroom.simulator.smtp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.postroom.simulator.exchange.WireInput;

/**
 * The message after DATA, dots unstuffed (RFC 5321 section 4.5.2). A dot alone ends it only between two CRLF.
 *
 * @param tooLarge whether it was larger than allowed; it has been read to its end all the same
 */
record SmtpData(byte[] octets, boolean tooLarge) {
    static SmtpData read(WireInput in, long largest) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean lineStart = true;
        long size = 0;
        int previous = '\n';
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            if (lineStart && octet == '.') {
                int second = in.read();
                if (second == '\r') {
                    int third = in.read();
                    if (third == '\n') {
                        return new SmtpData(message.toByteArray(), size > largest);
                    }
                    size += write(message, '\r', size < largest);
                    octet = third;
                } else {
                    octet = second;
                }
                if (octet < 0) {
                    throw new EOFException();
                }
            }
            lineStart = octet == '\n' && previous == '\r';
            previous = octet;
            size += write(message, octet, size <= largest);
        }
    }

    private static int write(ByteArrayOutputStream message, int octet, boolean keep) {
        if (keep) {
            message.write(octet);
        }
        return 1;
    }
}
