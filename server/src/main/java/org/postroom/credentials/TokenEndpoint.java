package org.postroom.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
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

    private final CloseableHttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    TokenEndpoint(CloseableHttpClient http) {
        this.http = http;
    }

    /** Posts the form. Whatever goes wrong becomes an answer; nothing is thrown. */
    TokenAnswer ask(URI address, Map<String, String> form) {
        List<NameValuePair> fields = new ArrayList<>();
        form.forEach((name, value) -> fields.add(new BasicNameValuePair(name, value)));
        HttpPost post = new HttpPost(address);
        post.setEntity(new UrlEncodedFormEntity(fields, StandardCharsets.UTF_8));
        post.setHeader("Accept", "application/json");
        try {
            return http.execute(post, response -> read(response, post));
        } catch (IOException e) {
            var known = Dialer.translate(e, String.valueOf(address.getHost()), port(address));
            return new TokenAnswer.TryLater(
                    new TokenProblem(
                            Needs.WAITING,
                            "The identity server cannot be reached: " + known.getMessage() + ".",
                            "Postroom tries again by itself; check the authority, DNS and firewall if it lasts.",
                            "unreachable",
                            null,
                            null),
                    WAIT);
        }
    }

    /**
     * Asks for the server's own description (OpenID Connect Discovery 1.0 section 4), for which nobody has to sign in.
     *
     * @return what is wrong with the settings that lead there; null if nothing is, or if no answer says so
     */
    @Nullable
    TokenProblem refusal(URI discovery) {
        HttpGet get = new HttpGet(discovery);
        get.setHeader("Accept", "application/json");
        try {
            return http.execute(get, response -> {
                TokenAnswer answer = read(response, get);
                return answer instanceof TokenAnswer.Refused(TokenProblem problem) && problem.needs() == Needs.SETTINGS
                        ? problem
                        : null;
            });
        } catch (IOException unreachable) {
            return null;
        }
    }

    private static int port(URI address) {
        return address.getPort() > 0 ? address.getPort() : address.getScheme().equals("http") ? 80 : 443;
    }

    private TokenAnswer read(ClassicHttpResponse response, HttpUriRequestBase request) throws IOException {
        byte[] body = body(response, request);
        JsonNode answer = parse(body);
        if (answer == null || (text(answer, "access_token") == null && text(answer, "error") == null)) {
            String what =
                    "The identity server answered " + response.getCode() + " with something that is no OAuth answer.";
            var problem = new TokenProblem(
                    Needs.WAITING, what, "Check the authority if it lasts.", "http_" + response.getCode(), null, null);
            return new TokenAnswer.TryLater(problem, wait(response, WAIT));
        }
        if (response.getCode() == 200 && text(answer, "access_token") != null) {
            return granted(answer);
        }
        TokenProblem problem = EntraErrors.read(
                answer.path("error").asString("unknown"), text(answer, "error_description"), text(answer, "suberror"));
        boolean passing = problem.needs() == Needs.WAITING || response.getCode() == 429 || response.getCode() >= 500;
        return passing
                ? new TokenAnswer.TryLater(problem, wait(response, problem.throttled() ? HOLD_BACK : WAIT))
                : new TokenAnswer.Refused(problem);
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

    private static Duration wait(ClassicHttpResponse response, Duration otherwise) {
        Header header = response.getFirstHeader("Retry-After");
        if (header != null && header.getValue().strip().matches("\\d{1,5}")) {
            return Duration.ofSeconds(Long.parseLong(header.getValue().strip()));
        }
        return otherwise;
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
