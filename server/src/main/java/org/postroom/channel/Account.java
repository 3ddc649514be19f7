package org.postroom.channel;

import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;

/**
 * Who proves itself to a mail server.
 *
 * @param name as a sentence names it
 * @param trustee as Exchange's PowerShell takes it; what only the administrator can know stands in angle brackets
 * @param registration what has to be run once before rights can be granted, with a space behind; empty for a user
 */
public record Account(String name, String trustee, String registration) {
    /** Whose proof this is. */
    public static Account of(Authentication authentication) {
        return switch (authentication) {
            case Authentication.Password(String username) -> new Account(username, username, "");
            case Authentication.OAuth2 oauth
            when oauth.grant() == Grant.CLIENT_CREDENTIALS -> {
                String objectId = "<object ID of the enterprise application, not of the app registration>";
                yield new Account(
                        "the application " + oauth.clientId(),
                        objectId,
                        "Register it in Exchange once: New-ServicePrincipal -AppId " + oauth.clientId() + " -ObjectId "
                                + objectId + ". ");
            }
            case Authentication.OAuth2 oauth ->
                oauth.signInUser() == null
                        ? new Account("the user who signed in", "<the user who signed in>", "")
                        : new Account(oauth.signInUser(), oauth.signInUser(), "");
        };
    }

    /** Whether it is a program's own, not a person's. */
    public boolean isApplication() {
        return !registration.isEmpty();
    }
}
