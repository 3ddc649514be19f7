package org.postroom.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.FakeClient;
import tools.jackson.databind.node.ObjectNode;

class CertificateCallsTest {
    private Simulator simulator;
    private FakeBrowser browser;
    private App app;
    private String path;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
        app = simulator.endpoints().app();
        path = "/control/apps/" + app.clientId() + "/certificates";
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private ObjectNode call(String method, String at, String body) {
        HttpResponse<String> response = browser.control(method, at, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return FakeBrowser.json(response);
    }

    @Test
    void addedCertificateIsListedWithThumbprintAndDatesAndCanBeRemoved() {
        String thumbprint = FakeClient.certificate().thumbprint();

        call(
                "POST",
                path,
                Json.object().put("pem", FakeClient.IDENTITY.certificatePem()).toString());
        ObjectNode listed = call("GET", path, "");
        call("DELETE", path + "/" + thumbprint, "");

        assertThat(listed.path("items").path(0).path("thumbprint").asString("")).isEqualTo(thumbprint);
        assertThat(Instant.parse(listed.path("items").path(0).path("expires").asString("")))
                .isAfter(Instant.now().plus(Duration.ofDays(89)));
        assertThat(app.certificates()).isEmpty();
    }

    @Test
    void certificateCanEndEarly() {
        app.certificates().add(FakeClient.certificate());

        call("PATCH", path + "/" + FakeClient.certificate().thumbprint256(), "{\"expires\":\"2020-01-01T00:00:00Z\"}");

        assertThat(app.certificates().getFirst().expires()).isEqualTo("2020-01-01T00:00:00Z");
    }

    @Test
    void patchReplacesAllCertificates() {
        app.certificates().add(FakeClient.certificate().expiring(Instant.EPOCH));
        ObjectNode body = Json.object();
        body.putArray("certificates").add(FakeClient.IDENTITY.certificatePem());

        call("PATCH", "/control/apps/" + app.clientId(), body.toString());

        assertThat(app.certificates()).containsExactly(FakeClient.certificate());
    }

    @Test
    void certificateCanBeMadeWithItsKey() {
        ObjectNode made = call("POST", path, "{\"name\":\"made here\",\"expires\":\"2031-01-01T00:00:00Z\"}");

        assertThat(made.path("privateKey").asString("")).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(made.path("subject").asString("")).isEqualTo("CN=made here");
        assertThat(app.certificates().getFirst().expires()).isEqualTo("2031-01-01T00:00:00Z");
    }

    @Test
    void whatIsNoCertificateIsRefusedByField() {
        String key =
                Json.object().put("pem", FakeClient.IDENTITY.privateKeyPem()).toString();

        HttpResponse<String> noCertificate = browser.control("POST", path, key);
        HttpResponse<String> broken = browser.control(
                "POST", path, "{\"pem\":\"-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\"}");
        HttpResponse<String> unknown = browser.control("DELETE", path + "/00", "");

        assertThat(noCertificate.statusCode()).isEqualTo(400);
        assertThat(noCertificate.body()).contains("pem: must be a certificate as PEM");
        assertThat(broken.body()).contains("pem: is no certificate that can be read");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }
}
