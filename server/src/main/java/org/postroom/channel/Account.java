package org.postroom.channel;

import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.credentials.TokenClaims;

/**
 * Who proves itself to a mail server.
 *
 * @param name as a sentence names it
 * @param trustee as Exchange's PowerShell takes it; what only the administrator can know stands in angle brackets
 * @param registration what has to be run once before rights can be granted, with a space behind; empty for a user
 */
public record Account(String name, String trustee, String registration) {
    private static final String OBJECT_ID = "<object ID of the enterprise application, not of the app registration>";

    /** Whose proof this is, as far as the settings tell. */
    public static Account of(Authentication authentication) {
        return of(authentication, null);
    }

    /**
     * Whose proof this is.
     *
     * @param claims of the token that was used, if there is one and it can be read
     */
    public static Account of(Authentication authentication, @Nullable TokenClaims claims) {
        return switch (authentication) {
            case Authentication.Password(String username) -> new Account(username, username, "");
            case Authentication.OAuth2 oauth
            when oauth.grant() == Grant.CLIENT_CREDENTIALS || (claims != null && claims.ofApplication()) ->
                application(oauth, claims);
            case Authentication.OAuth2 oauth -> user(oauth, claims);
        };
    }

    private static Account application(Authentication.OAuth2 oauth, @Nullable TokenClaims claims) {
        String objectId = claims == null || claims.objectId() == null ? OBJECT_ID : claims.objectId();
        String application = oauth.clientId().isEmpty() && claims != null && claims.application() != null
                ? claims.application()
                : oauth.clientId();
        return new Account(
                "the application " + application,
                objectId,
                "Register it in Exchange once: New-ServicePrincipal -AppId " + application + " -ObjectId " + objectId
                        + ". ");
    }

    private static Account user(Authentication.OAuth2 oauth, @Nullable TokenClaims claims) {
        String user = oauth.signInUser() == null && claims != null ? claims.user() : oauth.signInUser();
        String unnamed = oauth.grant() == Grant.SERVICE_ACCOUNT ? "the service account" : "the user who signed in";
        return user == null ? new Account(unnamed, "<" + unnamed + ">", "") : new Account(user, user, "");
    }

    /** Whether it is a program's own, not a person's. */
    public boolean isApplication() {
        return !registration.isEmpty();
    }
}
