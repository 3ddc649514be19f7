package org.postroom.send;

import java.util.List;

/**
 * A message that is to leave.
 *
 * @param recipients addresses of the envelope, Bcc included
 * @param sha256 of the raw message, which is in raw storage already
 */
public record OutgoingMail(
        String id,
        String channelId,
        String conversationId,
        String messageId,
        String envelopeFrom,
        List<String> recipients,
        String sha256,
        long size) {
    /** Copies the recipients. */
    public OutgoingMail {
        recipients = List.copyOf(recipients);
    }
}
