package org.postroom.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.wire.TrustedAuthorities;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST calls of a running server, as a command makes them. Every call blocks; used by one thread. */
final class PostroomClient {
    private static final String USUAL = "http://localhost:8025";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** The diagnosis of a channel waits for mail servers. */
    private static final Duration ANSWER = Duration.ofMinutes(3);

    private final URI base;
    private final String key;
    private final HttpClient http;
    private final JsonMapper json = JsonMapper.shared();

    private PostroomClient(URI base, String key, HttpClient http) {
        this.base = base;
        this.key = key;
        this.http = http;
    }

    /** The server that the environment names. */
    static PostroomClient of(Map<String, String> environment) throws ClientProblem {
        URI base = base(environment.getOrDefault("POSTROOM_URL", "").strip());
        String key = environment.getOrDefault("POSTROOM_API_KEY", "").strip();
        if (key.isEmpty()) {
            throw new ClientProblem(
                    2, "POSTROOM_API_KEY is not set; put an administrator's API key of " + base + " there");
        }
        if (key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new ClientProblem(2, "POSTROOM_API_KEY holds characters that no key has");
        }
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(CONNECT);
        String authorities = environment.getOrDefault("POSTROOM_TRUSTED_CA", "");
        if (!authorities.isBlank()) {
            try {
                http.sslContext(TrustedAuthorities.context(Path.of(authorities)));
            } catch (IllegalArgumentException e) {
                throw new ClientProblem(2, String.valueOf(e.getMessage()));
            }
        }
        return new PostroomClient(base, key, http.build());
    }

    private static URI base(String entered) throws ClientProblem {
        String text = entered.isEmpty() ? USUAL : entered.replaceAll("/+$", "");
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new ClientProblem(2, "POSTROOM_URL is not an address like " + USUAL);
    }

    JsonNode get(String path) throws ClientProblem {
        return call("GET", path, null);
    }

    JsonNode post(String path, @Nullable JsonNode body) throws ClientProblem {
        return call("POST", path, body);
    }

    /** Every item of a list, through all its pages. */
    List<JsonNode> all(String path) throws ClientProblem {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get(path + "?limit=200" + (next.isEmpty() ? "" : "&cursor=" + encoded(next)));
            page.path("items").forEach(items::add);
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return items;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, @Nullable JsonNode body) throws ClientProblem {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(json.writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = send(request.build());
        return answer.statusCode() < 300 ? read(answer) : refused(answer);
    }

    private HttpResponse<String> send(HttpRequest request) throws ClientProblem {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new ClientProblem(
                    1,
                    "no Postroom answers at " + base
                            + "; start it with ./postroom up, or name another address in POSTROOM_URL");
        } catch (HttpTimeoutException e) {
            throw new ClientProblem(1, base + " did not answer in time; look at its log");
        } catch (IOException e) {
            throw new ClientProblem(1, base + " cannot be asked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientProblem(1, "interrupted");
        }
    }

    private JsonNode read(HttpResponse<String> answer) throws ClientProblem {
        try {
            return answer.body().isEmpty() ? json.createObjectNode() : json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new ClientProblem(1, "what answers at " + base + " is not Postroom; look at POSTROOM_URL");
        }
    }

    private JsonNode refused(HttpResponse<String> answer) throws ClientProblem {
        if (answer.statusCode() == 401) {
            throw new ClientProblem(1, base + " does not know the key in POSTROOM_API_KEY; it may have been deleted");
        }
        if (answer.statusCode() == 403) {
            throw new ClientProblem(1, "the key in POSTROOM_API_KEY may not do this; an administrator's key is needed");
        }
        boolean problem = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (!problem) {
            throw new ClientProblem(
                    1,
                    "what answers at " + base + " is not Postroom (status " + answer.statusCode()
                            + "); look at POSTROOM_URL");
        }
        JsonNode details = read(answer);
        List<String> lines = details.path("errors")
                .valueStream()
                .map(error -> error.path("field").asString("") + ": "
                        + error.path("message").asString(""))
                .toList();
        String words = details.path("detail").asString(details.path("title").asString(""));
        throw new ClientProblem(1, words, lines);
    }
}
