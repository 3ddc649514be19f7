package org.postroom.doctor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelNews;
import org.postroom.channel.Channels;
import org.postroom.channel.NextSettings.Next;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.Tokens;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes how a working channel signs in: tried first, taken over only when everything works. Safe for use by many
 * threads; blocks its caller for as long as a test takes.
 */
@Service
public class Switching {
    private final Channels channels;
    private final Tokens tokens;
    private final Doctor doctor;
    private final JsonMapper json = JsonMapper.builder().build();

    Switching(Channels channels, Tokens tokens, Doctor doctor) {
        this.channels = channels;
        this.tokens = tokens;
        this.doctor = doctor;
    }

    /** What came of trying. */
    public sealed interface Outcome {
        /** The channel goes by the new settings now. */
        record TakenOver(Channel channel) implements Outcome {}

        /** Somebody has to sign in first; the channel goes on as it is. */
        record NeedsSignIn(Next next) implements Outcome {}

        /** Something does not work yet; the channel goes on as it is. */
        record Failed(DoctorReport report) implements Outcome {}

        /** There is nothing to change to. */
        record Nothing() implements Outcome {}
    }

    /** Tries what a channel is to change to, and changes if it works. */
    public Outcome tryOut(String channelId) {
        Next next = channels.next(channelId).orElse(null);
        if (next == null) {
            return new Outcome.Nothing();
        }
        OAuthClient client = next.channel().oauthClient();
        boolean needsPerson = client != null && client.auth().grant().needsPerson();
        if (needsPerson && tokens.signedIn(next.channel().id()) == null) {
            return new Outcome.NeedsSignIn(next);
        }
        DoctorReport report = doctor.test(next.channel());
        if (!report.ok()) {
            channels.noteNext(channelId, json.writeValueAsString(report));
            return new Outcome.Failed(report);
        }
        Optional<Channel> changed = channels.takeOver(next);
        return changed.isPresent() ? new Outcome.TakenOver(changed.get()) : new Outcome.Nothing();
    }

    /** What the last test of the next settings found; null if there was none. */
    public @Nullable DoctorReport report(Next next) {
        return next.report() == null ? null : json.readValue(next.report(), DoctorReport.class);
    }

    /** Somebody signed in for next settings on another device: they are tried at once. */
    @EventListener
    void on(ChannelNews news) {
        if (news.type().equals("channel.signed-in") && news.data().containsKey("next")) {
            Thread.startVirtualThread(() -> tryOut(news.channelId()));
        }
    }
}
