package org.postroom.send;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Trial;
import org.postroom.send.smtp.SmtpProbe;
import org.postroom.wire.Dialer;

/** Tries the way out step by step. Safe for use by many threads; blocks its caller. */
public interface OutgoingProbe {
    /**
     * Tells every step in order; those behind a failure are skipped. Whatever goes wrong becomes a step; nothing is
     * thrown. Nothing is sent either, but for one test mail where that is asked for. No step if the channel does not
     * send.
     *
     * @param sendTo who gets a test mail; nobody if null, and then the server only says what it thinks of the sender
     */
    void probe(Channel channel, Trial trial, @Nullable String sendTo);

    /** Probes servers reached by this dialer with these secrets. */
    static OutgoingProbe over(Dialer dialer, SendSecrets secrets, Clock clock) {
        return new SmtpProbe(dialer, secrets, clock);
    }
}
