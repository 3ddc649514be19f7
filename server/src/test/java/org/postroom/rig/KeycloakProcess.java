package org.postroom.rig;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs Keycloak's script. */
final class KeycloakProcess {

    /** Two slow processors that others use too need a minute and a half. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

    private static final int TIMEOUT_MILLIS = 5000;

    private KeycloakProcess() {}

    /** Runs it to its end. */
    static void run(KeycloakDistribution distribution, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(distribution.script()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(distribution.environment());
        Process process = builder.start();
        try {
            int result = process.waitFor();
            if (result != 0) {
                throw new IOException("%s ended with %d; see %s".formatted(command, result, log));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Keycloak is made ready", e);
        }
    }

    /** Starts the server on {@code port} of loopback with the database in {@code data}; blocks until it answers. */
    static ServerProcess start(KeycloakDistribution distribution, Path data, Path log, int port) throws IOException {
        List<String> command = List.of(
                distribution.script(),
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname-strict=false",
                "--db-url=jdbc:h2:file:" + data.resolve("kc") + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE");
        return ServerProcess.start(
                "Keycloak", log, distribution.environment(), command, () -> answers(port), START_TIMEOUT);
    }

    private static boolean answers(int port) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port + "/realms/master");
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
