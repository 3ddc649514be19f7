package org.postroom.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery report says (RFC 3464).
 *
 * @param recipients one entry per reported recipient
 * @param originalMessageId of the message the report is about
 */
public record Bounce(List<Recipient> recipients, @Nullable String originalMessageId) {
    /** Copies the list. */
    public Bounce {
        recipients = List.copyOf(recipients);
    }

    /**
     * One recipient's fate.
     *
     * @param action failed, delayed, delivered, relayed or expanded
     * @param status enhanced status code of RFC 3463
     * @param code SMTP reply code
     * @param reason a word of the contract's list
     */
    public record Recipient(
            String address,
            String action,
            @Nullable String status,
            @Nullable String code,
            @Nullable String diagnostic,
            boolean permanent,
            String reason) {}
}
