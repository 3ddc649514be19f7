package org.postroom.credentials;

import java.util.List;
import org.postroom.wire.Route;

/**
 * A channel as an identity server meets it: all that asking for its tokens takes, but the secrets.
 *
 * @param channelId whose tokens and secrets they are
 * @param mailbox the address of the mailbox that the tokens are to open
 * @param needed the scopes that the channel cannot do without
 * @param route how the calls go out; the password of its proxy is not in here
 */
public record OAuthClient(
        String channelId, String mailbox, Authentication.OAuth2 auth, List<String> needed, Route route) {
    /** One whose calls go out as the server's do. */
    public OAuthClient(String channelId, String mailbox, Authentication.OAuth2 auth, List<String> needed) {
        this(channelId, mailbox, auth, needed, Route.SERVERS);
    }

    /** Copies the scopes. */
    public OAuthClient {
        needed = List.copyOf(needed);
    }
}
