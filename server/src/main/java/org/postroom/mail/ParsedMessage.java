package org.postroom.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as Postroom understood it.
 *
 * @param sha256 of the raw message, lower-case hexadecimal
 * @param size of the raw message in bytes
 * @param messageId null if the message has none; never made up here
 * @param date from the Date header, null if missing or unreadable
 * @param text plain text, from HTML where there is no text part
 * @param html sanitised, null if the message has no HTML
 * @param newText text without quoted parts and signature
 * @param kind what sort of message it is
 * @param findings what else was found in it
 * @param problems what was mended or left out, in words
 */
public record ParsedMessage(
        String sha256,
        long size,
        @Nullable MessageId messageId,
        List<MessageId> inReplyTo,
        List<MessageId> references,
        String subject,
        @Nullable Instant date,
        List<Address> from,
        List<Address> sender,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        String text,
        @Nullable String html,
        String newText,
        List<Attachment> attachments,
        Kind kind,
        Automatic automatic,
        @Nullable Bounce bounce,
        Findings findings,
        List<String> problems) {

    /** Copies every list. */
    public ParsedMessage {
        inReplyTo = List.copyOf(inReplyTo);
        references = List.copyOf(references);
        from = List.copyOf(from);
        sender = List.copyOf(sender);
        replyTo = List.copyOf(replyTo);
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attachments = List.copyOf(attachments);
        problems = List.copyOf(problems);
    }

    /** What sort of message it is, as the contract names it. */
    public enum Kind {
        MESSAGE,
        AUTOMATIC,
        BOUNCE,
        RECEIPT,
        COMPLAINT
    }
}
