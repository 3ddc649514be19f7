package org.postroom.credentials;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Postroom proves itself to a mail server. Secrets are not in here: {@link Secrets} holds them, sealed, under the
 * channel's id.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Authentication.Password.class, name = "password"),
    @JsonSubTypes.Type(value = Authentication.OAuth2.class, name = "oauth2")
})
public sealed interface Authentication {
    /**
     * Basic authentication.
     *
     * @param username the server's User ID
     */
    record Password(String username) implements Authentication {}

    /**
     * OAuth 2.0 (RFC 6749).
     *
     * @param provider {@code microsoft} so far
     * @param tenant directory id or domain
     * @param clientId the application's id
     * @param publicClient whether the application has no secret
     * @param authority where sign-in happens, such as {@code https://login.microsoftonline.com}
     * @param scopes what is asked for; the protocols' own if empty
     * @param signInUser who is expected to sign in; a licensed service user for a shared mailbox
     */
    record OAuth2(
            String provider,
            Grant grant,
            String tenant,
            String clientId,
            boolean publicClient,
            String authority,
            List<String> scopes,
            @Nullable String signInUser)
            implements Authentication {
        /** Copies the scopes and drops a trailing slash of the authority. */
        public OAuth2 {
            scopes = List.copyOf(scopes);
            authority = authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
        }
    }
}
