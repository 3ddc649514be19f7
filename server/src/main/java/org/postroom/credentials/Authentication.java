package org.postroom.credentials;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
     * @param cloud which of Microsoft's clouds; global for other providers
     * @param tenant directory id or domain; empty for other providers than Microsoft
     * @param clientId the application's id
     * @param publicClient whether the application has neither secret nor certificate
     * @param certificate what the application proves itself with in place of a secret, or null
     * @param secretExpiry when its client secret ends, as far as somebody said so
     * @param authority where sign-in happens, such as {@code https://login.microsoftonline.com}; the issuer for a
     *     provider that is neither Microsoft nor Google
     * @param scopes what is asked for; the protocols' own if empty
     * @param signInUser who is expected to sign in; a licensed service user for a shared mailbox
     * @param tokenService where the external grant gets its tokens: an address, or {@code command} for the operator's
     */
    record OAuth2(
            Provider provider,
            Grant grant,
            Cloud cloud,
            String tenant,
            String clientId,
            boolean publicClient,
            @Nullable Certificate certificate,
            @Nullable Instant secretExpiry,
            String authority,
            List<String> scopes,
            @Nullable String signInUser,
            @Nullable String tokenService)
            implements Authentication {
        /** The {@link #tokenService} that stands for the operator's command. */
        public static final String COMMAND = "command";

        /** Copies the scopes and drops a trailing slash of the authority; rows of the first version have no cloud. */
        public OAuth2 {
            cloud = Objects.requireNonNullElse(cloud, Cloud.GLOBAL);
            scopes = List.copyOf(scopes);
            authority = authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
        }

        /** At Microsoft, with a secret or as a public client. */
        public static OAuth2 microsoft(
                Grant grant,
                String tenant,
                String clientId,
                boolean publicClient,
                String authority,
                List<String> scopes,
                @Nullable String signInUser) {
            return new OAuth2(
                    Provider.MICROSOFT,
                    grant,
                    Cloud.GLOBAL,
                    tenant,
                    clientId,
                    publicClient,
                    null,
                    null,
                    authority,
                    scopes,
                    signInUser,
                    null);
        }

        /** The scopes that a channel of these doors cannot do without. */
        public List<String> neededScopes(boolean sends) {
            if (!scopes.isEmpty()) {
                return scopes;
            }
            return switch (provider) {
                case MICROSOFT -> microsoftScopes(sends);
                case GOOGLE -> List.of("https://mail.google.com/");
                case OTHER -> grant.needsPerson() ? List.of("offline_access") : List.of();
            };
        }

        private List<String> microsoftScopes(boolean sends) {
            if (grant == Grant.CLIENT_CREDENTIALS) {
                return List.of(cloud.applicationScope());
            }
            List<String> needed = new ArrayList<>();
            needed.add(cloud.userResource() + "IMAP.AccessAsUser.All");
            if (sends) {
                needed.add(cloud.userResource() + "SMTP.Send");
            }
            if (grant.needsPerson()) {
                needed.add("offline_access");
            }
            return needed;
        }
    }

    /**
     * The public half of a certificate that proves an application.
     *
     * @param thumbprint SHA-256 of its DER form, in base64url without padding: the {@code x5t#S256} of RFC 7515
     * @param sha1 its SHA-1 in hexadecimal digits, as Entra ID's pages show it
     */
    record Certificate(String subject, String thumbprint, String sha1, Instant notBefore, Instant notAfter) {}
}
