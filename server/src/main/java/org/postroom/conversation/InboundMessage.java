package org.postroom.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.ParsedMessage;

/**
 * A message to be filed.
 *
 * @param inboundId the row it came in by
 * @param routed whether it is new work; false for old mail, which comes in closed
 * @param received when the mail server received it
 * @param thread what the mailbox's provider calls its thread, null if it does not say
 */
public record InboundMessage(
        String inboundId,
        ParsedMessage parsed,
        boolean routed,
        Instant received,
        @Nullable String thread) {
    /** From a provider that knows no threads. */
    public InboundMessage(String inboundId, ParsedMessage parsed, boolean routed, Instant received) {
        this(inboundId, parsed, routed, received, null);
    }
}
