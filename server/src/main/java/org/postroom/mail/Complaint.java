package org.postroom.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an abuse report says (ARF, RFC 5965).
 *
 * @param type Feedback-Type in lower case: abuse, fraud, virus, not-spam or other
 * @param recipient who complained, if told
 * @param originalMessageId of the message that is complained about
 */
public record Complaint(
        String type,
        @Nullable String userAgent,
        @Nullable String recipient,
        @Nullable String sourceIp,
        @Nullable Instant arrived,
        @Nullable String originalMessageId) {}
