package org.postroom.simulator.smtp;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/** The mail transaction under way. Owned by the session's thread. */
final class SmtpMail {
    private final Set<String> recipients = new LinkedHashSet<>();
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    private boolean begun;
    private boolean chunked;
    private String from = "";

    void begin(String sender) {
        from = sender;
        begun = true;
    }

    boolean begun() {
        return begun;
    }

    String from() {
        return from;
    }

    Set<String> recipients() {
        return recipients;
    }

    void add(byte[] chunk) {
        chunked = true;
        chunks.writeBytes(chunk);
    }

    boolean chunked() {
        return chunked;
    }

    long size() {
        return chunks.size();
    }

    byte[] octets() {
        return chunks.toByteArray();
    }
}
