package org.postroom.mailbox;

import java.time.Clock;
import java.util.OptionalLong;
import org.postroom.channel.Channel;
import org.postroom.channel.Trial;
import org.postroom.mailbox.imap.ImapProbe;
import org.postroom.wire.Dialer;

/** Tries the way in step by step, changing nothing. Safe for use by many threads; blocks its caller. */
public interface IncomingProbe {
    /**
     * Tells every step in order; those behind a failure are skipped. Whatever goes wrong becomes a step; nothing is
     * thrown.
     *
     * @return how many messages the channel's folder holds; empty if it could not be opened
     */
    OptionalLong probe(Channel channel, Trial trial);

    /** Probes mailboxes reached by this dialer with these secrets. */
    static IncomingProbe over(Dialer dialer, MailboxSecrets secrets, Clock clock) {
        return new ImapProbe(dialer, secrets, clock);
    }
}
