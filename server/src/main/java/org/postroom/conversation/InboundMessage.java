package org.postroom.conversation;

import java.time.Instant;
import org.postroom.mail.ParsedMessage;

/**
 * A message to be filed.
 *
 * @param inboundId the row it came in by
 * @param routed whether it is new work; false for old mail, which comes in closed
 * @param received when the mail server received it
 */
public record InboundMessage(String inboundId, ParsedMessage parsed, boolean routed, Instant received) {}
