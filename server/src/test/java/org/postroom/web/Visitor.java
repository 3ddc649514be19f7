package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser: keeps cookies, follows no redirect by itself, sends the CSRF token of its session. */
public final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final String base;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http;

    /** Somebody who visits this server for the first time. */
    public Visitor(int port) {
        this.base = "http://127.0.0.1:" + port;
        this.http = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    /** What came back. */
    public record Answer(int status, String body, HttpResponse<String> response) {
        /** A header, or empty. */
        public String header(String name) {
            return String.join(" | ", response.headers().allValues(name));
        }

        /** Where it leads: a path of this server, or an address elsewhere. */
        public String location() {
            return header("Location");
        }
    }

    /** Opens a page. */
    public Answer get(String path, String... headers) {
        return send(HttpRequest.newBuilder(address(path)).GET(), headers);
    }

    /** Opens an address as it was given, wherever it leads on this server. */
    public Answer follow(String location) {
        return get(location.startsWith(base) ? location.substring(base.length()) : location);
    }

    /** Sends a form as the page would, with the CSRF token. */
    public Answer post(String path, Map<String, String> form, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("_csrf", token());
        return postBare(path, all, headers);
    }

    /** Sends a form without a CSRF token. */
    public Answer postBare(String path, Map<String, String> form, String... headers) {
        String body = form.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    /** Sends JSON, as a program does. */
    public Answer postJson(String path, String body, String... headers) {
        return sendJson("POST", path, body, headers);
    }

    /** Sends JSON by any method; a GET goes without a body. */
    public Answer sendJson(String method, String path, String body, String... headers) {
        boolean bare = method.equals("GET");
        return send(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                bare ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    /** Signs in and stays signed in. */
    public Visitor signIn(String email, String password) {
        Answer answer = post("/sign-in", Map.of("email", email, "password", password));
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        return this;
    }

    /** The session's cookie; empty if there is none. */
    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("POSTROOM_SESSION"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** The CSRF token of this session. */
    public String token() {
        Matcher found = TOKEN.matcher(get("/session").body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private URI address(String path) {
        return URI.create(base + path);
    }

    private Answer send(HttpRequest.Builder request, String... headers) {
        for (String header : headers) {
            List<String> parts = List.of(header.split(": ", 2));
            request.header(parts.getFirst(), parts.getLast());
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
