package org.postroom.story;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.ChannelInput.IncomingInput;
import org.postroom.channel.ChannelInput.OutgoingInput;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator as a process of its own: it and the server meet on the wire only. Ends with this process. */
public final class FakeMicrosoft365 implements AutoCloseable {
    private final Process process;
    private final JsonNode endpoints;
    private final HttpClient http = HttpClient.newHttpClient();

    private FakeMicrosoft365(Process process, JsonNode endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /** Starts it with its usual organisation; blocks until its servers listen. */
    public static FakeMicrosoft365 start(Path data) throws IOException {
        Path classes = Path.of("../simulator/target/classes").toAbsolutePath().normalize();
        if (!Files.isDirectory(classes)) {
            throw new IllegalStateException("The simulator is not compiled: " + classes + " is missing");
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes + File.pathSeparator + System.getProperty("java.class.path"),
                        "org.postroom.simulator.SimulatorCommand",
                        "--data",
                        data.toString(),
                        "--exit-with-stdin")
                .redirectError(data.resolve("simulator.log").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("{")) {
            process.destroy();
            throw new IllegalStateException(Files.readString(data.resolve("simulator.log")));
        }
        return new FakeMicrosoft365(process, JsonMapper.builder().build().readTree(line));
    }

    /** Where its servers are. */
    public JsonNode endpoints() {
        return endpoints;
    }

    /** The authority to trust, PEM. */
    public Path authorityPem() {
        return Path.of(endpoints.path("ca").asString());
    }

    /** Changes a mailbox's switches, such as {@code {"imapEnabled": false}}. */
    public void patchMailbox(String address, String json) throws IOException, InterruptedException {
        control("PATCH", "/control/mailboxes/" + address, json);
    }

    /** A channel on one of its mailboxes, as an administrator enters it. */
    ChannelInput channel(String name, String address, ChannelInput.AuthenticationInput authentication) {
        return new ChannelInput(
                name,
                address,
                true,
                null,
                authentication,
                new IncomingInput(
                        "imap",
                        "localhost",
                        endpoints.path("imap").path("tlsPort").asInt(),
                        "tls",
                        "INBOX",
                        "keep",
                        "all"),
                new OutgoingInput(
                        "smtp",
                        "localhost",
                        endpoints.path("smtp").path("startTlsPort").asInt(),
                        "starttls",
                        address,
                        null,
                        null,
                        null,
                        "same"),
                null,
                Map.of());
    }

    /** Its app, in a tenant, for whoever is to sign in. */
    ChannelInput.AuthenticationInput app(String tenant, String signInUser) {
        return new ChannelInput.AuthenticationInput(
                "oauth2",
                null,
                null,
                "microsoft",
                "authorization_code",
                tenant,
                endpoints.path("app").path("clientId").asString(),
                endpoints.path("app").path("clientSecret").asString(),
                null,
                endpoints.path("entra").asString(),
                List.of(),
                signInUser);
    }

    /** Puts a mail into a mailbox as if it had come from outside. */
    void deliver(String address, byte[] mail) throws IOException, InterruptedException {
        String raw = Base64.getEncoder().encodeToString(mail);
        control("POST", "/control/deliver", "{\"to\": \"" + address + "\", \"rawBase64\": \"" + raw + "\"}");
    }

    /** Lets its clock run ahead. */
    void advance(Duration amount) throws IOException, InterruptedException {
        control("POST", "/control/clock", "{\"advance\": \"" + amount + "\"}");
    }

    /** A call of the control interface. */
    public JsonNode control(String method, String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(endpoints.path("control").asString() + path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isBlank()
                ? JsonMapper.builder().build().createObjectNode()
                : JsonMapper.builder().build().readTree(answer.body());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
