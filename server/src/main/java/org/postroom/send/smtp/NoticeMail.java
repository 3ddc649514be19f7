package org.postroom.send.smtp;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.postroom.channel.Channel;

/** A short plain mail that Postroom itself writes to somebody, marked as automatic (RFC 3834 section 5). */
final class NoticeMail {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private NoticeMail() {}

    /**
     * The whole message, from the address that the channel sends as.
     *
     * @param subject at most 40 characters, so that it is one encoded word (RFC 2047 section 2)
     */
    static InputStream of(Channel channel, String to, String subject, String text, Instant now) {
        String from = channel.outgoing().sendAs();
        String domain = from.substring(from.lastIndexOf('@') + 1);
        String head = String.join(
                "\r\n",
                "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)),
                "From: <" + from + ">",
                "To: <" + to + ">",
                "Subject: =?UTF-8?B?" + base64(subject) + "?=",
                "Message-ID: <" + UUID.randomUUID() + "@" + domain + ">",
                "Auto-Submitted: auto-generated",
                "X-Auto-Response-Suppress: All",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: base64",
                "",
                "");
        String body = Base64.getMimeEncoder()
                .encodeToString(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        return new ByteArrayInputStream((head + body + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
