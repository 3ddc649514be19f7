package org.postroom.credentials;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem.Needs;

/** What a channel sends to the token endpoint for an access token, by its grant. Safe for use by many threads. */
final class TokenRequest {
    private final Secrets secrets;

    TokenRequest(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The form to post, or why there is none. */
    sealed interface Form {
        /** To post as it is; holds secrets. */
        record Ready(Map<String, String> fields) implements Form {
            /** Never shows a secret. */
            @Override
            public String toString() {
                return "Ready" + fields.keySet();
            }
        }

        /** Something has to be entered or done first. */
        record Missing(TokenProblem problem) implements Form {}
    }

    /**
     * The form.
     *
     * @param scopes what the channel cannot do without
     * @param refreshToken the stored one, if a person has signed in
     */
    Form of(String channelId, Authentication.OAuth2 auth, List<String> scopes, @Nullable String refreshToken) {
        return switch (auth.grant()) {
            case AUTHORIZATION_CODE ->
                refreshToken == null
                        ? new Form.Missing(new TokenProblem(
                                Needs.SIGN_IN,
                                "Nobody has signed in for this channel yet.",
                                "Press Connect on the channel page.",
                                Tokens.NOT_CONNECTED,
                                null,
                                null))
                        : refresh(channelId, auth, refreshToken);
            case CLIENT_CREDENTIALS -> clientCredentials(channelId, auth, scopes);
            case PASSWORD -> password(channelId, auth, scopes);
        };
    }

    private Form refresh(String channelId, Authentication.OAuth2 auth, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        if (!auth.scopes().isEmpty()) {
            form.put("scope", String.join(" ", auth.scopes()));
        }
        return signed(channelId, auth, form);
    }

    private Form clientCredentials(String channelId, Authentication.OAuth2 auth, List<String> scopes) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("scope", String.join(" ", scopes));
        return signed(channelId, auth, form);
    }

    private Form password(String channelId, Authentication.OAuth2 auth, List<String> scopes) {
        Optional<String> password = secrets.get(channelId, Purpose.SIGN_IN_PASSWORD);
        if (password.isEmpty() || auth.signInUser() == null) {
            return new Form.Missing(new TokenProblem(
                    Needs.SETTINGS,
                    "The sign-in user or its password is not stored.",
                    "Enter both on the channel's form.",
                    "no_password",
                    null,
                    null));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("username", auth.signInUser());
        form.put("password", password.get());
        form.put("scope", String.join(" ", scopes));
        return signed(channelId, auth, form);
    }

    private Form signed(String channelId, Authentication.OAuth2 auth, Map<String, String> form) {
        proveApplication(channelId, auth, form);
        return new Form.Ready(form);
    }

    /** Where no person signs in, "connect again" is no remedy: what a refusal means under this grant. */
    static TokenProblem inItsWords(Grant grant, TokenProblem refusal) {
        if (refusal.needs() != Needs.SIGN_IN || grant.needsPerson()) {
            return refusal;
        }
        String remedy = grant == Grant.PASSWORD
                ? "Check the sign-in user and its password. Where more than a password is asked for, choose the grant"
                        + " authorization code."
                : "Check the client ID and the client secret.";
        return new TokenProblem(
                Needs.SETTINGS, refusal.what(), remedy, refusal.error(), refusal.code(), refusal.detail());
    }

    /** Adds who the application is and, unless it is a public client, its proof (RFC 6749 section 2.3). */
    void proveApplication(String channelId, Authentication.OAuth2 auth, Map<String, String> form) {
        form.put("client_id", auth.clientId());
        secrets.get(channelId, Purpose.CLIENT_SECRET)
                .filter(secret -> !auth.publicClient())
                .ifPresent(secret -> form.put("client_secret", secret));
    }
}
