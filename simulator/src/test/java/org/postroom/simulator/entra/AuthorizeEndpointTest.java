package org.postroom.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;

class AuthorizeEndpointTest {
    private static final String OTHER_TENANT = """
            tenants:
              - id: 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10
                domain: contoso.test
                users: [{upn: svc@contoso.test, password: Pa55-svc}]
                apps:
                  - clientId: 0f6a1c52-7b1e-4a57-8b3b-6a1d3c9e2f41
                    secrets: [{id: 51c0d8a2-6f7e-4b0e-9a54-4b1f6c2d7e90, value: secret}]
                    redirectUris: ["http://localhost/*"]
                    anyLoopbackPort: true
              - id: 1b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10
                domain: tailspin.test
                users: [{upn: max@tailspin.test, password: Pa55-max}]
            """;

    private Simulator simulator;
    private FakeBrowser browser;
    private String tenant;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
        tenant = simulator.endpoints().tenant().id();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void signInAndConsentComeBackWithCodeAndState() {
        HttpResponse<String> consent =
                browser.signIn(tenant, browser.authorize(tenant, browser.request()), "svc@contoso.test", "Pa55-svc");
        HttpResponse<String> back = browser.decide(tenant, consent, "accept");

        assertThat(consent.body())
                .contains("Permissions requested", "Read and write access to mailboxes via IMAP", "Accept", "Cancel");
        assertThat(back.statusCode()).isEqualTo(302);
        Form landed = FakeBrowser.landed(back);
        assertThat(landed.fields()).containsEntry("state", "s-1").containsKey("code");
    }

    @Test
    void cancelledConsentComesBackAsAccessDenied() {
        HttpResponse<String> consent =
                browser.signIn(tenant, browser.authorize(tenant, browser.request()), "svc@contoso.test", "Pa55-svc");

        Form landed = FakeBrowser.landed(browser.decide(tenant, consent, "cancel"));

        assertThat(landed.fields()).containsEntry("error", "access_denied").containsEntry("state", "s-1");
        assertThat(landed.fields().get("error_description")).startsWith("AADSTS65004: User declined");
    }

    @Test
    void consentIsAskedOnceAndTheSessionRemembered() {
        browser.code("svc@contoso.test", "Pa55-svc");

        HttpResponse<String> second = browser.authorize(tenant, browser.request());

        assertThat(second.statusCode()).isEqualTo(302);
        assertThat(FakeBrowser.landed(second).fields()).containsKey("code");
    }

    @Test
    void anotherLoginHintAsksAnew() {
        browser.code("svc@contoso.test", "Pa55-svc");
        Map<String, String> request = browser.request();
        request.put("login_hint", "pia@contoso.test");

        HttpResponse<String> page = browser.authorize(tenant, request);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"pia@contoso.test\"");
    }

    @Test
    void promptNoneWithoutSessionIsLoginRequired() {
        Map<String, String> request = browser.request();
        request.put("prompt", "none");

        Form landed = FakeBrowser.landed(browser.authorize(tenant, request));

        assertThat(landed.fields()).containsEntry("error", "login_required");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, 11111111-2222-3333-4444-555555555555, AADSTS700016",
        "redirect_uri, http://evil.test/cb, AADSTS50011",
        "redirect_uri, https://localhost/cb, AADSTS50011",
    })
    void whatCannotBeTrustedStaysOnThePage(String field, String value, String code) {
        Map<String, String> request = browser.request();
        request.put(field, value);

        HttpResponse<String> page = browser.authorize(tenant, request);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains(code + ":");
    }

    @ParameterizedTest
    @CsvSource({
        "scope, https://outlook.office.com/Nope.All, invalid_scope",
        "scope, https://nobody.test/x, invalid_resource",
        "response_type, token, unsupported_response_type",
        "prompt, maybe, invalid_request",
    })
    void whatTheAppDidWrongGoesBackToIt(String field, String value, String error) {
        Map<String, String> request = browser.request();
        request.put(field, value);

        Form landed = FakeBrowser.landed(browser.authorize(tenant, request));

        assertThat(landed.fields()).containsEntry("error", error).containsEntry("state", "s-1");
    }

    @ParameterizedTest
    @CsvSource({
        "svc@contoso.test, wrong, AADSTS50126",
        "nobody@contoso.test, x, AADSTS50034",
        "blocked@contoso.test, Pa55-blocked, AADSTS50057",
        "support@contoso.test, x, AADSTS50057",
    })
    void refusedSignInSaysWhyOnThePage(String user, String password, String code) {
        HttpResponse<String> page =
                browser.signIn(tenant, browser.authorize(tenant, browser.request()), user, password);

        assertThat(page.body()).contains(code + ":");
    }

    @ParameterizedTest
    @CsvSource({"nowhere.test, AADSTS90002", "common, AADSTS50194", "organizations, AADSTS50194"})
    void wrongTenantIsNamed(String name, String code) {
        assertThat(browser.authorize(name, browser.request()).body()).contains(code + ":");
    }

    @Test
    void discoveryOfAnUnknownTenantIsRefused() {
        HttpResponse<String> answer =
                browser.get(simulator.endpoints().entra() + "/nowhere.test/v2.0/.well-known/openid-configuration");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"invalid_tenant\"", "AADSTS90002: Tenant 'nowhere.test' not found");
    }

    @Test
    void accountOfAnotherTenantIsRefused() throws Exception {
        try (Simulator two = Simulator.start(Scenario.parse("two.yaml", OTHER_TENANT), SimulatorOptions.forTests())) {
            FakeBrowser at = new FakeBrowser(two);

            HttpResponse<String> page =
                    at.signIn(tenant, at.authorize(tenant, at.request()), "max@tailspin.test", "Pa55-max");

            assertThat(page.body()).contains("AADSTS50020:");
        }
    }

    @Test
    void discoveryNamesTheIssuerOfTheIdToken() {
        String json = browser.get(simulator.endpoints().entra() + "/contoso.test/v2.0/.well-known/openid-configuration")
                .body();
        String keys = browser.get(simulator.endpoints().entra() + "/contoso.test/discovery/v2.0/keys")
                .body();

        assertThat(json).contains("\"issuer\":\"" + simulator.endpoints().entra() + "/" + tenant + "/v2.0\"");
        assertThat(keys).contains("\"kty\":\"RSA\"");
    }
}
