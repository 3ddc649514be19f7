package org.postroom.fetch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored message that waits to be understood.
 *
 * @param routed whether it is new work; false for old mail, which comes in closed and unanswered
 * @param thread what the provider calls its thread, null if it does not say
 * @param tries how often it failed
 */
public record InboundMail(
        String id,
        String channelId,
        String sourceId,
        String sha256,
        long size,
        @Nullable Instant internalDate,
        Instant storedAt,
        boolean routed,
        @Nullable String thread,
        int tries) {}
