package org.postroom.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.channel.StartFrom;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.credentials.Tokens;
import org.postroom.mailbox.MailboxSecrets;
import org.postroom.send.SendSecrets;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;
import org.postroom.wire.TrustedAuthorities;

/**
 * A mailbox of the command line with its secret from the environment, as if it were a channel.
 *
 * @param password for basic authentication, or null
 * @param token for OAuth 2.0, or null; it counts where both are given
 */
record GivenMailbox(
        MailboxUrl url, @Nullable String password, @Nullable String token) {
    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "GivenMailbox[" + url + "]";
    }

    /** Whom it trusts is in the environment; whoever types the command may reach what his machine reaches. */
    static Dialer dialer(Map<String, String> environment) {
        String ca = environment.getOrDefault("POSTROOM_TRUSTED_CA", "");
        return new Dialer(
                NetworkGuard.parse("0.0.0.0/0,::/0"),
                TrustedAuthorities.context(ca.isBlank() ? null : Path.of(ca)),
                Proxy.parse(
                        environment.getOrDefault("POSTROOM_PROXY", ""),
                        environment.getOrDefault("POSTROOM_NO_PROXY", "")));
    }

    /** As a channel that either reads or sends. */
    Channel channel() {
        boolean reads = url.protocol().equals("imap");
        Authentication authentication = token == null
                ? new Authentication.Password(url.user())
                : Authentication.OAuth2.microsoft(Grant.AUTHORIZATION_CODE, "", "", true, "", List.of(), null);
        return new Channel(
                "command line",
                "command line",
                url.user(),
                true,
                "default",
                authentication,
                new Channel.Incoming(
                        reads ? "imap" : "none",
                        url.host(),
                        url.port(),
                        url.security(),
                        url.folder(),
                        new AfterImport.Keep(),
                        new StartFrom.All()),
                new Channel.Outgoing(
                        reads ? "none" : "smtp",
                        url.host(),
                        url.port(),
                        url.security(),
                        url.user(),
                        null,
                        null,
                        null,
                        null),
                Map.of(),
                Route.SERVERS,
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    /** For reading. */
    MailboxSecrets mailboxSecrets() {
        return new MailboxSecrets() {
            @Override
            public String password(Channel channel) {
                return password == null ? "" : password;
            }

            @Override
            public String token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected) {
                return token == null ? "" : token;
            }
        };
    }

    /** For sending. */
    SendSecrets sendSecrets() {
        return new SendSecrets() {
            @Override
            public Optional<String> password(Channel channel) {
                return Optional.ofNullable(password);
            }

            @Override
            public Tokens.Result token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected) {
                return new Tokens.Result.Ready(
                        token == null ? "" : token, url.user(), Instant.EPOCH.plus(Duration.ofDays(365L * 1000)));
            }
        };
    }
}
