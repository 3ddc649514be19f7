package org.postroom.send;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Routes;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.Tokens;
import org.postroom.wire.Route;

/** Where a channel's secrets come from when something is sent. */
public interface SendSecrets {
    /** The password of outgoing mail, for basic authentication. */
    Optional<String> password(Channel channel);

    /**
     * An access token, or why there is none.
     *
     * @param rejected one that the server did not accept, or null
     */
    Tokens.Result token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected);

    /** How the connection goes, its proxy with the password. */
    default Route route(Channel channel) {
        return channel.route();
    }

    /** The secrets that are stored for channels. */
    static SendSecrets stored(Secrets secrets, Tokens tokens) {
        return new SendSecrets() {
            @Override
            public Optional<String> password(Channel channel) {
                boolean own = channel.outgoing().authentication() != null;
                return secrets.get(channel.id(), own ? Purpose.OUTGOING_PASSWORD : Purpose.INCOMING_PASSWORD);
            }

            @Override
            public Route route(Channel channel) {
                return Routes.proven(secrets, channel.id(), channel.route());
            }

            @Override
            public Tokens.Result token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected) {
                return tokens.accessToken(channel.oauthClient(auth), rejected);
            }
        };
    }
}
