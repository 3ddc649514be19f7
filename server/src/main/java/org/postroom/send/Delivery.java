package org.postroom.send;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far an outgoing message is.
 *
 * @param lastReply the server's last words, or ours where it said nothing
 */
public record Delivery(
        String outgoingId,
        State state,
        int tries,
        @Nullable String lastReply,
        @Nullable Instant nextTryAt) {
    /** As the contract names them. */
    public enum State {
        QUEUED,
        SENDING,
        SENT,
        UNCERTAIN,
        FAILED;

        /** As the contract writes it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
