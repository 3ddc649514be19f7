package org.postroom.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.organisation.ClientSecret;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.Tokens;
import tools.jackson.databind.node.ObjectNode;

class TokenEndpointTest {
    private static final String PUBLIC_APP = "3c2b7a90-4d1f-4c86-9e0a-5f8e7d6c1b22";

    private Simulator simulator;
    private FakeBrowser browser;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private User svc() {
        return simulator.organisation().user("svc@contoso.test").orElseThrow();
    }

    private ObjectNode signedIn() {
        return FakeBrowser.json(browser.token(browser.redeem(browser.code("svc@contoso.test", "Pa55-svc"))));
    }

    /** What is asked, made from a test under way. */
    private interface Asked extends BiFunction<TokenEndpointTest, FakeBrowser, Map<String, String>> {}

    private static Arguments row(String name, int code, String error, int status, Asked asked) {
        return Arguments.of(name, code, error, status, asked);
    }

    private static Map<String, String> changed(Map<String, String> fields, String name, String value) {
        fields.put(name, value);
        return fields;
    }

    private static Map<String, String> without(Map<String, String> fields, String name) {
        fields.remove(name);
        return fields;
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                row("no grant type", 900144, "invalid_request", 400, (test, b) -> b.credentials()),
                row(
                        "unknown grant",
                        70003,
                        "unsupported_grant_type",
                        400,
                        (test, b) -> changed(b.credentials(), "grant_type", "magic")),
                row("no client", 900144, "invalid_request", 400, (test, b) -> without(b.refresh("x"), "client_id")),
                row(
                        "unknown app",
                        700016,
                        "unauthorized_client",
                        400,
                        (test, b) -> changed(b.refresh("x"), "client_id", "11111111-2222-3333-4444-555555555555")),
                row(
                        "wrong secret",
                        7000215,
                        "invalid_client",
                        401,
                        (test, b) -> changed(b.refresh("x"), "client_secret", "wrong")),
                row(
                        "Secret ID for value",
                        7000215,
                        "invalid_client",
                        401,
                        (test, b) -> changed(b.refresh("x"), "client_secret", "51c0d8a2-6f7e-4b0e-9a54-4b1f6c2d7e90")),
                row("no secret", 7000218, "invalid_client", 401, (test, b) -> without(b.refresh("x"), "client_secret")),
                row("expired secret", 7000222, "invalid_client", 401, (test, b) -> {
                    test.simulator.endpoints().app().secrets().add(new ClientSecret("id", "old", Instant.EPOCH));
                    return changed(b.refresh("x"), "client_secret", "old");
                }),
                row(
                        "secret of public client",
                        700025,
                        "invalid_client",
                        401,
                        (test, b) -> changed(b.refresh("x"), "client_id", PUBLIC_APP)),
                row("garbage refresh token", 9002313, "invalid_grant", 400, (test, b) -> b.refresh("garbage")),
                row(
                        "unknown refresh token",
                        70000,
                        "invalid_grant",
                        400,
                        (test, b) -> b.refresh("1." + "A".repeat(100))),
                row("garbage code", 9002313, "invalid_grant", 400, (test, b) -> b.redeem("garbage")),
                row("code used twice", 54005, "invalid_grant", 400, (test, b) -> {
                    String code = b.code("svc@contoso.test", "Pa55-svc");
                    b.token(b.redeem(code));
                    return b.redeem(code);
                }),
                row("code too old", 70008, "invalid_grant", 400, (test, b) -> {
                    String code = b.code("svc@contoso.test", "Pa55-svc");
                    test.simulator.clock().advance(Duration.ofMinutes(11));
                    return b.redeem(code);
                }),
                row(
                        "wrong verifier",
                        501481,
                        "invalid_grant",
                        400,
                        (test, b) -> changed(
                                b.redeem(b.code("svc@contoso.test", "Pa55-svc")), "code_verifier", "w".repeat(60))),
                row(
                        "other redirect",
                        500112,
                        "invalid_client",
                        401,
                        (test, b) -> changed(
                                b.redeem(b.code("svc@contoso.test", "Pa55-svc")),
                                "redirect_uri",
                                "http://localhost:1/x")),
                row(
                        "two resources",
                        28000,
                        "invalid_request",
                        400,
                        (test, b) -> changed(
                                b.redeem(b.code("svc@contoso.test", "Pa55-svc")),
                                "scope",
                                Tokens.MAIL + " https://graph.microsoft.com/Mail.Read")),
                row(
                        "unknown scope",
                        70011,
                        "invalid_scope",
                        400,
                        (test, b) -> changed(
                                b.redeem(b.code("svc@contoso.test", "Pa55-svc")),
                                "scope",
                                "https://outlook.office.com/IMAP.All")),
                row("idle for 90 days", 700082, "invalid_grant", 400, (test, b) -> {
                    String token = test.signedIn().path("refresh_token").asString("");
                    test.simulator.clock().advance(Duration.ofDays(91));
                    return b.refresh(token);
                }),
                row("revoked", 50173, "invalid_grant", 400, (test, b) -> {
                    String token = test.signedIn().path("refresh_token").asString("");
                    b.control("POST", "/control/revoke", "{\"user\":\"svc@contoso.test\"}");
                    return b.refresh(token);
                }),
                row("blocked account", 50057, "invalid_grant", 400, (test, b) -> {
                    String token = test.signedIn().path("refresh_token").asString("");
                    test.svc().disabled(true);
                    return b.refresh(token);
                }),
                row("conditional access", 53003, "interaction_required", 400, (test, b) -> {
                    String token = test.signedIn().path("refresh_token").asString("");
                    b.control("PATCH", "/control/users/svc@contoso.test", "{\"refuseTokensWith\":53003}");
                    return b.refresh(token);
                }),
                row(
                        "no consent to scope",
                        65001,
                        "invalid_grant",
                        400,
                        (test, b) -> changed(
                                b.refresh(test.signedIn().path("refresh_token").asString("")),
                                "scope",
                                "https://outlook.office.com/POP.AccessAsUser.All")),
                row(
                        "app scopes without .default",
                        1002012,
                        "invalid_scope",
                        400,
                        (test, b) -> changed(
                                changed(b.credentials(), "grant_type", "client_credentials"), "scope", Tokens.MAIL)),
                row("wrong password", 50126, "invalid_grant", 400, (test, b) -> {
                    Map<String, String> fields = changed(b.credentials(), "grant_type", "password");
                    fields.putAll(Map.of("scope", Tokens.MAIL, "username", "svc@contoso.test", "password", "no"));
                    return fields;
                }),
                row(
                        "unknown device code",
                        70018,
                        "bad_verification_code",
                        400,
                        (test, b) -> changed(
                                changed(b.credentials(), "grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
                                "device_code",
                                "nope")));
    }

    @ParameterizedTest(name = "{0} is AADSTS{1}")
    @MethodSource("refusals")
    void refusesAsEntraDoes(String name, int code, String error, int status, Asked asked) {
        HttpResponse<String> response = browser.token(asked.apply(this, browser));

        ObjectNode json = FakeBrowser.json(response);
        assertThat(response.statusCode()).as(name).isEqualTo(status);
        assertThat(json.path("error").asString("")).isEqualTo(error);
        assertThat(json.path("error_codes").path(0).asInt(0)).isEqualTo(code);
        assertThat(json.path("error_description").asString(""))
                .startsWith("AADSTS" + code + ": ")
                .containsPattern("Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \\d{4}-.*Z$");
        assertThat(json.path("error_uri").asString("")).endsWith("error?code=" + code);
        assertThat(json.has("trace_id") && json.has("correlation_id") && json.has("timestamp"))
                .isTrue();
    }

    @Test
    void everyRefreshGivesANewTokenAndTheOldOneLives() {
        String first = signedIn().path("refresh_token").asString("");

        String second = FakeBrowser.json(browser.token(browser.refresh(first)))
                .path("refresh_token")
                .asString("");
        HttpResponse<String> again = browser.token(browser.refresh(first));

        assertThat(second).isNotEmpty().isNotEqualTo(first);
        assertThat(again.statusCode()).isEqualTo(200);
    }

    @Test
    void tokenCarriesWhatExchangeReads() {
        ObjectNode answer = signedIn();

        AccessToken token =
                simulator.entra().read(answer.path("access_token").asString("")).orElseThrow();
        assertThat(token.audience()).isEqualTo("https://outlook.office.com");
        assertThat(token.scopes()).containsExactlyInAnyOrder("IMAP.AccessAsUser.All", "SMTP.Send");
        assertThat(token.upn()).isEqualTo("svc@contoso.test");
        assertThat(token.expires()).isAfter(Instant.now().plus(Duration.ofMinutes(60)));
        assertThat(answer.path("id_token").asString("")).isNotEmpty();
    }

    @Test
    void withoutOfflineAccessThereIsNoRefreshToken() {
        Map<String, String> request = browser.request();
        request.put("scope", Tokens.MAIL);
        String tenant = "contoso.test";
        HttpResponse<String> consent =
                browser.signIn(tenant, browser.authorize(tenant, request), "svc@contoso.test", "Pa55-svc");
        String code = FakeBrowser.landed(browser.decide(tenant, consent, "accept"))
                .fields()
                .getOrDefault("code", "");

        ObjectNode answer = FakeBrowser.json(browser.token(browser.redeem(code)));

        assertThat(answer.has("access_token")).isTrue();
        assertThat(answer.has("refresh_token")).isFalse();
        assertThat(answer.has("id_token")).isFalse();
    }

    @Test
    void outageAnswersAsOrderedAndThenEnds() {
        browser.control(
                "POST", "/control/outage", "{\"status\":503,\"times\":2,\"retryAfter\":\"PT7S\",\"body\":\"html\"}");

        HttpResponse<String> first = browser.token(browser.refresh("garbage"));
        List<Integer> later = List.of(
                browser.token(browser.refresh("garbage")).statusCode(),
                browser.token(browser.refresh("garbage")).statusCode());

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(later).containsExactly(503, 400);
    }

    @Test
    void deviceCodeWaitsForThePersonAndThenGivesTokens() {
        String tenant = simulator.endpoints().tenant().id();
        ObjectNode begun = FakeBrowser.json(browser.post(
                tenant + "/oauth2/v2.0/devicecode",
                Map.of("client_id", PUBLIC_APP, "scope", Tokens.MAIL + " offline_access")));
        Map<String, String> poll = Map.of(
                "client_id",
                PUBLIC_APP,
                "grant_type",
                "urn:ietf:params:oauth:grant-type:device_code",
                "device_code",
                begun.path("device_code").asString(""));

        HttpResponse<String> early = browser.token(poll);
        HttpResponse<String> page = browser.post(
                tenant + "/deviceauth", Map.of("otc", begun.path("user_code").asString("")));
        browser.decide(tenant, browser.signIn(tenant, page, "svc@contoso.test", "Pa55-svc"), "accept");
        HttpResponse<String> late = browser.token(poll);

        assertThat(FakeBrowser.json(early).path("error").asString("")).isEqualTo("authorization_pending");
        assertThat(FakeBrowser.json(late).has("refresh_token")).isTrue();
    }

    @Test
    void clientCredentialsCarryRolesAndNoRefreshToken() {
        Map<String, String> fields = browser.credentials();
        fields.put("grant_type", "client_credentials");
        fields.put("scope", "https://outlook.office365.com/.default");

        ObjectNode answer = FakeBrowser.json(browser.token(fields));

        AccessToken token =
                simulator.entra().read(answer.path("access_token").asString("")).orElseThrow();
        assertThat(token.roles()).containsExactlyInAnyOrder("IMAP.AccessAsApp", "SMTP.SendAsApp");
        assertThat(token.upn()).isNull();
        assertThat(answer.has("refresh_token")).isFalse();
    }
}
