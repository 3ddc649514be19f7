package org.postroom.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.Tokens;
import org.postroom.simulator.testkit.Wire;

class PropagationTest {
    private Simulator simulator;
    private FakeBrowser browser;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
        browser.set("PATCH", "/control/tenants/contoso.test", "{\"permissionDelay\":\"PT30M\"}");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String opened(String mailbox, String token) throws IOException {
        try (Wire wire = Wire.tls(simulator, simulator.endpoints().imapTlsPort())) {
            wire.line();
            String answer = wire.imap("1", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2(mailbox, token))
                    .getLast();
            return answer.startsWith("1 OK")
                    ? wire.imap("2", "SELECT INBOX").getLast().substring(2)
                    : answer.substring(2);
        }
    }

    private String appToken() {
        return FakeBrowser.json(browser.token(browser.clientCredentials()))
                .path("access_token")
                .asString("");
    }

    @Test
    void fullAccessCountsAfterTheDelayAndIsWithdrawnAtOnce() throws Exception {
        String path = "/control/mailboxes/orders@contoso.test";
        browser.set("PATCH", path, "{\"fullAccess\":[\"svc@contoso.test\"]}");

        String early = opened("orders@contoso.test", Tokens.mail(simulator, "svc@contoso.test"));
        simulator.clock().advance(Duration.ofMinutes(31));
        String late = opened("orders@contoso.test", Tokens.mail(simulator, "svc@contoso.test"));
        browser.set("PATCH", path, "{\"fullAccess\":[]}");
        String gone = opened("orders@contoso.test", Tokens.mail(simulator, "svc@contoso.test"));

        assertThat(early).startsWith("BAD User is authenticated but not connected.");
        assertThat(late).startsWith("OK");
        assertThat(gone).startsWith("BAD User is authenticated but not connected.");
    }

    @Test
    void rightsThereBeforeAreNotDelayed() throws Exception {
        browser.set("PATCH", "/control/mailboxes/support@contoso.test", "{\"fullAccess\":[\"svc@contoso.test\"]}");

        assertThat(opened("support@contoso.test", Tokens.mail(simulator, "svc@contoso.test")))
                .startsWith("OK");
    }

    @Test
    void servicePrincipalMustBeRegisteredWithTheRightObjectId() throws Exception {
        String app = "/control/apps/" + simulator.endpoints().app().clientId();
        String objectId = simulator.endpoints().app().objectId();
        simulator.endpoints().tenant().permissionDelay(Duration.ZERO);
        browser.set("PATCH", "/control/mailboxes/support@contoso.test", "{\"fullAccess\":[\"" + objectId + "\"]}");

        String right = opened("support@contoso.test", appToken());
        browser.set("PATCH", app, "{\"servicePrincipal\":\"11111111-2222-3333-4444-555555555555\"}");
        String wrong = opened("support@contoso.test", appToken());
        browser.set("PATCH", app, "{\"servicePrincipal\":null}");
        String none = opened("support@contoso.test", appToken());
        simulator.endpoints().tenant().permissionDelay(Duration.ofMinutes(30));
        browser.set("PATCH", app, "{\"servicePrincipal\":\"" + objectId + "\"}");
        String early = opened("support@contoso.test", appToken());
        simulator.clock().advance(Duration.ofMinutes(31));
        String late = opened("support@contoso.test", appToken());

        assertThat(right).startsWith("OK");
        assertThat(wrong).isEqualTo("NO AUTHENTICATE failed.");
        assertThat(none).isEqualTo("NO AUTHENTICATE failed.");
        assertThat(early).isEqualTo("NO AUTHENTICATE failed.");
        assertThat(late).startsWith("OK");
    }

    @Test
    void sendAsCountsAfterTheDelay() throws Exception {
        browser.set("PATCH", "/control/mailboxes/sales@contoso.test", "{\"sendAs\":[\"svc@contoso.test\"]}");

        String early = sentAsSales();
        simulator.clock().advance(Duration.ofMinutes(31));
        String late = sentAsSales();

        assertThat(early).contains("SendAsDenied");
        assertThat(late).startsWith("250 2.0.0 OK");
    }

    private String sentAsSales() throws IOException {
        try (Wire wire = Wire.tls(simulator, simulator.endpoints().smtpTlsPort())) {
            wire.reply();
            wire.smtp("EHLO test");
            wire.smtp("AUTH XOAUTH2 " + Wire.xoauth2("svc@contoso.test", Tokens.mail(simulator, "svc@contoso.test")));
            wire.smtp("MAIL FROM:<sales@contoso.test>");
            wire.smtp("RCPT TO:<ann@fabrikam.test>");
            wire.smtp("DATA");
            wire.send("From: sales@contoso.test");
            wire.send("");
            wire.send("Hello");
            return wire.smtp(".");
        }
    }

    @Test
    void imapIsOffForAWholeTenant() throws Exception {
        browser.set("PATCH", "/control/tenants/contoso.test", "{\"imapEnabled\":false}");

        assertThat(opened("support@contoso.test", Tokens.mail(simulator, "svc@contoso.test")))
                .isEqualTo("NO AUTHENTICATE failed.");
    }

    @Test
    void tokenOfASessionEndsWhenOrdered() throws Exception {
        try (Wire wire = Wire.tls(simulator, simulator.endpoints().imapTlsPort())) {
            wire.line();
            wire.imap(
                    "1",
                    "AUTHENTICATE XOAUTH2 "
                            + Wire.xoauth2("support@contoso.test", Tokens.mail(simulator, "svc@contoso.test")));
            wire.imap("2", "SELECT INBOX");
            wire.send("3 IDLE").line();

            browser.set("POST", "/control/sessions/expire", "{\"mailbox\":\"support@contoso.test\"}");

            assertThat(wire.until("* BYE").getLast()).isEqualTo("* BYE Session invalidated - AccessTokenExpired");
        }
    }
}
