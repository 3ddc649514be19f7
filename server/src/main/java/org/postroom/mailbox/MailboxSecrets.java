package org.postroom.mailbox;

import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Routes;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.wire.Route;

/** Where a channel's secrets come from when its mailbox is opened. */
public interface MailboxSecrets {
    /** The password, for basic authentication. */
    String password(Channel channel) throws MailboxException;

    /**
     * An access token.
     *
     * @param rejected one that the server did not accept, or null
     */
    String token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected) throws MailboxException;

    /** How the connection goes, its proxy with the password. */
    default Route route(Channel channel) {
        return channel.route();
    }

    /** The secrets that are stored for channels. */
    static MailboxSecrets stored(Secrets secrets, Tokens tokens) {
        return new MailboxSecrets() {
            @Override
            public String password(Channel channel) throws MailboxException {
                return secrets.get(channel.id(), Purpose.INCOMING_PASSWORD)
                        .orElseThrow(() -> new MailboxException(
                                Step.AUTHENTICATE,
                                new ChannelProblem(
                                        Kind.SETTINGS, "No password is stored.", "Enter the password.", null),
                                null));
            }

            @Override
            public Route route(Channel channel) {
                return Routes.proven(secrets, channel.id(), channel.route());
            }

            @Override
            public String token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected)
                    throws MailboxException {
                return switch (tokens.accessToken(channel.oauthClient(auth), rejected)) {
                    case Tokens.Result.Ready ready -> ready.accessToken();
                    case Tokens.Result.Missing(TokenProblem problem) ->
                        throw new MailboxException(Step.TOKEN, ChannelProblem.of(problem), null);
                };
            }
        };
    }
}
