package org.postroom.mail;

import org.jspecify.annotations.Nullable;

/**
 * What a read receipt says (MDN, RFC 8098).
 *
 * @param recipient who read or deleted the message, if told
 * @param disposition its type in lower case: displayed, deleted, dispatched, processed, denied, failed
 * @param automatic whether a program sent it without its user's doing
 * @param originalMessageId of the message that was read
 */
public record Receipt(
        @Nullable String recipient,
        String disposition,
        boolean automatic,
        @Nullable String originalMessageId) {}
