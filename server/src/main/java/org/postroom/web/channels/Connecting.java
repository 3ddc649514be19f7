package org.postroom.web.channels;

import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.DeviceConnecting;
import org.postroom.channel.NextSettings;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.ReconnectLinks;
import org.postroom.credentials.SignIn;
import org.postroom.credentials.SignIn.Callback;
import org.postroom.credentials.SignIn.Outcome;
import org.postroom.doctor.Switching;
import org.postroom.fetch.Fetching;
import org.springframework.stereotype.Service;

/** Connect, from the button to a channel that fetches with the new sign-in. Safe for use by many threads. */
@Service
public class Connecting {
    private final Channels channels;
    private final SignIn signIn;
    private final DeviceConnecting devices;
    private final ReconnectLinks links;
    private final Switching switching;
    private final Fetching fetching;

    Connecting(
            Channels channels,
            SignIn signIn,
            DeviceConnecting devices,
            ReconnectLinks links,
            Switching switching,
            Fetching fetching) {
        this.channels = channels;
        this.signIn = signIn;
        this.devices = devices;
        this.links = links;
        this.switching = switching;
        this.fetching = fetching;
    }

    /** Starts a sign-in by browser. */
    public SignIn.Start start(OAuthClient client, String redirectAddress, SignIn.Starter starter) {
        return signIn.start(client, redirectAddress, starter);
    }

    /** Gets a code for a sign-in on another device; its outcome is asked for in the background. */
    public DeviceSignIn.Start startDevice(OAuthClient client) {
        return devices.start(client);
    }

    /** How a sign-in by browser ended. */
    public sealed interface Ended {
        /** For the channel as it is. */
        record SignedIn(Outcome outcome) implements Ended {}

        /** For what the channel is to change to, which was tried at once if the sign-in worked. */
        record Switched(Outcome.Connected outcome, Switching.Outcome tried) implements Ended {}
    }

    /** Ends a sign-in; on success the channel fetches with it at once, or what it is to change to is tried. */
    public Ended finish(Callback callback, SignIn.Waiting waiting, @Nullable String personId) {
        Channel channel = channels.find(waiting.channelId()).orElse(null);
        OAuthClient client = channel == null ? null : channel.oauthClient();
        if (client == null) {
            return new Ended.SignedIn(new Outcome.Unknown(
                    "The channel was deleted, or no longer signs in with OAuth 2.0, while you were signing in."));
        }
        Outcome outcome = signIn.finish(callback, client, personId);
        if (!(outcome instanceof Outcome.Connected connected)) {
            return new Ended.SignedIn(outcome);
        }
        if (waiting.linkHash() != null) {
            links.used(waiting.linkHash());
        }
        if (NextSettings.isNext(client.channelId())) {
            return new Ended.Switched(connected, switching.tryOut(NextSettings.channelId(client.channelId())));
        }
        fetching.restart(connected.channelId());
        return new Ended.SignedIn(connected);
    }

    /** The sign-in that a callback belongs to; null if none waits for it. */
    public SignIn.@Nullable Waiting waiting(Callback callback) {
        return callback.state() == null ? null : signIn.waiting(callback.state());
    }

    /** What is told if none waits. */
    public static Outcome.Unknown unknown() {
        return new Outcome.Unknown("This sign-in is not one that Postroom is waiting for: it was used already, took"
                + " longer than " + SignIn.PATIENCE.toMinutes() + " minutes, or was not started here.");
    }
}
