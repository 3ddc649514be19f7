package org.postroom.credentials;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem.Needs;
import tools.jackson.databind.JsonNode;

/**
 * Finds the addresses of authorization servers: Microsoft's are known, others describe themselves (OpenID Connect
 * Discovery 1.0, RFC 8414). A description is asked for again after an hour. Safe for use by many threads.
 */
final class AuthorizationServers {
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    AuthorizationServers(TokenEndpoint endpoint, Clock clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    private record Known(AuthorizationServer server, Instant until) {}

    /** What came of looking. */
    sealed interface Found {
        /** Its addresses. */
        record Server(AuthorizationServer server) implements Found {}

        /** There are none to be had. */
        record Missing(TokenProblem problem) implements Found {}
    }

    /** The server that this client signs in at. */
    Found of(OAuthClient client) {
        Authentication.OAuth2 auth = client.auth();
        return auth.provider() == Provider.MICROSOFT
                ? new Found.Server(AuthorizationServer.microsoft(auth))
                : described(client, auth.authority());
    }

    private Found described(OAuthClient client, String issuer) {
        Known before = known.get(issuer);
        if (before != null && clock.instant().isBefore(before.until())) {
            return new Found.Server(before.server());
        }
        TokenEndpoint.Document document = endpoint.document(client, AuthorizationServer.description(issuer));
        if (document instanceof TokenEndpoint.Document.Absent) {
            document = endpoint.document(client, AuthorizationServer.plainDescription(issuer));
        }
        Found found = switch (document) {
            case TokenEndpoint.Document.Json(JsonNode json) -> read(issuer, json);
            case TokenEndpoint.Document.Absent(TokenProblem problem) -> new Found.Missing(problem);
        };
        if (found instanceof Found.Server(AuthorizationServer server)) {
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(issuer, new Known(server, clock.instant().plus(GOOD_FOR)));
        } else if (before != null) {
            // An outage of the description need not stop what worked an hour ago.
            return new Found.Server(before.server());
        }
        return found;
    }

    private static Found read(String issuer, JsonNode json) {
        String says = json.path("issuer").asString("");
        if (!says.equals(issuer) && !says.equals(issuer + "/")) {
            return missing("The identity server at " + issuer + " describes itself as " + says + ".");
        }
        URI token = address(json, "token_endpoint");
        if (token == null) {
            return missing("The identity server's description names no https address for tokens (token_endpoint).");
        }
        return new Found.Server(new AuthorizationServer(
                issuer,
                token,
                address(json, "authorization_endpoint"),
                address(json, "device_authorization_endpoint"),
                words(json, "scopes_supported"),
                words(json, "token_endpoint_auth_methods_supported")));
    }

    private static Found missing(String what) {
        return new Found.Missing(new TokenProblem(
                Needs.SETTINGS,
                what,
                "Enter its issuer exactly as the identity server names it.",
                "wrong_issuer",
                null,
                null));
    }

    private static @Nullable URI address(JsonNode json, String name) {
        try {
            URI uri = URI.create(json.path(name).asString(""));
            return SafeAddress.isSafe(uri) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Set<String> words(JsonNode json, String name) {
        Set<String> words = new HashSet<>();
        json.path(name).forEach(word -> words.add(word.asString("")));
        return words;
    }
}
