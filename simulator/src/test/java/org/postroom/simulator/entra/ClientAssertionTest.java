package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.FakeClient;
import tools.jackson.databind.node.ObjectNode;

class ClientAssertionTest {
    private static final String GARBAGE = "bm90.anNvbg.c2ln";

    private Simulator simulator;
    private FakeBrowser browser;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        simulator.endpoints().app().certificates().add(FakeClient.certificate());
        browser = new FakeBrowser(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Map<String, String> clientCredentials() {
        Map<String, String> fields = browser.credentials();
        fields.put("grant_type", "client_credentials");
        fields.put("scope", "https://outlook.office365.com/.default");
        return fields;
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                row("PS256 with x5t#S256", c -> {}),
                row("RS256 with x5t", c -> {
                    c.header.put("alg", "RS256").remove("x5t#S256");
                    c.header.put("x5t", FakeClient.base64(FakeClient.thumbprint(false)));
                }),
                row("the tenant by its domain", c -> {
                    String aud = c.claims.path("aud").asString("");
                    c.claims.put("aud", aud.replaceAll("[0-9a-f-]{36}", "contoso.test"));
                }),
                row("the host by another name", c -> {
                    String aud = c.claims.path("aud").asString("");
                    c.claims.put("aud", aud.replace("127.0.0.1", "localhost"));
                }),
                row("no nbf and a far exp", c -> {
                    c.claims.remove("nbf");
                    c.claims.put("exp", Instant.now().plus(Duration.ofDays(1)).getEpochSecond());
                }),
                row(
                        "a clock five minutes behind",
                        c -> c.claims.put("nbf", Instant.now().plusSeconds(280).getEpochSecond())));
    }

    private static Arguments row(String name, Consumer<FakeClient> bend) {
        return Arguments.of(name, bend);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void acceptsWhatMicrosoftDocuments(String name, Consumer<FakeClient> bend) {
        FakeClient client = new FakeClient(simulator);
        bend.accept(client);

        HttpResponse<String> response = browser.token(client.in(clientCredentials()));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String token = FakeBrowser.json(response).path("access_token").asString("");
        assertThat(simulator.entra().read(token).orElseThrow().roles()).contains("IMAP.AccessAsApp");
        String claims = new String(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]), UTF_8);
        assertThat(claims).contains("\"appidacr\":\"2\"");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal("not a token", 50027, "invalid_request", c -> {}, s -> GARBAGE),
                refusal("two parts", 50027, "invalid_request", c -> {}, s -> s.substring(0, s.lastIndexOf('.'))),
                refusal("no thumbprint", 5002723, "invalid_request", c -> c.header.remove("x5t#S256")),
                refusal("symmetric algorithm", 5002738, "invalid_request", c -> c.header.put("alg", "HS256")),
                refusal("no algorithm", 5002738, "invalid_request", c -> c.header.put("alg", "none")),
                refusal(
                        "unknown thumbprint",
                        700027,
                        "invalid_client",
                        c -> c.header.put("x5t#S256", FakeClient.base64(new byte[32]))),
                refusal("SHA-256 in x5t", 700027, "invalid_client", c -> {
                    c.header.remove("x5t#S256");
                    c.header.put("x5t", FakeClient.base64(FakeClient.thumbprint(true)));
                }),
                refusal(
                        "bent signature",
                        700027,
                        "invalid_client",
                        c -> {},
                        s -> s.substring(0, s.lastIndexOf('.') + 1) + FakeClient.base64(new byte[256])),
                refusal("other signer's algorithm", 700027, "invalid_client", c -> {}, s -> {
                    String rest = s.substring(s.indexOf('.'));
                    return FakeClient.base64(("{\"alg\":\"RS256\",\"x5t#S256\":\""
                                            + FakeClient.base64(FakeClient.thumbprint(true)) + "\"}")
                                    .getBytes(UTF_8))
                            + rest;
                }),
                refusal(
                        "other app",
                        700021,
                        "invalid_client",
                        c -> c.claims.put("iss", "x").put("sub", "x")),
                refusal("sub is not iss", 50048, "invalid_client", c -> c.claims.put("sub", "x")),
                refusal("no sub", 50027, "invalid_request", c -> c.claims.remove("sub")),
                refusal(
                        "other audience",
                        700023,
                        "invalid_client",
                        c -> c.claims.put("aud", "https://example.org/oauth2/v2.0/token")),
                refusal(
                        "expired",
                        700024,
                        "invalid_client",
                        c -> c.claims.put("exp", Instant.now().minusSeconds(900).getEpochSecond())),
                refusal(
                        "not yet",
                        700024,
                        "invalid_client",
                        c -> c.claims.put("nbf", Instant.now().plusSeconds(900).getEpochSecond())),
                refusal("no expiry", 50027, "invalid_request", c -> c.claims.remove("exp")));
    }

    private static Arguments refusal(String name, int code, String error, Consumer<FakeClient> bend) {
        return refusal(name, code, error, bend, UnaryOperator.identity());
    }

    private static Arguments refusal(
            String name, int code, String error, Consumer<FakeClient> bend, UnaryOperator<String> bendSigned) {
        return Arguments.of(name, code, error, bend, bendSigned);
    }

    @ParameterizedTest(name = "{0} is AADSTS{1}")
    @MethodSource("refused")
    void refusesAsEntraDoes(
            String name, int code, String error, Consumer<FakeClient> bend, UnaryOperator<String> bendSigned) {
        FakeClient client = new FakeClient(simulator);
        bend.accept(client);
        Map<String, String> fields = client.in(clientCredentials());
        fields.computeIfPresent("client_assertion", (k, signed) -> bendSigned.apply(signed));

        HttpResponse<String> response = browser.token(fields);

        ObjectNode json = FakeBrowser.json(response);
        assertThat(json.path("error_codes").path(0).asInt(0))
                .as(response.body())
                .isEqualTo(code);
        assertThat(json.path("error").asString("")).isEqualTo(error);
        assertThat(response.statusCode()).isEqualTo(error.equals("invalid_client") ? 401 : 400);
    }

    @Test
    void certificateExpiresOnTheSimulatorsClock() {
        simulator.clock().advance(Duration.ofDays(91));

        HttpResponse<String> response = browser.token(new FakeClient(simulator).in(clientCredentials()));

        assertThat(FakeBrowser.json(response).path("error_description").asString(""))
                .startsWith(
                        "AADSTS700027: The certificate with identifier used to sign the client assertion is expired on"
                                + " application. [Reason - The key used is expired., Thumbprint of key used by client: '"
                                + FakeClient.certificate().thumbprint256() + "', Found key 'Start=");
    }

    @Test
    void provesTheAppForCodesAndRefreshTokensToo() {
        String code = browser.code("svc@contoso.test", "Pa55-svc");

        ObjectNode first = FakeBrowser.json(browser.token(new FakeClient(simulator).in(browser.redeem(code))));
        String refresh = first.path("refresh_token").asString("");
        ObjectNode second = FakeBrowser.json(browser.token(new FakeClient(simulator).in(browser.refresh(refresh))));

        assertThat(first.has("access_token")).isTrue();
        assertThat(second.has("access_token")).isTrue();
    }

    @Test
    void sameAssertionMayComeTwice() {
        Map<String, String> fields = new FakeClient(simulator).in(clientCredentials());

        assertThat(browser.token(fields).statusCode()).isEqualTo(200);
        assertThat(browser.token(fields).statusCode()).isEqualTo(200);
    }

    @Test
    void otherTypeOfAssertionIsRefused() {
        Map<String, String> fields = new FakeClient(simulator).in(clientCredentials());
        fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer");
        Map<String, String> without = new FakeClient(simulator).in(clientCredentials());
        without.remove("client_assertion_type");

        assertThat(browser.token(fields).body()).contains("AADSTS90023");
        assertThat(browser.token(without).body()).contains("AADSTS900144").contains("'client_assertion_type'");
    }
}
