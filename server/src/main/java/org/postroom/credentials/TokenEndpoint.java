package org.postroom.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.wire.Dialer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a token endpoint and understands its answer. Blocks its caller for half a minute at most. */
final class TokenEndpoint {
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration HOLD_BACK = Duration.ofMinutes(5);

    /** How long a token without a lifetime is taken to live. */
    private static final Duration BARE_TOKEN = Duration.ofMinutes(30);

    private static final Duration SMALL_SKEW = Duration.ofMinutes(1);
    private static final Duration LARGEST_SKEW = Duration.ofDays(1);

    private final CloseableHttpClient http;
    private final Clock clock;
    private final Map<String, Duration> ahead = new ConcurrentHashMap<>();
    private final JsonMapper json = JsonMapper.builder().build();

    TokenEndpoint(CloseableHttpClient http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** Something a server said in JSON. */
    sealed interface Document {
        /** It said this. */
        record Json(JsonNode json) implements Document {}

        /** It said nothing that can be read, or no. */
        record Absent(TokenProblem problem) implements Document {}
    }

    /** Posts the form for tokens. Whatever goes wrong becomes an answer; nothing is thrown. */
    TokenAnswer ask(OAuthClient client, URI address, Map<String, String> form, @Nullable String authorization) {
        HttpPost post = post(address, form, authorization);
        try {
            return http.execute(post, TokenConnections.of(client), response -> read(response, post));
        } catch (IOException e) {
            return new TokenAnswer.TryLater(unreachable(address, e), WAIT);
        }
    }

    /** Posts a form to another address of the server than that for tokens. */
    Document post(OAuthClient client, URI address, Map<String, String> form, @Nullable String authorization) {
        return document(client, address, post(address, form, authorization));
    }

    /** Gets what a server says of itself. */
    Document document(OAuthClient client, URI address) {
        return document(client, address, new HttpGet(address));
    }

    private static HttpPost post(URI address, Map<String, String> form, @Nullable String authorization) {
        List<NameValuePair> fields = new ArrayList<>();
        form.forEach((name, value) -> fields.add(new BasicNameValuePair(name, value)));
        HttpPost post = new HttpPost(address);
        post.setEntity(new UrlEncodedFormEntity(fields, StandardCharsets.UTF_8));
        post.setHeader("Accept", "application/json");
        if (authorization != null) {
            post.setHeader("Authorization", authorization);
        }
        return post;
    }

    private Document document(OAuthClient client, URI address, HttpUriRequestBase request) {
        request.setHeader("Accept", "application/json");
        try {
            return http.execute(request, TokenConnections.of(client), response -> {
                JsonNode json = parse(body(response, request));
                if (json == null) {
                    return new Document.Absent(noAnswer(response));
                }
                return text(json, "error") == null ? new Document.Json(json) : new Document.Absent(problem(json));
            });
        } catch (IOException e) {
            return new Document.Absent(unreachable(address, e));
        }
    }

    private static TokenProblem unreachable(URI address, IOException e) {
        var known = Dialer.translate(e, String.valueOf(address.getHost()), port(address));
        if (known.reason().isOfProxy()) {
            return new TokenProblem(
                    known.reason().isPassingAtProxy() ? Needs.WAITING : Needs.SETTINGS,
                    "The way to the identity server is barred: " + known.getMessage() + ".",
                    known.reason().proxyRemedy(),
                    "proxy",
                    null,
                    null);
        }
        return new TokenProblem(
                Needs.WAITING,
                "The identity server cannot be reached: " + known.getMessage() + ".",
                "Postroom tries again by itself; check the authority, DNS and firewall if it lasts.",
                "unreachable",
                null,
                null);
    }

    private static int port(URI address) {
        return address.getPort() > 0 ? address.getPort() : address.getScheme().equals("http") ? 80 : 443;
    }

    private TokenAnswer read(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        noteTime(response, request);
        JsonNode answer = parse(body(response, request));
        if (answer == null || (text(answer, "access_token") == null && text(answer, "error") == null)) {
            return later(response, noAnswer(response));
        }
        if (response.getCode() == 200 && text(answer, "access_token") != null) {
            return granted(answer);
        }
        TokenProblem problem = problem(answer);
        boolean passing = problem.needs() == Needs.WAITING || response.getCode() == 429 || response.getCode() >= 500;
        return passing ? later(response, problem) : new TokenAnswer.Refused(problem);
    }

    /** Understands what a command printed: an answer in JSON, or a bare token. */
    TokenAnswer printed(String text) {
        JsonNode answer = parse(text.getBytes(StandardCharsets.UTF_8));
        if (answer != null && text(answer, "access_token") != null) {
            return granted(answer);
        }
        if (answer != null && text(answer, "error") != null) {
            TokenProblem problem = problem(answer);
            return problem.needs() == Needs.WAITING
                    ? new TokenAnswer.TryLater(problem, WAIT)
                    : new TokenAnswer.Refused(problem);
        }
        boolean bare = answer == null && text.matches("[A-Za-z0-9._~+/=-]{8,30000}");
        return bare
                ? new TokenAnswer.Granted(text, BARE_TOKEN, null, List.of(), user(null, text))
                : new TokenAnswer.TryLater(
                        new TokenProblem(
                                Needs.WAITING,
                                "The token command printed neither an answer with access_token nor a token.",
                                "Run the command by hand, as Postroom's user.",
                                "token_command",
                                null,
                                null),
                        WAIT);
    }

    private static TokenProblem noAnswer(ClassicHttpResponse response) {
        return new TokenProblem(
                Needs.WAITING,
                "The identity server answered " + response.getCode() + " with something that is no OAuth answer.",
                "Check the authority if it lasts.",
                "http_" + response.getCode(),
                null,
                null);
    }

    private static TokenProblem problem(JsonNode answer) {
        return EntraErrors.read(
                answer.path("error").asString("unknown"),
                text(answer, "error_description"),
                text(answer, "suberror") == null ? text(answer, "error_subtype") : text(answer, "suberror"),
                text(answer, "claims"));
    }

    /** How far a server's clock is ahead of ours, as far as its last answer told; zero if it is about the same. */
    Duration ahead(URI address) {
        return ahead.getOrDefault(String.valueOf(address.getRawAuthority()), Duration.ZERO);
    }

    private void noteTime(ClassicHttpResponse response, HttpUriRequestBase request) {
        Header date = response.getFirstHeader("Date");
        Instant theirs = date == null ? null : DateUtils.parseStandardDate(date.getValue());
        if (theirs == null) {
            return;
        }
        Duration skew = Duration.between(clock.instant(), theirs);
        boolean matters = skew.abs().compareTo(SMALL_SKEW) > 0 && skew.abs().compareTo(LARGEST_SKEW) < 0;
        ahead.put(String.valueOf(request.getAuthority()), matters ? skew : Duration.ZERO);
    }

    private static byte[] body(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        if (response.getEntity() == null) {
            return new byte[0];
        }
        try (InputStream in = response.getEntity().getContent()) {
            byte[] read = in.readNBytes(LARGEST_ANSWER + 1);
            if (read.length > LARGEST_ANSWER) {
                // Closing would read on to the end, which may never come.
                request.cancel();
                return new byte[0];
            }
            return read;
        }
    }

    private @Nullable JsonNode parse(byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            return node != null && node.isObject() ? node : null;
        } catch (JacksonException notJson) {
            return null;
        }
    }

    private static TokenAnswer later(ClassicHttpResponse response, TokenProblem problem) {
        Header header = response.getFirstHeader("Retry-After");
        if (header != null && header.getValue().strip().matches("\\d{1,5}")) {
            Duration asked = Duration.ofSeconds(Long.parseLong(header.getValue().strip()));
            return new TokenAnswer.TryLater(problem, asked, true);
        }
        return new TokenAnswer.TryLater(problem, problem.throttled() ? HOLD_BACK : WAIT, problem.throttled());
    }

    private TokenAnswer granted(JsonNode answer) {
        String access = answer.path("access_token").asString();
        long seconds = Math.clamp(answer.path("expires_in").asLong(3600), 1, 365L * 24 * 3600);
        String scope = answer.path("scope").asString("");
        return new TokenAnswer.Granted(
                access,
                Duration.ofSeconds(seconds),
                text(answer, "refresh_token"),
                Arrays.stream(scope.split(" ")).filter(s -> !s.isBlank()).toList(),
                user(text(answer, "id_token"), access));
    }

    private @Nullable String user(@Nullable String idToken, String accessToken) {
        for (String token : idToken == null ? List.of(accessToken) : List.of(idToken, accessToken)) {
            JsonNode claims = claims(token);
            for (String name : List.of("preferred_username", "upn", "email", "unique_name")) {
                String value = claims == null ? null : text(claims, name);
                if (value != null && value.indexOf('@') > 0) {
                    return value;
                }
            }
        }
        return null;
    }

    private @Nullable JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            return parse(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() && !value.asString().isBlank() ? value.asString() : null;
    }
}
