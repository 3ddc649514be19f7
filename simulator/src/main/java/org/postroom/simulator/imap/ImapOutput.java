package org.postroom.simulator.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.log.ProtocolLog.Speaker;

/** Writes answers; text is octets as ISO-8859-1. Not safe by itself: the session's lock guards it. */
final class ImapOutput {
    private final OutputStream out;
    private final ProtocolLog log;
    private final String session;
    private final StringBuilder current = new StringBuilder();

    ImapOutput(OutputStream out, ProtocolLog log, String session) {
        this.out = new BufferedOutputStream(out, 64 * 1024);
        this.log = log;
        this.session = session;
    }

    void line(String text) throws IOException {
        print(text);
        end();
    }

    void print(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        if (current.length() < 2_000) {
            current.append(text);
        }
    }

    void literal(byte[] octets) throws IOException {
        print("{" + octets.length + "}");
        out.write('\r');
        out.write('\n');
        out.write(octets);
    }

    void end() throws IOException {
        out.write('\r');
        out.write('\n');
        log.add("imap", session, Speaker.SERVER, current.toString());
        current.setLength(0);
    }

    void flush() throws IOException {
        out.flush();
    }
}
