package org.postroom.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The administrator of a {@link Keycloak}: changes its realm {@code mail} while it runs. Safe across threads. */
public final class KeycloakAdmin {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final JsonMapper json = JsonMapper.builder().build();

    KeycloakAdmin(URI base) {
        this.base = base;
    }

    void createRealm(String realm) {
        call("POST", "/admin/realms", realm);
    }

    /** Locks a user out, or in again. */
    public void enable(String user, boolean enabled) {
        call("PUT", "/admin/realms/mail/users/" + id(user), "{\"enabled\": " + enabled + "}");
    }

    /** Ends all that a user has signed in for at a client, refresh tokens for offline use included. */
    public void endSignIns(String user, String client) {
        call("DELETE", "/admin/realms/mail/users/" + id(user) + "/consents/" + client, "");
    }

    /** Gives a confidential client another secret. */
    public void changeSecret(String client, String secret) {
        String id = call("GET", "/admin/realms/mail/clients?clientId=" + client, "")
                .path(0)
                .path("id")
                .asString();
        call("PUT", "/admin/realms/mail/clients/" + id, json.writeValueAsString(Map.of("secret", secret)));
    }

    /** From now on the realm signs by a new key, as it shows among the others. */
    public void rotateKeys() {
        call("POST", "/admin/realms/mail/components", """
                {"name": "newer", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["200"], "algorithm": ["RS256"], "keySize": ["2048"]}}
                """);
    }

    private String id(String user) {
        String query = URLEncoder.encode(user, StandardCharsets.UTF_8);
        return call("GET", "/admin/realms/mail/users?exact=true&username=" + query, "")
                .path(0)
                .path("id")
                .asString();
    }

    private JsonNode call(String method, String path, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException("%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
        }
        return json.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private String token() {
        Map<String, String> form = Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                KeycloakDistribution.ADMINISTRATOR,
                "password",
                KeycloakDistribution.PASSWORD);
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&"));
        return json.readTree(send(HttpRequest.newBuilder(base.resolve("/realms/master/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(body)))
                        .body())
                .path("access_token")
                .asString();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak answers", e);
        }
    }
}
