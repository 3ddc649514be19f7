package org.postroom.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.FakeClient;
import org.postroom.simulator.testkit.Wire;

class NationalCloudTest {
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

    private String ask(String host, String request, String body) throws IOException {
        int port = Integer.parseInt(simulator.endpoints().entra().replaceFirst(".*:", ""));
        try (Wire wire = Wire.plain(port)) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            wire.send(request + " HTTP/1.1\r\nHost: " + host + "\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length + "\r\n\r\n"
                    + body);
            return String.join("\n", wire.until("<closed>"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"login.microsoftonline.us", "login.partner.microsoftonline.cn", "login.microsoftonline.com:443"})
    void servesTheTenantUnderTheNameOfTheCloud(String host) throws Exception {
        String discovery = ask(host, "GET /contoso.test/v2.0/.well-known/openid-configuration", "");

        assertThat(discovery)
                .contains("\"issuer\":\"https://" + host + "/"
                        + simulator.endpoints().tenant().id() + "/v2.0\"")
                .contains("\"token_endpoint\":\"https://" + host + "/contoso.test/oauth2/v2.0/token\"");
    }

    @Test
    void assertionMayNameTheCloudsTokenEndpoint() throws Exception {
        simulator.endpoints().app().certificates().add(FakeClient.certificate());
        FakeClient client = new FakeClient(simulator);
        client.claims.put("aud", "https://login.microsoftonline.us/contoso.test/oauth2/v2.0/token");
        Map<String, String> fields = client.in(browser.clientCredentials());

        String answer =
                ask("login.microsoftonline.us", "POST /contoso.test/oauth2/v2.0/token", new Form(fields).encoded());

        assertThat(answer).startsWith("HTTP/1.1 200").contains("access_token");
    }

    @Test
    void otherNamesAreTurnedAway() throws Exception {
        assertThat(ask("evil.test", "GET /contoso.test/v2.0/.well-known/openid-configuration", ""))
                .startsWith("HTTP/1.1 421");
    }
}
