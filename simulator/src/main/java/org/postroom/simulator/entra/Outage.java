package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;

/**
 * Answers of an endpoint that are none.
 *
 * @param endpoint which one fails
 * @param about tenant (id or domain), client id or user name it is limited to; null for everybody
 * @param times requests still to be answered so
 * @param retryAfter zero for no such header
 * @param pause before the answer, or before the connection is closed without one
 */
public record Outage(
        Endpoint endpoint,
        @Nullable String about,
        int status,
        int times,
        Duration retryAfter,
        Duration pause,
        Kind kind) {
    private static final int LARGE = 10_000_000;

    /** What can fail. */
    public enum Endpoint {
        TOKEN("oauth2/v2.0/token"),
        DEVICECODE("oauth2/v2.0/devicecode"),
        AUTHORIZE("oauth2/v2.0/authorize"),
        DISCOVERY("v2.0/.well-known/openid-configuration"),
        KEYS("discovery/v2.0/keys");

        private final String path;

        Endpoint(String path) {
            this.path = path;
        }

        boolean isAt(String asked) {
            return path.equals(asked);
        }
    }

    /** What comes instead of an answer. */
    public enum Kind {
        JSON,
        HTML,
        EMPTY,
        /** JSON of ten million octets. */
        LARGE,
        /** The connection closes without an answer. */
        CLOSE,
        /** The answer ends before its announced length. */
        TRUNCATED;

        /** The kind of that name. */
        public static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }

        /** Its name in the control interface. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** All names, for a complaint. */
        public static String words() {
            return Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "));
        }
    }

    Outage once() {
        return new Outage(endpoint, about, status, times - 1, retryAfter, pause, kind);
    }

    Response answer(Request request) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Response response = switch (kind) {
            case HTML -> Response.html(status, "<html><body><h1>Service Unavailable</h1></body></html>");
            case JSON -> Response.json(status, Json.read(words(request)).orElseThrow());
            case LARGE -> Response.text(status, "application/json", "{\"padding\":\"" + "A".repeat(LARGE) + "\"}");
            case EMPTY -> Response.text(status, "text/plain", "");
            case CLOSE -> Response.dropped();
            case TRUNCATED ->
                new Response(status, "application/json", "{\"access_".getBytes(US_ASCII), Map.of()).truncated();
        };
        return retryAfter.isPositive() ? response.with("Retry-After", Long.toString(retryAfter.toSeconds())) : response;
    }

    /** Entra's words for a tenant that asks too much, and for all else that passes. */
    private String words(Request request) {
        int code = status == 429 ? 90055 : 90033;
        AadError error = AadError.known(code);
        return Json.object()
                .put("error", "temporarily_unavailable")
                .put("error_description", "AADSTS" + code + ": " + error.text() + " Trace ID: " + request.id())
                .put("trace_id", request.id())
                .set(
                        "error_codes",
                        Json.read("{\"c\":[" + code + "]}").orElseThrow().path("c"))
                .toString();
    }
}
