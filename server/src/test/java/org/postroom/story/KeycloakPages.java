package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person at Keycloak's pages, in a browser that has not been there before. Cookies go back as they came: Keycloak marks
 * them for TLS only on loopback too, where browsers do not mind.
 */
final class KeycloakPages {
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final int MOST_PAGES = 12;

    private final String user;
    private final String password;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    KeycloakPages(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** Signs in, and accepts if asked for consent; where the browser is sent back to. */
    String signIn(String start) {
        URI there = URI.create(start);
        HttpResponse<String> page = get(there);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            String location = page.headers().firstValue("Location").orElse(null);
            if (location != null) {
                URI next = page.uri().resolve(location);
                if (!next.getRawAuthority().equals(there.getRawAuthority())) {
                    return next.toString();
                }
                page = get(next);
            } else {
                page = fill(page);
            }
        }
        throw new AssertionError("no end of pages: " + page.body());
    }

    /** Enters a device code and accepts; the last page's words. */
    String enterDeviceCode(String address, String code) {
        HttpResponse<String> page = get(URI.create(address));
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            String location = page.headers().firstValue("Location").orElse(null);
            if (location != null) {
                page = get(page.uri().resolve(location));
            } else if (page.body().contains("name=\"device_user_code\"")) {
                page = post(page, Map.of("device_user_code", code));
            } else if (page.body().contains("<form")) {
                page = fill(page);
            } else {
                return page.body();
            }
        }
        throw new AssertionError("no end of pages: " + page.body());
    }

    private HttpResponse<String> fill(HttpResponse<String> page) {
        if (page.body().contains("name=\"password\"")) {
            return post(page, Map.of("username", user, "password", password, "credentialId", ""));
        }
        assertThat(page.body()).contains("name=\"accept\"");
        return post(page, Map.of("accept", "Yes"));
    }

    private HttpResponse<String> post(HttpResponse<String> page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.body());
        assertThat(form.find()).as(page.body()).isTrue();
        Map<String, String> all = new LinkedHashMap<>(fields);
        Matcher code = Pattern.compile("name=\"code\" value=\"([^\"]*)\"").matcher(page.body());
        if (code.find()) {
            all.put("code", code.group(1));
        }
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(page.uri().resolve(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        // By this it tells a person at the page for device codes from a program that wants one.
        request.header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(400);
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
