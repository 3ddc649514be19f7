package org.postroom.credentials;

import java.util.List;

/**
 * A channel as an identity server meets it: all that asking for its tokens takes, but the secrets.
 *
 * @param channelId whose tokens and secrets they are
 * @param mailbox the address of the mailbox that the tokens are to open
 * @param needed the scopes that the channel cannot do without
 */
public record OAuthClient(String channelId, String mailbox, Authentication.OAuth2 auth, List<String> needed) {
    /** Copies the scopes. */
    public OAuthClient {
        needed = List.copyOf(needed);
    }
}
