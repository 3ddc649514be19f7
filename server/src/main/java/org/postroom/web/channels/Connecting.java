package org.postroom.web.channels;

import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.SignIn;
import org.postroom.credentials.SignIn.Callback;
import org.postroom.credentials.SignIn.Outcome;
import org.postroom.credentials.SignIn.Waiting;
import org.postroom.fetch.Fetching;
import org.springframework.stereotype.Service;

/** Connect, from the button to a channel that fetches with the new sign-in. Safe for use by many threads. */
@Service
public class Connecting {
    private final Channels channels;
    private final SignIn signIn;
    private final Fetching fetching;

    Connecting(Channels channels, SignIn signIn, Fetching fetching) {
        this.channels = channels;
        this.signIn = signIn;
        this.fetching = fetching;
    }

    /**
     * Starts a sign-in.
     *
     * @param personId who must be there at the end, or null if a program asks
     */
    public SignIn.Start start(OAuthClient client, String redirectAddress, @Nullable String personId) {
        return signIn.start(
                client,
                redirectAddress,
                personId == null ? new SignIn.Starter.Program() : new SignIn.Starter.Person(personId));
    }

    /** Ends a sign-in; on success the channel fetches with it at once. */
    public Outcome finish(Callback callback, @Nullable String personId) {
        Waiting waiting = callback.state() == null ? null : signIn.waiting(callback.state());
        if (waiting == null) {
            return new Outcome.Unknown("This sign-in is not one that Postroom is waiting for: it was used already, took"
                    + " longer than " + SignIn.PATIENCE.toMinutes() + " minutes, or was not started here.");
        }
        Channel channel = channels.find(waiting.channelId()).orElse(null);
        OAuthClient client = channel == null ? null : channel.oauthClient();
        if (client == null) {
            return new Outcome.Unknown(
                    "The channel was deleted, or no longer signs in with OAuth 2.0, while you were signing in.");
        }
        Outcome outcome = signIn.finish(callback, client, personId);
        if (outcome instanceof Outcome.Connected connected) {
            fetching.restart(connected.channelId());
        }
        return outcome;
    }
}
