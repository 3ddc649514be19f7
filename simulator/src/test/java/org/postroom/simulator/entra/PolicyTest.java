package org.postroom.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import tools.jackson.databind.node.ObjectNode;

class PolicyTest {
    private static final String SVC = "/control/users/svc@contoso.test";
    private static final String PUBLIC_APP = "3c2b7a90-4d1f-4c86-9e0a-5f8e7d6c1b22";

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

    private String path(String kind) {
        return switch (kind) {
            case "user" -> SVC;
            case "app" -> "/control/apps/" + simulator.endpoints().app().clientId();
            default -> "/control/tenants/" + tenant;
        };
    }

    private static int code(HttpResponse<String> response) {
        return FakeBrowser.json(response).path("error_codes").path(0).asInt(0);
    }

    @ParameterizedTest
    @CsvSource({
        "user,block,53003,message_only",
        "app,compliantDevice,53000,message_only",
        "tenant,joinedDevice,53001,message_only",
        "user,approvedApp,53002,message_only",
        "tenant,deviceAuthentication,50097,basic_action",
        "user,mfa,50076,basic_action",
        "app,mfaRegistration,50079,basic_action"
    })
    void demandsRefuseRenewalWithClaimsUntilTheyAreLifted(String kind, String demand, int code, String suberror) {
        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");

        browser.set("PATCH", path(kind), "{\"conditionalAccess\":[\"" + demand + "\"]}");
        HttpResponse<String> refused = browser.token(browser.refresh(refresh));
        browser.set("PATCH", path(kind), "{\"conditionalAccess\":null}");
        HttpResponse<String> granted = browser.token(browser.refresh(refresh));

        ObjectNode json = FakeBrowser.json(refused);
        assertThat(code(refused)).isEqualTo(code);
        assertThat(json.path("error").asString("")).isEqualTo("interaction_required");
        assertThat(json.path("suberror").asString("")).isEqualTo(suberror);
        assertThat(json.path("claims").asString("")).startsWith("{\"access_token\":{\"capolids\":");
        assertThat(granted.statusCode()).isEqualTo(200);
    }

    @Test
    void secondFactorIsGivenAtThePageAndNeverWithAPassword() {
        browser.set("PATCH", SVC, "{\"conditionalAccess\":[\"mfa\"]}");

        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");
        HttpResponse<String> renewed = browser.token(browser.refresh(refresh));
        HttpResponse<String> byPassword = browser.token(browser.password("svc@contoso.test", "Pa55-svc"));

        assertThat(renewed.statusCode()).isEqualTo(200);
        assertThat(code(byPassword)).isEqualTo(50076);
    }

    @Test
    void blockedPersonSeesItOnThePage() {
        browser.set("PATCH", SVC, "{\"conditionalAccess\":[\"block\"]}");

        HttpResponse<String> page =
                browser.signIn(tenant, browser.authorize(tenant, browser.request()), "svc@contoso.test", "Pa55-svc");

        assertThat(page.body()).contains("AADSTS53003");
    }

    @Test
    void blockedAppGetsNoTokenOfItsOwn() {
        browser.set("PATCH", path("app"), "{\"conditionalAccess\":[\"block\"]}");

        assertThat(code(browser.token(browser.clientCredentials()))).isEqualTo(53003);
    }

    @Test
    void signInFrequencyEndsRenewalThoughTokensAreFresh() {
        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");
        browser.set("PATCH", SVC, "{\"signInFrequency\":\"PT10H\"}");
        simulator.clock().advance(Duration.ofHours(9));
        String second = FakeBrowser.json(browser.token(browser.refresh(refresh)))
                .path("refresh_token")
                .asString("");
        simulator.clock().advance(Duration.ofHours(2));

        HttpResponse<String> refused = browser.token(browser.refresh(second));
        HttpResponse<String> page = browser.authorize(tenant, browser.request());

        assertThat(code(refused)).isEqualTo(70043);
        assertThat(FakeBrowser.json(refused).path("suberror").asString("")).isEqualTo("token_expired");
        assertThat(refused.body()).contains("the maximum allowed lifetime for this request is 36000.");
        assertThat(page.body()).contains("name=\"passwd\"");
    }

    @Test
    void onlyAssignedUsersMayUseAnAppThatRequiresIt() {
        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");
        browser.set("PATCH", path("app"), "{\"assignmentRequired\":true,\"assigned\":[\"pia@contoso.test\"]}");

        HttpResponse<String> refused = browser.token(browser.refresh(refresh));
        HttpResponse<String> page = browser.authorize(tenant, browser.request());
        browser.set("PATCH", path("app"), "{\"assigned\":[\"SVC@contoso.test\"]}");
        HttpResponse<String> granted = browser.token(browser.refresh(refresh));

        assertThat(code(refused)).isEqualTo(50105);
        assertThat(page.body()).contains("AADSTS50105", "svc@contoso.test");
        assertThat(granted.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "user,false,0", "selfService,false,0", "administrator,false,50173",
        "user,true,50173", "selfService,true,50173", "administrator,true,50173"
    })
    void changeOfPasswordEndsWhatMicrosoftSays(String by, boolean publicClient, int code) {
        Map<String, String> refresh =
                publicClient ? publicRefresh() : browser.refresh(browser.refreshToken("svc@contoso.test", "Pa55-svc"));

        browser.set(
                "POST",
                "/control/password",
                "{\"user\":\"svc@contoso.test\",\"password\":\"Pa55-new\",\"by\":\"" + by + "\"}");

        assertThat(code(browser.token(refresh))).isEqualTo(code);
        assertThat(code(browser.token(browser.password("svc@contoso.test", "Pa55-svc"))))
                .isEqualTo(50126);
    }

    private Map<String, String> publicRefresh() {
        Map<String, String> request = browser.request();
        request.put("client_id", PUBLIC_APP);
        HttpResponse<String> consent =
                browser.signIn(tenant, browser.authorize(tenant, request), "svc@contoso.test", "Pa55-svc");
        String code = FakeBrowser.landed(browser.decide(tenant, consent, "accept"))
                .get("code")
                .orElseThrow();
        String refresh = FakeBrowser.json(browser.token(ofPublicApp(browser.redeem(code))))
                .path("refresh_token")
                .asString("");
        return ofPublicApp(browser.refresh(refresh));
    }

    private static Map<String, String> ofPublicApp(Map<String, String> fields) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.remove("client_secret");
        changed.put("client_id", PUBLIC_APP);
        return changed;
    }

    @Test
    void changeOfPasswordEndsTheBrowsersSession() {
        browser.refreshToken("svc@contoso.test", "Pa55-svc");
        browser.set("PATCH", SVC, "{\"password\":\"Pa55-new\"}");
        Map<String, String> silent = browser.request();
        silent.put("prompt", "none");

        HttpResponse<String> back = browser.authorize(tenant, silent);

        assertThat(FakeBrowser.landed(back).get("error_description").orElse("")).startsWith("AADSTS50133");
    }

    @ParameterizedTest
    @CsvSource({"locked,50053", "passwordExpired,50055"})
    void passwordThatSignsNobodyInLeavesTokensAlone(String field, int code) {
        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");
        browser.set("PATCH", SVC, "{\"" + field + "\":true}");

        HttpResponse<String> byPassword = browser.token(browser.password("svc@contoso.test", "Pa55-svc"));
        HttpResponse<String> byToken = browser.token(browser.refresh(refresh));

        assertThat(code(byPassword)).isEqualTo(code);
        assertThat(byToken.statusCode()).isEqualTo(200);
    }

    @Test
    void withdrawnConsentEndsRenewalUntilTheUserConsentsAgain() {
        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");

        browser.set("DELETE", SVC + "/consent", "");
        HttpResponse<String> refused = browser.token(browser.refresh(refresh));
        HttpResponse<String> page = browser.authorize(tenant, browser.request());
        browser.decide(tenant, page, "accept");
        HttpResponse<String> granted = browser.token(browser.refresh(refresh));

        assertThat(code(refused)).isEqualTo(65001);
        assertThat(page.body()).contains("Permissions requested");
        assertThat(granted.statusCode()).isEqualTo(200);
    }

    @Test
    void livesOfTokensCanBeSet() {
        browser.set("POST", "/control/tokens/lifetime", "{\"lifetime\":\"PT10M\",\"refreshIdle\":\"PT1H\"}");

        String refresh = browser.refreshToken("svc@contoso.test", "Pa55-svc");
        ObjectNode renewed = FakeBrowser.json(browser.token(browser.refresh(refresh)));
        simulator.clock().advance(Duration.ofMinutes(61));

        assertThat(renewed.path("expires_in").asInt(0)).isEqualTo(600);
        assertThat(code(browser.token(browser.refresh(refresh)))).isEqualTo(700082);
    }

    @Test
    void secretEndsOnTheSimulatorsClock() {
        String id = simulator.endpoints().app().secrets().getFirst().id();
        browser.set("PATCH", path("app") + "/secrets/" + id, "{\"expires\":\"2030-12-01T00:00:00Z\"}");
        HttpResponse<String> before = browser.token(browser.clientCredentials());
        simulator.clock().advance(Duration.ofDays(3650));

        HttpResponse<String> after = browser.token(browser.clientCredentials());

        assertThat(code(after)).isEqualTo(7000222);
        assertThat(before.statusCode()).isEqualTo(200);
    }

    @Test
    void disabledAppIsRefusedByNumber() {
        browser.set("PATCH", path("app"), "{\"disabled\":true}");

        assertThat(code(browser.token(browser.clientCredentials()))).isEqualTo(7000112);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                28002, 50011, 50020, 50033, 50034, 50053, 50055, 50056, 50057, 50058, 50059, 50072, 50074, 50076, 50078,
                50079, 50089, 50097, 50105, 50126, 50131, 50132, 50133, 50144, 50147, 50173, 50194, 50196, 51004, 53000,
                53001, 53002, 53003, 54005, 65001, 65004, 65005, 70000, 70001, 70002, 70008, 70011, 70016, 70018, 70019,
                70043, 90002, 90006, 90012, 90024, 90033, 90055, 90094, 500011, 501481, 530032, 530035, 650052, 650056,
                650057, 700011, 700016, 700022, 700025, 700027, 700082, 700084, 900144, 900561, 7000112, 7000215,
                7000218, 7000222, 9001023, 9002313
            })
    void everyCodeOfTheReferenceCanBeOrderedInMicrosoftsWords(int code) {
        browser.set("PATCH", path("app"), "{\"refuseTokensWith\":" + code + "}");

        HttpResponse<String> refused = browser.token(browser.clientCredentials());

        assertThat(code(refused)).isEqualTo(code);
        assertThat(refused.statusCode()).isIn(400, 401, 429, 503);
        assertThat(refused.body()).contains("AADSTS" + code + ": ").doesNotContain("The request was refused by policy");
    }

    @Test
    void unknownDemandIsNamedWithThoseThereAre() {
        HttpResponse<String> response =
                browser.control("PATCH", SVC, "{\"conditionalAccess\":[\"magic\"],\"locked\":true}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("conditionalAccess: knows block, compliantDevice");
        assertThat(simulator
                        .organisation()
                        .user("svc@contoso.test")
                        .orElseThrow()
                        .locked())
                .isFalse();
    }
}
