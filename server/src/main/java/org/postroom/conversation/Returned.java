package org.postroom.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came back about one recipient of a message of ours.
 *
 * @param action failed, delayed, delivered, relayed or expanded of a delivery report; displayed, deleted, dispatched,
 *     processed or denied of a read receipt; complained
 * @param status enhanced status code (RFC 3463)
 * @param code SMTP reply code
 * @param diagnostic the other server's words
 * @param reason a word of the contract's list; null of a receipt or complaint
 * @param at when the report was written
 * @param message id of the message that says so
 */
public record Returned(
        String address,
        String action,
        @Nullable String status,
        @Nullable String code,
        @Nullable String diagnostic,
        boolean permanent,
        @Nullable String reason,
        Instant at,
        String message) {
    /** The message did not reach this recipient, for good. */
    public static final String FAILED = "failed";

    /** The recipient called it spam. */
    public static final String COMPLAINED = "complained";
}
