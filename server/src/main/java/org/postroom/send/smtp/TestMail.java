package org.postroom.send.smtp;

import java.io.InputStream;
import java.time.Instant;
import org.postroom.channel.Channel;

/** The mail that proves that a channel may send. */
final class TestMail {
    private TestMail() {}

    /** The whole message. */
    static InputStream of(Channel channel, String to, Instant now) {
        String text = """
                This is a test mail of Postroom.

                Somebody tested the channel "%s" and had this mail sent to you, to see whether %s may send.
                It does. There is nothing for you to do, and no need to answer.
                """.formatted(channel.name(), channel.outgoing().sendAs());
        return NoticeMail.of(channel, to, "Test mail of the channel " + cut(channel.name()), text, now);
    }

    /** The subject is one encoded word. */
    private static String cut(String name) {
        return name.length() <= 12 ? name : name.substring(0, 11) + "…";
    }
}
