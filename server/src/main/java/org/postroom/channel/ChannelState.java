package org.postroom.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a channel fares.
 *
 * @param since when this status began
 * @param provenAt when a round trip to the server last succeeded
 * @param attempts failures in a row
 */
public record ChannelState(
        String channelId,
        Status status,
        Instant since,
        @Nullable Instant provenAt,
        @Nullable Instant throttledUntil,
        @Nullable ChannelProblem problem,
        int attempts,
        long imported,
        long duplicates,
        long quarantined) {
    /** What an administrator sees. */
    public enum Status {
        STARTING,
        CONNECTED,
        WAITING_FOR_SIGN_IN,
        FAILING,
        THROTTLED,
        DISABLED
    }
}
