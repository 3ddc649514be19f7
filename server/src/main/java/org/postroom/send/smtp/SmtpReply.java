package org.postroom.send.smtp;

import java.util.List;

/** A server's reply (RFC 5321 section 4.2): its code and every line's text. */
record SmtpReply(int code, List<String> lines) {
    boolean positive() {
        return code >= 200 && code < 400;
    }

    boolean passing() {
        return code >= 400 && code < 500;
    }

    /** The server's words on one line. */
    String words() {
        return code + " " + String.join(" ", lines);
    }
}
