package org.postroom.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.Wire;
import tools.jackson.databind.node.ObjectNode;

class ControlTest {
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

    private ObjectNode call(String method, String path, String body) {
        HttpResponse<String> response = browser.control(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return FakeBrowser.json(response);
    }

    @Test
    void switchesChangeTheOrganisation() {
        call(
                "PATCH",
                "/control/mailboxes/orders@contoso.test",
                "{\"fullAccess\":[\"svc@contoso.test\"],\"imapEnabled\":false}");
        call(
                "PATCH",
                "/control/users/pia@contoso.test",
                "{\"disabled\":true,\"password\":\"new\",\"smtpAuthDisabled\":true}");
        call("PATCH", "/control/tenants/contoso.test", "{\"securityDefaults\":true}");

        Mailbox orders = simulator.organisation().mailbox("orders@contoso.test").orElseThrow();
        assertThat(orders.fullAccess()).containsExactly("svc@contoso.test");
        assertThat(orders.imapEnabled()).isFalse();
        assertThat(simulator
                        .organisation()
                        .user("pia@contoso.test")
                        .orElseThrow()
                        .disabled())
                .isTrue();
        assertThat(simulator.organisation().tenants().getFirst().securityDefaults())
                .isTrue();
        assertThat(call("GET", "/control/organisation", "").path("mailboxes").size())
                .isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH|/control/users/svc@contoso.test|{\"disable\":true}|disable: is not known here",
                "PATCH|/control/users/svc@contoso.test|{\"disabled\":\"yes\"}|disabled: must be true or false",
                "PATCH|/control/users/nobody@contoso.test|{}|there is no user nobody@contoso.test",
                "POST|/control/clock|{\"advance\":\"2h\"}|advance: must be a duration such as PT2H",
                "POST|/control/deliver|{\"raw\":\"x\"}|to: is missing",
                "POST|/control/deliver|{\"to\":\"nobody@contoso.test\",\"raw\":\"x\"}|to: there is no mailbox",
                "POST|/control/token|{\"user\":\"svc@contoso.test\",\"scopes\":\"x y\"}|scopes: AADSTS70011",
                "POST|/control/nothing|{}|there is no call",
                "POST|/control/clock|[1]|the body must be a JSON object",
            })
    void badCallsAreNamedAndChangeNothing(String method, String path, String body, String message) {
        HttpResponse<String> response = browser.control(method, path, body);

        assertThat(response.statusCode()).isBetween(400, 404);
        assertThat(FakeBrowser.json(response).path("error").asString("")).contains(message);
    }

    @Test
    void bulkDeliveryNumbersItsCopies() {
        call(
                "POST",
                "/control/deliver",
                "{\"to\":\"support@contoso.test\",\"count\":3,"
                        + "\"raw\":\"Message-ID: <{n}@bulk.test>\\nSubject: No {n}\\n\\nText\"}");

        ObjectNode list = call("GET", "/control/mailboxes/support@contoso.test/folders/INBOX/messages", "");
        String raw = browser.control("GET", "/control/mailboxes/support@contoso.test/folders/INBOX/messages/2/raw", "")
                .body();
        assertThat(list.path("items").size()).isEqualTo(3);
        assertThat(list.path("items").path(2).path("messageId").asString("")).isEqualTo("<3@bulk.test>");
        assertThat(raw).contains("Subject: No 2\r\n");
    }

    @Test
    void logAndSessionsShowConnectionsWithoutSecrets() throws Exception {
        String token = call("POST", "/control/token", "{\"user\":\"svc@contoso.test\"}")
                .path("access_token")
                .asString("");
        try (Wire wire = Wire.tls(simulator, simulator.endpoints().imapTlsPort())) {
            wire.line();
            wire.imap("1", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2("support@contoso.test", token));
            wire.imap("2", "LOGIN svc@contoso.test Pa55-svc");
            browser.code("svc@contoso.test", "Pa55-svc");

            String sessions = call("GET", "/control/sessions", "").toString();
            String log = call("GET", "/control/log", "").toString();

            assertThat(sessions).contains("\"mailbox\":\"support@contoso.test\"", "\"user\":\"svc@contoso.test\"");
            assertThat(log)
                    .contains("1 AUTHENTICATE XOAUTH2 ***", "passwd=***")
                    .doesNotContain(token)
                    .doesNotContain("Pa55-svc");
        }
    }

    @Test
    void pageListsUsersAndMailboxes() {
        String page = browser.get(simulator.endpoints().control() + "/").body();

        assertThat(page).contains("support@contoso.test", "svc@contoso.test", "Security Defaults");
    }

    @Test
    void clockAdvances() {
        java.time.Instant before = simulator.clock().instant();

        call("POST", "/control/clock", "{\"advance\":\"PT2H\"}");

        assertThat(simulator.clock().instant()).isAfter(before.plus(java.time.Duration.ofMinutes(119)));
    }
}
