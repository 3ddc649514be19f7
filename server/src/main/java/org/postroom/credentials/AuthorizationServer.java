package org.postroom.credentials;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an authorization server (RFC 8414 section 2).
 *
 * @param authorize null if it has no sign-in by browser
 * @param device null if it has no device flow (RFC 8628)
 * @param scopes those it says it knows; empty if it does not say
 * @param proofs how applications may prove themselves at the token endpoint; empty if it does not say
 */
record AuthorizationServer(
        String issuer,
        URI token,
        @Nullable URI authorize,
        @Nullable URI device,
        Set<String> scopes,
        Set<String> proofs) {
    /** Copies the sets. */
    AuthorizationServer {
        scopes = Set.copyOf(scopes);
        proofs = Set.copyOf(proofs);
    }

    /** Microsoft Entra ID for one tenant. */
    static AuthorizationServer microsoft(Authentication.OAuth2 auth) {
        String tenant = auth.authority() + "/" + auth.tenant();
        String oauth = tenant + "/oauth2/v2.0/";
        return new AuthorizationServer(
                tenant + "/v2.0",
                URI.create(oauth + "token"),
                URI.create(oauth + "authorize"),
                URI.create(oauth + "devicecode"),
                Set.of(),
                Set.of("client_secret_post", "private_key_jwt"));
    }

    /** Where a server of this issuer describes itself (OpenID Connect Discovery 1.0 section 4). */
    static URI description(String issuer) {
        return URI.create(issuer + "/.well-known/openid-configuration");
    }

    /** Where a server that knows OAuth 2.0 only describes itself (RFC 8414 section 3.1). */
    static URI plainDescription(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return URI.create(
                uri.getScheme() + "://" + uri.getRawAuthority() + "/.well-known/oauth-authorization-server" + path);
    }

    /** Whether a secret goes into the Authorization header, as RFC 6749 section 2.3.1 prefers, and not into the form. */
    boolean secretInHeader() {
        return !proofs.contains("client_secret_post");
    }
}
