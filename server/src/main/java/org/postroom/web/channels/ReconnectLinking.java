package org.postroom.web.channels;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.PublicUrl;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.Channels;
import org.postroom.credentials.Grant;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.ReconnectLinks;
import org.postroom.credentials.Tokens;
import org.postroom.mail.Address;
import org.postroom.send.DeliveryResult;
import org.postroom.send.Notices;
import org.springframework.stereotype.Service;

/** Makes reconnect links for channels that a person signs in for. Safe for use by many threads. */
@Service
public class ReconnectLinking {
    /** How long a link lives if nobody says otherwise. */
    public static final Duration USUAL = Duration.ofDays(7);

    private final ReconnectLinks links;
    private final Tokens tokens;
    private final PublicUrl publicUrl;
    private final Channels channels;
    private final Notices notices;

    ReconnectLinking(ReconnectLinks links, Tokens tokens, PublicUrl publicUrl, Channels channels, Notices notices) {
        this.links = links;
        this.tokens = tokens;
        this.publicUrl = publicUrl;
        this.channels = channels;
        this.notices = notices;
    }

    /** What came of it. */
    public sealed interface Result {
        /**
         * A link, to be told once.
         *
         * @param expectedUser whose sign-in counts
         */
        record Link(String url, String expectedUser, Instant expires) implements Result {
            /** Never shows the link. */
            @Override
            public String toString() {
                return "Link[expectedUser=" + expectedUser + ", expires=" + expires + "]";
            }
        }

        /** There is none, for this reason. */
        record No(String field, String why) implements Result {}
    }

    /** Who is expected to sign in if nobody says otherwise. */
    public String usualUser(Channel channel, OAuthClient client) {
        Tokens.SignedIn before = tokens.signedIn(channel.id());
        String user = client.auth().signInUser();
        return user != null ? user : before != null && before.user() != null ? before.user() : channel.address();
    }

    /**
     * Makes a link.
     *
     * @param user who has to sign in; the one who did before if null
     * @param life how long it is good; a week if null
     * @param createdBy who asks, or null for a program
     */
    public Result make(
            Channel channel,
            @Nullable String user,
            @Nullable Duration life,
            HttpServletRequest request,
            @Nullable String createdBy) {
        OAuthClient client = channel.oauthClient();
        if (client == null || client.auth().grant() != Grant.AUTHORIZATION_CODE) {
            return new Result.No(
                    "authentication.grant", "only channels with authorization code are reconnected by link");
        }
        Duration lives = life == null ? USUAL : life;
        if (lives.compareTo(Duration.ofMinutes(1)) < 0 || lives.compareTo(ReconnectLinks.LONGEST) > 0) {
            return new Result.No(
                    "validFor", "a link lives from a minute to " + ReconnectLinks.LONGEST.toDays() + " days");
        }
        String expected = user == null || user.isBlank() ? usualUser(channel, client) : user.strip();
        if (!Address.plausible(expected)) {
            return new Result.No("user", "'" + expected + "' is not an email address");
        }
        Optional<String> origin =
                publicUrl.origin(request.getScheme(), request.getServerName(), request.getServerPort());
        if (origin.isEmpty()) {
            return new Result.No(
                    "link", "Postroom does not know the address people reach it at; set POSTROOM_PUBLIC_URL");
        }
        ReconnectLinks.Made made = links.make(channel.id(), expected, lives, createdBy);
        return new Result.Link(origin.get() + "/reconnect/" + made.word(), expected, made.expires());
    }

    /** What came of mailing a link. */
    public sealed interface Mailed {
        /** The server of that channel took it. */
        record Sent(String by) implements Mailed {}

        /** It did not leave; the link is good all the same. */
        record Failed(String why) implements Mailed {}
    }

    /**
     * Mails a link to whom it is for, by another channel that works; the channel itself may be the one that cannot.
     *
     * @param byName the channel to send by, by name or id
     */
    public Mailed mail(Channel channel, Result.Link link, String byName) {
        Channel by = channels.findByIdOrName(byName.strip()).orElse(null);
        if (by == null || !by.sends()) {
            return new Mailed.Failed("there is no channel '" + byName.strip() + "' that sends mail");
        }
        String text = """
                Postroom fetches the mail of %s and answers under its name. It needs you to sign in again.

                Open this link and sign in as %s:
                %s

                The link works once, until %s (UTC). Mail waits in the mailbox meanwhile.
                If you do not know what this is about, ask your administrator before you follow it.
                """.formatted(
                        channel.address(),
                        link.expectedUser(),
                        link.url(),
                        link.expires().truncatedTo(java.time.temporal.ChronoUnit.MINUTES));
        return switch (notices.send(by, link.expectedUser(), "Please reconnect a mailbox", text)) {
            case DeliveryResult.Accepted a -> new Mailed.Sent(by.name());
            case DeliveryResult.TryLater(ChannelProblem problem) -> new Mailed.Failed(problem.sentence());
            case DeliveryResult.Refused(ChannelProblem problem) -> new Mailed.Failed(problem.sentence());
            case DeliveryResult.Unknown(String why) -> new Mailed.Failed(why);
        };
    }

    /** Withdraws the links of a channel that are still good; how many there were. */
    public int withdraw(Channel channel) {
        return links.withdraw(channel.id());
    }
}
