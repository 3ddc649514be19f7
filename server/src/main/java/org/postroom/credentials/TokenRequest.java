package org.postroom.credentials;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem.Needs;

/** What a channel sends to the token endpoint for an access token, by its grant. Safe for use by many threads. */
final class TokenRequest {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Secrets secrets;
    private final TokenEndpoint endpoint;
    private final Clock clock;

    TokenRequest(Secrets secrets, TokenEndpoint endpoint, Clock clock) {
        this.secrets = secrets;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** The form to post, or why there is none. */
    sealed interface Form {
        /**
         * To post as it is; holds secrets.
         *
         * @param authorization the header that proves the application, or null if the form does
         */
        record Ready(Map<String, String> fields, @Nullable String authorization) implements Form {
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
     * @param refreshToken the stored one, if a person has signed in
     */
    Form of(OAuthClient client, AuthorizationServer server, @Nullable String refreshToken) {
        return switch (client.auth().grant()) {
            case AUTHORIZATION_CODE, DEVICE_CODE ->
                refreshToken == null
                        ? missing(
                                Needs.SIGN_IN,
                                "Nobody has signed in for this channel yet.",
                                "Press Connect on the channel page.",
                                Tokens.NOT_CONNECTED)
                        : refresh(client, server, refreshToken);
            case CLIENT_CREDENTIALS -> clientCredentials(client, server);
            case PASSWORD -> password(client, server);
            case SERVICE_ACCOUNT -> serviceAccount(client, server);
            case EXTERNAL -> throw new IllegalArgumentException("an external token service has requests of its own");
        };
    }

    private Form refresh(OAuthClient client, AuthorizationServer server, String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        if (!client.auth().scopes().isEmpty()) {
            form.put("scope", String.join(" ", client.auth().scopes()));
        }
        return proven(client, server, form);
    }

    private Form clientCredentials(OAuthClient client, AuthorizationServer server) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        putScope(form, client);
        return proven(client, server, form);
    }

    private Form password(OAuthClient client, AuthorizationServer server) {
        Optional<String> password = secrets.get(client.channelId(), Purpose.SIGN_IN_PASSWORD);
        String user = client.auth().signInUser();
        if (password.isEmpty() || user == null) {
            return missing(
                    Needs.SETTINGS,
                    "The sign-in user or its password is not stored.",
                    "Enter both on the channel's form.",
                    "no_password");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("username", user);
        form.put("password", password.get());
        putScope(form, client);
        return proven(client, server, form);
    }

    private Form serviceAccount(OAuthClient client, AuthorizationServer server) {
        Optional<String> stored = secrets.get(client.channelId(), Purpose.SERVICE_ACCOUNT_KEY);
        if (stored.isEmpty()) {
            return missing(
                    Needs.SETTINGS,
                    "The service account's key is not stored.",
                    "Paste its key file on the channel's form.",
                    "no_service_account_key");
        }
        String user = client.auth().signInUser() == null
                ? client.mailbox()
                : client.auth().signInUser();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", JWT_BEARER);
        form.put(
                "assertion",
                Assertions.ofServiceAccount(
                        client, ServiceAccountKey.read(stored.get()), user, server.token(), serverTime(server)));
        return new Form.Ready(form, null);
    }

    private static void putScope(Map<String, String> form, OAuthClient client) {
        if (!client.needed().isEmpty()) {
            form.put("scope", String.join(" ", client.needed()));
        }
    }

    private static Form missing(Needs needs, String what, String remedy, String error) {
        return new Form.Missing(new TokenProblem(needs, what, remedy, error, null, null));
    }

    /** Where no person signs in, "connect again" is no remedy: what a refusal means under this grant. */
    static TokenProblem inItsWords(Grant grant, TokenProblem refusal) {
        boolean isAsked = refusal.needs() == Needs.SIGN_IN || refusal.needs() == Needs.CONSENT;
        if (!isAsked || grant.needsPerson()) {
            return refusal;
        }
        String remedy = !asksForAPerson(refusal.remedy())
                ? refusal.remedy()
                : switch (grant) {
                    case PASSWORD ->
                        "Check the sign-in user and its password. Where more than a password is asked for, choose the"
                                + " grant authorization code.";
                    case SERVICE_ACCOUNT ->
                        "Check the key of the service account, and that domain-wide delegation allows its client ID the"
                                + " scope https://mail.google.com/.";
                    case CLIENT_CREDENTIALS, EXTERNAL, AUTHORIZATION_CODE, DEVICE_CODE ->
                        "Check the client ID and the client secret or certificate.";
                };
        return new TokenProblem(
                Needs.SETTINGS, refusal.what(), remedy, refusal.error(), refusal.code(), refusal.detail());
    }

    private static boolean asksForAPerson(String remedy) {
        String words = remedy.toLowerCase(Locale.ROOT);
        return words.contains("connect again") || words.contains("sign in again") || words.contains("reconnect");
    }

    /** The form with who the application is and, unless it is a public client, its proof (RFC 6749 section 2.3). */
    Form proven(OAuthClient client, AuthorizationServer server, Map<String, String> form) {
        Authentication.OAuth2 auth = client.auth();
        if (auth.certificate() != null) {
            Optional<String> pem = secrets.get(client.channelId(), Purpose.CLIENT_CERTIFICATE);
            if (pem.isEmpty()) {
                return missing(
                        Needs.SETTINGS,
                        "The application's certificate is not stored.",
                        "Paste it with its private key on the channel's form.",
                        "no_certificate");
            }
            form.put("client_id", auth.clientId());
            form.put("client_assertion_type", Assertions.TYPE);
            form.put(
                    "client_assertion",
                    Assertions.ofClient(client, KeyPairPem.read(pem.get()), server.token(), serverTime(server)));
            return new Form.Ready(form, null);
        }
        Optional<String> secret =
                secrets.get(client.channelId(), Purpose.CLIENT_SECRET).filter(s -> !auth.publicClient());
        if (secret.isPresent() && server.secretInHeader()) {
            return new Form.Ready(form, basic(auth.clientId(), secret.get()));
        }
        form.put("client_id", auth.clientId());
        secret.ifPresent(s -> form.put("client_secret", s));
        return new Form.Ready(form, null);
    }

    private Instant serverTime(AuthorizationServer server) {
        return clock.instant().plus(endpoint.ahead(server.token()));
    }

    private static String basic(String id, String secret) {
        String both =
                URLEncoder.encode(id, StandardCharsets.UTF_8) + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }
}
