package org.postroom.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * An HTTP request, read whole.
 *
 * @param id of its own, a GUID
 * @param path decoded, from the first slash
 * @param query the decoded query
 * @param body at most 400 MB
 */
public record Request(String id, String method, String path, Form query, byte[] body, HttpExchange exchange) {
    private static final int LARGEST_BODY = 400_000_000;

    static Request of(HttpExchange exchange) throws IOException {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        String path = Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("/");
        return new Request(
                UUID.randomUUID().toString(), exchange.getRequestMethod(), path, Form.parse(query), body, exchange);
    }

    /** The body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** The body as form fields; none where it is of another content type. */
    public Form form() {
        String type = header("Content-Type").orElse("");
        return Form.parse(type.startsWith("application/x-www-form-urlencoded") ? text() : "");
    }

    /** The first header of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** Scheme, host and port the client may know this server by: the name it asked for, and those of loopback. */
    public Set<String> hosts() {
        int port = exchange.getLocalAddress().getPort();
        String asked = header("Host").orElse("127.0.0.1:" + port);
        return new TreeSet<>(List.of(
                "http://127.0.0.1:" + port,
                "http://localhost:" + port,
                "http://[::1]:" + port,
                "http://" + asked,
                "https://" + asked));
    }

    /**
     * This server's address as the client knows it: {@code http://127.0.0.1:port} by whatever name of loopback, else the
     * name asked for, with the scheme a proxy in front says.
     */
    public String base() {
        String asked = header("Host").orElse("localhost");
        return isLoopback(asked)
                ? "http://127.0.0.1:" + exchange.getLocalAddress().getPort()
                : header("X-Forwarded-Proto").orElse("http") + "://" + asked;
    }

    static boolean isLoopback(String host) {
        return host.matches("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?");
    }

    /** The cookie of that name. */
    public Optional<String> cookie(String name) {
        for (String cookie : header("Cookie").orElse("").split(";")) {
            String[] pair = cookie.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(name)) {
                return Optional.of(pair[1]);
            }
        }
        return Optional.empty();
    }

    /** The path's segments without empty ones. */
    public String[] segments() {
        return path.replaceAll("^/+|/+$", "").split("/+");
    }
}
