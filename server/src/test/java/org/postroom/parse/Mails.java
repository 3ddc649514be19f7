package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import org.postroom.mail.ParsedMessage;

/** Short ways to a message and to what is understood of it. */
final class Mails {
    private static final MessageParser PARSER = new MessageParser();

    private Mails() {}

    /** With LF as written in the source turned into CRLF. */
    static byte[] bytes(String mail) {
        return mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] latin1(String mail) {
        return mail.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static ParsedMessage parse(String mail) {
        return PARSER.parse(bytes(mail));
    }

    static ParsedMessage parse(byte[] mail) {
        return PARSER.parse(mail);
    }

    /** A message of one HTML part. */
    static ParsedMessage html(String html) {
        return parse("From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n" + html);
    }

    /** A message of one plain part. */
    static ParsedMessage plain(String text) {
        return parse("From: Ann Example <ann@b.example>\nContent-Type: text/plain; charset=utf-8\n\n" + text);
    }
}
