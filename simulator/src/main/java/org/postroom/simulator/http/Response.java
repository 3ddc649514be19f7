package org.postroom.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An HTTP answer. */
public record Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String TRUNCATED = "X-Truncated";

    public Response {
        headers = Map.copyOf(headers);
    }

    /** An answer with text of that type. */
    public static Response text(int status, String contentType, String text) {
        return new Response(status, contentType + "; charset=utf-8", text.getBytes(UTF_8), Map.of());
    }

    /** A page. */
    public static Response html(int status, String html) {
        return text(status, "text/html", html);
    }

    /** A JSON object or array. */
    public static Response json(int status, JsonNode json) {
        return text(status, "application/json", json.toString());
    }

    /** A redirect by GET. */
    public static Response redirect(String location) {
        return text(302, "text/plain", "").with("Location", location);
    }

    /** No answer at all: the connection closes. */
    public static Response dropped() {
        return new Response(0, "", new byte[0], Map.of());
    }

    /** The same, ending before the length it announces. */
    public Response truncated() {
        return with(TRUNCATED, "yes");
    }

    boolean isDropped() {
        return status == 0;
    }

    boolean isTruncated() {
        return headers.containsKey(TRUNCATED);
    }

    /** The same with one more header. */
    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, contentType, body, more);
    }
}
