package org.postroom.simulator.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** A person at Entra's pages, and the app behind the person; keeps cookies and follows no redirect by itself. */
public final class FakeBrowser {
    public static final String REDIRECT = "http://localhost:8025/oauth/callback";
    public static final String VERIFIER = "v".repeat(60);
    private static final Pattern FLOW = Pattern.compile("name=\"flow\" value=\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final Simulator simulator;

    public FakeBrowser(Simulator simulator) {
        this.simulator = simulator;
    }

    /** The fields of a usual request to authorize. */
    public Map<String, String> request() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", simulator.endpoints().app().clientId());
        fields.put("response_type", "code");
        fields.put("redirect_uri", REDIRECT);
        fields.put("scope", Tokens.MAIL + " offline_access openid");
        fields.put("state", "s-1");
        fields.put("code_challenge", challenge());
        fields.put("code_challenge_method", "S256");
        return fields;
    }

    public static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> authorize(String tenant, Map<String, String> fields) {
        return get(
                simulator.endpoints().entra() + "/" + tenant + "/oauth2/v2.0/authorize?" + new Form(fields).encoded());
    }

    public HttpResponse<String> signIn(String tenant, HttpResponse<String> page, String user, String password) {
        return post(tenant + "/login", Map.of("flow", flow(page), "loginfmt", user, "passwd", password));
    }

    public HttpResponse<String> decide(String tenant, HttpResponse<String> page, String decision) {
        return post(tenant + "/consent", Map.of("flow", flow(page), "decision", decision));
    }

    /** Opens the page of admin consent; {@code path} is with or without {@code v2.0/}. */
    public HttpResponse<String> adminConsent(String tenant, String path, Map<String, String> fields) {
        return get(simulator.endpoints().entra() + "/" + tenant + "/" + path + "?" + new Form(fields).encoded());
    }

    /** Signs in or decides on a page that posts to {@code path}. */
    public HttpResponse<String> submit(String path, HttpResponse<String> page, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>(more);
        fields.put("flow", flow(page));
        return post(path, fields);
    }

    /** Signs in, consents where asked, and gives the code. */
    public String code(String upn, String password) {
        String tenant = simulator.endpoints().tenant().id();
        HttpResponse<String> page = signIn(tenant, authorize(tenant, request()), upn, password);
        HttpResponse<String> back = page.statusCode() == 302 ? page : decide(tenant, page, "accept");
        return landed(back).fields().getOrDefault("code", "");
    }

    /** The fields a redirect brought back. */
    public static Form landed(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElse("");
        return Form.parse(location.substring(location.indexOf('?') + 1));
    }

    /** The usual fields to redeem a code. */
    public Map<String, String> redeem(String code) {
        Map<String, String> fields = credentials();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", REDIRECT);
        fields.put("code_verifier", VERIFIER);
        return fields;
    }

    /** The usual fields to refresh. */
    public Map<String, String> refresh(String token) {
        Map<String, String> fields = credentials();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", token);
        return fields;
    }

    /** Client id and secret. */
    public Map<String, String> credentials() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", simulator.endpoints().app().clientId());
        fields.put(
                "client_secret",
                simulator.endpoints().app().secrets().getFirst().value());
        return fields;
    }

    /** All there is to a token with an app's own permissions. */
    public Map<String, String> clientCredentials() {
        Map<String, String> fields = credentials();
        fields.put("grant_type", "client_credentials");
        fields.put("scope", "https://outlook.office365.com/.default");
        return fields;
    }

    /** All there is to a token for a password. */
    public Map<String, String> password(String upn, String password) {
        Map<String, String> fields = credentials();
        fields.put("grant_type", "password");
        fields.put("scope", Tokens.MAIL);
        fields.put("username", upn);
        fields.put("password", password);
        return fields;
    }

    /** A call of the control interface that must succeed. */
    public ObjectNode set(String method, String path, String body) {
        HttpResponse<String> response = control(method, path, body);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.body());
        }
        return json(response);
    }

    /** Signs in as a user and gives the refresh token. */
    public String refreshToken(String upn, String password) {
        return json(token(redeem(code(upn, password)))).path("refresh_token").asString("");
    }

    public HttpResponse<String> token(Map<String, String> fields) {
        return post(simulator.endpoints().tenant().id() + "/oauth2/v2.0/token", fields);
    }

    public static ObjectNode json(HttpResponse<String> response) {
        return Json.read(response.body()).orElseThrow();
    }

    public HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return send(HttpRequest.newBuilder(URI.create(simulator.endpoints().entra() + "/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(new Form(fields).encoded()))
                .build());
    }

    /** A call of the control interface. */
    public HttpResponse<String> control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(simulator.endpoints().control() + path))
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String flow(HttpResponse<String> page) {
        Matcher matcher = FLOW.matcher(page.body());
        if (!matcher.find()) {
            throw new AssertionError("no form on the page: " + page.body());
        }
        return matcher.group(1);
    }
}
