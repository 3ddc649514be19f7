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

/** The mail that proves Send As. It says what it is, and no automatic answer comes back (RFC 3834 section 5). */
final class TestMail {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private TestMail() {}

    /** The whole message. */
    static InputStream of(Channel channel, String to, Instant now) {
        String from = channel.outgoing().sendAs();
        String domain = from.substring(from.lastIndexOf('@') + 1);
        String text = """
                This is a test mail of Postroom.

                Somebody tested the channel "%s" and had this mail sent to you, to see whether %s may send.
                It does. There is nothing for you to do, and no need to answer.
                """.formatted(channel.name(), from);
        String head = String.join(
                "\r\n",
                "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)),
                "From: <" + from + ">",
                "To: <" + to + ">",
                "Subject: =?UTF-8?B?" + base64("Test mail of the channel " + cut(channel.name())) + "?=",
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

    /** An encoded word has 75 characters at most (RFC 2047 section 2). */
    private static String cut(String name) {
        return name.length() <= 12 ? name : name.substring(0, 11) + "…";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
