package org.postroom.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.Tokens;

class AdminConsentTest {
    private static final String V2 = "v2.0/adminconsent";
    private static final Map<String, String> ADMIN = Map.of("loginfmt", "admin@contoso.test", "passwd", "Pa55-admin");
    private static final Map<String, String> ACCEPT = Map.of("decision", "accept");
    private static final Map<String, String> CANCEL = Map.of("decision", "cancel");

    private Simulator simulator;
    private FakeBrowser browser;
    private App app;
    private String tenant;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
        app = simulator.endpoints().app();
        tenant = simulator.endpoints().tenant().id();
        app.permissions().clear();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Map<String, String> fields(String scope) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("client_id", app.clientId());
        fields.put("redirect_uri", FakeBrowser.REDIRECT);
        fields.put("state", "s-7");
        fields.put("scope", scope);
        return fields;
    }

    private HttpResponse<String> page(String path, String scope, Map<String, String> who) {
        HttpResponse<String> signIn = browser.adminConsent(tenant, path, fields(scope));
        return browser.submit(tenant + "/" + path, signIn, who);
    }

    @Test
    void administratorGrantsAllThatTheRegistrationAsksFor() {
        HttpResponse<String> page = page(V2, "https://outlook.office365.com/.default", ADMIN);
        HttpResponse<String> back = browser.submit(tenant + "/" + V2, page, ACCEPT);

        assertThat(page.body()).contains("IMAP.AccessAsApp", "SMTP.SendAsApp", "Review for your organization");
        assertThat(FakeBrowser.landed(back).fields())
                .containsEntry("admin_consent", "True")
                .containsEntry("tenant", tenant)
                .containsEntry("state", "s-7")
                .containsEntry("scope", "https://outlook.office365.com/.default");
        assertThat(app.permissions()).containsExactlyInAnyOrder("IMAP.AccessAsApp", "SMTP.SendAsApp");
        assertThat(back.headers().firstValue("Location").orElse("")).startsWith(FakeBrowser.REDIRECT + "?");
    }

    @Test
    void delegatedScopesAreConsentedToForEverybody() {
        browser.submit(tenant + "/" + V2, page(V2, Tokens.MAIL, ADMIN), ACCEPT);

        HttpResponse<String> straight =
                browser.signIn(tenant, browser.authorize(tenant, svcRequest()), "svc@contoso.test", "Pa55-svc");

        assertThat(app.adminConsent()).contains("https://outlook.office.com/SMTP.Send");
        assertThat(FakeBrowser.landed(straight).get("code")).isPresent();
    }

    private Map<String, String> svcRequest() {
        Map<String, String> request = browser.request();
        request.put("prompt", "login");
        return request;
    }

    @Test
    void declineIsToldAsDocumented() {
        HttpResponse<String> back =
                browser.submit(tenant + "/" + V2, page(V2, "https://ps.outlook.com/.default", ADMIN), CANCEL);

        assertThat(FakeBrowser.landed(back).fields())
                .containsEntry("error", "consent_required")
                .containsEntry("admin_consent", "True")
                .containsEntry("tenant", tenant)
                .containsEntry("state", "s-7")
                .hasEntrySatisfying(
                        "error_description",
                        text -> assertThat(text)
                                .startsWith(
                                        "AADSTS65004: The resource owner or authorization server denied the request."));
        assertThat(app.permissions()).isEmpty();
    }

    @Test
    void olderEndpointKnowsNoScopeAndTellsDeclineInItsOwnWords() {
        Map<String, String> fields = fields("");
        fields.remove("scope");
        String path = tenant + "/adminconsent";

        HttpResponse<String> signIn = browser.adminConsent(tenant, "adminconsent", fields);
        HttpResponse<String> page = browser.submit(path, signIn, ADMIN);
        HttpResponse<String> no = browser.submit(path, page, CANCEL);
        HttpResponse<String> again = browser.adminConsent(tenant, "adminconsent", fields);
        HttpResponse<String> yes = browser.submit(path, again, ACCEPT);

        assertThat(FakeBrowser.landed(no).fields())
                .containsEntry("error", "permission_denied")
                .containsEntry("error_description", "The admin canceled the request");
        assertThat(FakeBrowser.landed(yes).fields())
                .containsEntry("admin_consent", "True")
                .doesNotContainKey("scope");
    }

    @Test
    void otherUsersMayNotGrant() {
        HttpResponse<String> page = page(
                V2,
                "https://outlook.office365.com/.default",
                Map.of("loginfmt", "svc@contoso.test", "passwd", "Pa55-svc"));
        HttpResponse<String> back = browser.submit(tenant + "/" + V2, page, ACCEPT);

        assertThat(page.body()).contains("Need admin approval", "AADSTS90094");
        assertThat(FakeBrowser.landed(back).fields())
                .containsEntry("error", "access_denied")
                .hasEntrySatisfying(
                        "error_description",
                        text -> assertThat(text).startsWith("AADSTS90094: The grant requires admin permission."));
        assertThat(app.permissions()).isEmpty();
    }

    @Test
    void wrongRequestsGetEntrasPage() {
        Map<String, String> elsewhere = fields("https://outlook.office365.com/.default");
        elsewhere.put("redirect_uri", "https://evil.test/");
        Map<String, String> noScope = fields("");
        noScope.remove("scope");

        assertThat(browser.adminConsent(tenant, V2, elsewhere).body()).contains("AADSTS50011");
        assertThat(browser.adminConsent(tenant, V2, noScope).body()).contains("AADSTS900144");
        assertThat(browser.adminConsent("nobody.test", V2, fields(Tokens.MAIL)).body())
                .contains("AADSTS90002");
        app.requestedPermissions().clear();
        assertThat(browser.adminConsent(tenant, V2, fields("https://outlook.office365.com/.default"))
                        .body())
                .contains("AADSTS650056");
    }

    @Test
    void grantCountsAfterTheTenantsDelay() {
        simulator.endpoints().tenant().permissionDelay(Duration.ofMinutes(30));
        browser.submit(tenant + "/" + V2, page(V2, "https://outlook.office365.com/.default", ADMIN), ACCEPT);

        assertThat(roles()).isEmpty();
        simulator.clock().advance(Duration.ofMinutes(31));
        assertThat(roles()).containsExactlyInAnyOrder("IMAP.AccessAsApp", "SMTP.SendAsApp");
    }

    private java.util.Set<String> roles() {
        String token = FakeBrowser.json(browser.token(browser.clientCredentials()))
                .path("access_token")
                .asString("");
        return simulator.entra().read(token).orElseThrow().roles();
    }

    @Test
    void administratorCanConsentForEverybodyWhenSigningIn() {
        HttpResponse<String> page = browser.signIn(
                tenant, browser.authorize(tenant, browser.request()), "admin@contoso.test", "Pa55-admin");
        browser.submit(tenant + "/consent", page, Map.of("decision", "accept", "everybody", "yes"));

        assertThat(page.body()).contains("Consent on behalf of your organization");
        assertThat(app.adminConsent()).contains("https://outlook.office.com/SMTP.Send");
    }

    @Test
    void whereUsersMayNotConsentTheyNeedAnAdministrator() {
        browser.set("PATCH", "/control/tenants/" + tenant, "{\"userConsent\":false}");

        HttpResponse<String> page =
                browser.signIn(tenant, browser.authorize(tenant, browser.request()), "svc@contoso.test", "Pa55-svc");
        HttpResponse<String> back = browser.submit(tenant + "/consent", page, ACCEPT);

        assertThat(page.body()).contains("Need admin approval");
        assertThat(FakeBrowser.landed(back).get("error_description").orElse("")).startsWith("AADSTS90094");
        assertThat(FakeBrowser.landed(back).get("error")).contains("access_denied");
    }
}
