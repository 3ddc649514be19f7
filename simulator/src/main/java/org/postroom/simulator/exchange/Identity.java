package org.postroom.simulator.exchange;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.mailbox.Mailbox;

/**
 * Who authenticated.
 *
 * @param name user principal name, or an app's object id, in lower case
 * @param mailbox the mailbox opened
 * @param tokenExpires null for a password
 */
public record Identity(
        String name, Mailbox mailbox, @Nullable Instant tokenExpires) {
    public Identity {
        name = name.toLowerCase(Locale.ROOT);
    }
}
