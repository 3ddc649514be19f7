package org.postroom.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.SignIn.Callback;

/** Walks the sign-in and consent pages of an identity server as a person with a browser would. */
final class DemoSignIn {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
    private static final int MOST_PAGES = 8;

    private final String user;
    private final String password;

    DemoSignIn(String user, String password) {
        this.user = user;
        this.password = password;
    }

    /** From the address of the sign-in to what comes back from it. */
    Callback walk(URI start, String redirectUri) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .cookieHandler(new java.net.CookieManager())
                .connectTimeout(Duration.ofSeconds(10))
                .build()) {
            HttpRequest next = HttpRequest.newBuilder(start).build();
            for (int page = 0; page < MOST_PAGES; page++) {
                HttpResponse<String> response = http.send(next, HttpResponse.BodyHandlers.ofString());
                String location = response.headers().firstValue("Location").orElse(null);
                if (location != null && location.startsWith(redirectUri)) {
                    return callback(URI.create(location));
                }
                next = location != null
                        ? HttpRequest.newBuilder(response.uri().resolve(location))
                                .build()
                        : submit(response);
            }
            throw new IOException("The sign-in at " + start.getHost() + " does not come to an end");
        }
    }

    private HttpRequest submit(HttpResponse<String> page) throws IOException {
        String html = page.body();
        Matcher action = ACTION.matcher(html);
        if (!action.find()) {
            throw new IOException("The sign-in page has no form (" + page.statusCode() + ")");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(html);
        while (hidden.find()) {
            fields.put(plain(hidden.group(1)), plain(hidden.group(2)));
        }
        if (html.contains("name=\"passwd\"")) {
            fields.put("loginfmt", user);
            fields.put("passwd", password);
            fields.put("decision", "signin");
        } else {
            fields.put("decision", html.contains("value=\"accept\"") ? "accept" : "other");
        }
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(page.uri().resolve(plain(action.group(1))))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private static String plain(String escaped) {
        return escaped.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static Callback callback(URI address) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String field : String.valueOf(address.getRawQuery()).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                query.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        @Nullable String error = query.get("error");
        return new Callback(query.get("state"), query.get("code"), error, query.get("error_description"));
    }
}
