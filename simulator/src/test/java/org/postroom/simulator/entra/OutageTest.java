package org.postroom.simulator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
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

class OutageTest {
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

    @ParameterizedTest
    @CsvSource({"json,60", "html,20", "empty,0", "large,10000000"})
    void bodyComesAsOrderedAndTheNextIsRight(String body, int least) {
        browser.set("POST", "/control/outage", "{\"status\":502,\"body\":\"" + body + "\"}");

        HttpResponse<String> failed = browser.token(browser.clientCredentials());
        HttpResponse<String> right = browser.token(browser.clientCredentials());

        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.body()).hasSizeGreaterThanOrEqualTo(least);
        assertThat(right.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "truncated"})
    void connectionBreaks(String body) {
        browser.set("POST", "/control/outage", "{\"body\":\"" + body + "\",\"times\":2}");

        assertThatThrownBy(() -> browser.token(browser.clientCredentials())).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void throttlingSaysWhenToComeBack() {
        browser.set("POST", "/control/outage", "{\"status\":429,\"retryAfter\":\"PT30S\"}");

        HttpResponse<String> throttled = browser.token(browser.clientCredentials());

        assertThat(throttled.statusCode()).isEqualTo(429);
        assertThat(throttled.headers().firstValue("Retry-After")).contains("30");
        assertThat(throttled.body()).contains("AADSTS90055", "\"error_codes\":[90055]");
    }

    @Test
    void answerCanBeSlow() {
        browser.set("POST", "/control/outage", "{\"body\":\"empty\",\"wait\":\"PT0.3S\"}");
        Instant before = Instant.now();

        browser.token(browser.clientCredentials());

        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void outageCanBeLimitedToOneUser() {
        String svc = browser.refreshToken("svc@contoso.test", "Pa55-svc");
        String pia = new FakeBrowser(simulator).refreshToken("pia@contoso.test", "Pa55-pia");
        browser.set("POST", "/control/outage", "{\"about\":\"PIA@contoso.test\",\"times\":5}");

        assertThat(browser.token(browser.refresh(svc)).statusCode()).isEqualTo(200);
        assertThat(browser.token(browser.refresh(pia)).statusCode()).isEqualTo(503);
        assertThat(browser.set("GET", "/control/outage", "")
                        .path("items")
                        .path(0)
                        .path("times")
                        .asInt(0))
                .isEqualTo(4);
        browser.set("DELETE", "/control/outage", "");
        assertThat(browser.token(browser.refresh(pia)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "discovery,v2.0/.well-known/openid-configuration",
        "keys,discovery/v2.0/keys",
        "authorize,oauth2/v2.0/authorize"
    })
    void otherEndpointsFailToo(String endpoint, String path) {
        browser.set("POST", "/control/outage", "{\"endpoint\":\"" + endpoint + "\"}");
        String url = simulator.endpoints().entra() + "/common/" + path;

        assertThat(browser.token(browser.clientCredentials()).statusCode()).isEqualTo(200);
        assertThat(browser.get(url).statusCode()).isEqualTo(503);
        assertThat(browser.get(url).statusCode()).isNotEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"body\":\"xml\"}|body: must be one of json, html, empty, large, close, truncated",
                "{\"endpoint\":\"moon\"}|endpoint: must be token",
                "{\"wait\":\"-PT1S\"}|wait: must not be negative"
            })
    void wrongOrderIsNamed(String body, String message) {
        assertThat(browser.control("POST", "/control/outage", body).body()).contains(message);
    }
}
