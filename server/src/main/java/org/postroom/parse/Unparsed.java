package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.postroom.mail.Address;
import org.postroom.mail.Automatic;
import org.postroom.mail.Findings;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message of which only the header is read, as far as it goes: for one that could not be understood as a whole. */
public final class Unparsed {
    private static final Logger log = LoggerFactory.getLogger(Unparsed.class);

    private Unparsed() {}

    /**
     * The message with a note in place of its content.
     *
     * @param raw from the beginning; read no further than the header
     * @param why what kept it from being understood
     */
    public static ParsedMessage of(InputStream raw, String sha256, long size, String why) {
        Headers headers = headers(raw);
        List<Address> from = MessageParser.addresses(headers, "from");
        List<MessageId> ids = MessageId.all(headers.get("message-id"));
        String note = "The content of this message could not be understood. The message can be downloaded as it came.";
        return new ParsedMessage(
                sha256,
                size,
                ids.isEmpty() ? null : ids.getFirst(),
                MessageId.all(String.join(" ", headers.all("in-reply-to"))),
                MessageId.all(String.join(" ", headers.all("references"))),
                headers.text("subject"),
                MailDates.parse(headers.get("date")),
                from,
                MessageParser.addresses(headers, "sender"),
                MessageParser.addresses(headers, "reply-to"),
                MessageParser.addresses(headers, "to"),
                MessageParser.addresses(headers, "cc"),
                MessageParser.addresses(headers, "bcc"),
                note,
                null,
                note,
                List.of(),
                Kind.MESSAGE,
                new Automatic(false, false, "its content is not known"),
                null,
                Findings.NONE,
                List.of("imported without being understood: " + why));
    }

    private static Headers headers(InputStream raw) {
        try {
            return new MessageParser().headers(raw);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            log.warn("A message is imported without its header, which cannot be read", e);
            return new Headers();
        }
    }
}
