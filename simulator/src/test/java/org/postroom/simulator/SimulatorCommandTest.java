package org.postroom.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.scenario.Scenario;
import tools.jackson.databind.node.ObjectNode;

class SimulatorCommandTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... args) {
        return SimulatorCommand.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "--port-base ten, 2, --port-base must be a number from 0 to 65530",
        "--port-base, 2, --port-base needs a value",
        "--speed 9, 2, unknown argument '--speed'",
        "--scenario nowhere.yaml, 2, nowhere.yaml: cannot be read",
    })
    void wrongUsageIsToldInOneLine(String args, int status, String message) {
        assertThat(run(args.split(" "))).isEqualTo(status);
        assertThat(err.toString(UTF_8)).contains(message).hasLineCount(1);
    }

    @Test
    void helpNamesEveryArgument() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--port-base", "--scenario", "--data", "--exit-with-stdin");
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThat(run("--port-base", Integer.toString(Math.min(taken.getLocalPort(), 65_530))))
                    .isEqualTo(1);
            assertThat(err.toString(UTF_8))
                    .contains("port " + taken.getLocalPort() + " for Entra ID is taken")
                    .hasLineCount(1);
        }
    }

    @Test
    void firstLineSaysWhereEverythingIs(@TempDir Path data) throws Exception {
        try (Simulator simulator =
                Simulator.start(Scenario.bundled(), SimulatorOptions.forTests().data(data))) {
            ObjectNode json = Json.read(simulator.endpoints().json()).orElseThrow();

            assertThat(json.path("entra").asString("")).startsWith("http://127.0.0.1:");
            assertThat(json.path("imap").path("tlsPort").asInt(0)).isPositive();
            assertThat(json.path("smtp").path("startTlsPort").asInt(0)).isPositive();
            assertThat(json.path("tenant").path("domain").asString("")).isEqualTo("contoso.test");
            assertThat(json.path("app").has("clientSecret")).isTrue();
            assertThat(Files.readString(Path.of(json.path("ca").asString(""))))
                    .startsWith("-----BEGIN CERTIFICATE-----");
        }
    }

    @Test
    void authorityStaysTheSameInAKeptFolder(@TempDir Path data) throws Exception {
        Simulator.start(Scenario.bundled(), SimulatorOptions.forTests().data(data))
                .close();
        String first = Files.readString(data.resolve("ca.pem"));

        Simulator.start(Scenario.bundled(), SimulatorOptions.forTests().data(data))
                .close();

        assertThat(Files.readString(data.resolve("ca.pem"))).isEqualTo(first);
    }
}
