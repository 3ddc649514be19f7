package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person at Microsoft's sign-in and consent pages, in a browser that has not been there before. */
final class MicrosoftPages {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
    private static final Pattern FLOW = Pattern.compile("name=\"flow\" value=\"([^\"]*)\"");

    private final String user;
    private final String password;

    MicrosoftPages(String user) {
        this.user = user;
        this.password = "Pa55-" + user.substring(0, user.indexOf('@'));
    }

    /** Signs in, and accepts if asked for consent; where the browser is sent back to. */
    String accept(String start) {
        return walk(start, "signin", "accept");
    }

    /** Signs in, and presses Cancel on the consent page; where the browser is sent back to. */
    String decline(String start) {
        return walk(start, "signin", "cancel");
    }

    /** Presses Cancel on the sign-in page; where the browser is sent back to. */
    String cancel(String start) {
        return walk(start, "cancel", "cancel");
    }

    /** The first page, whatever it says. */
    HttpResponse<String> open(String start) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return send(http, HttpRequest.newBuilder(URI.create(start)));
        }
    }

    private String walk(String start, String atSignIn, String atConsent) {
        try (HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            HttpResponse<String> page = send(http, HttpRequest.newBuilder(URI.create(start)));
            if (page.body().contains("name=\"passwd\"")) {
                page = submit(http, page, atSignIn);
            }
            if (page.body().contains("Permissions requested")) {
                page = submit(http, page, atConsent);
            }
            String back = page.headers().firstValue("Location").orElse("");
            assertThat(back).as(page.body()).contains("/channels/email/oauth/callback?");
            return back;
        }
    }

    private HttpResponse<String> submit(HttpClient http, HttpResponse<String> page, String decision) {
        String body = "flow=" + encode(found(FLOW, page)) + "&loginfmt=" + encode(user) + "&passwd=" + encode(password)
                + "&decision=" + decision;
        return send(
                http,
                HttpRequest.newBuilder(page.uri().resolve(found(ACTION, page)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String found(Pattern pattern, HttpResponse<String> page) {
        Matcher matcher = pattern.matcher(page.body());
        assertThat(matcher.find()).as(page.body()).isTrue();
        return matcher.group(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
