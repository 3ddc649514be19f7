package org.postroom.simulator.mailbox;

import java.time.Instant;
import java.util.Set;

/**
 * A message in a folder at one moment.
 *
 * @param uid IMAP's unique identifier within the folder
 * @param internalDate when it arrived, or what APPEND said
 * @param change the folder's change number when its flags were last set
 */
public record StoredMessage(long uid, MessageContent content, Set<Flag> flags, Instant internalDate, long change) {
    public StoredMessage {
        flags = Set.copyOf(flags);
    }

    /** Whether the flag is set. */
    public boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
