package org.postroom.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulated Microsoft 365 as its own program, and what its customers see and do, by its control interface. Customers
 * write only when they are told to.
 */
final class SimulatedOrganisation implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]+>)");
    private static final Pattern SUBJECT = Pattern.compile("(?im)^Subject:\\s*(.+)$");
    private static final Path MODULE = Path.of("..", "simulator");

    private final Process process;
    private final JsonNode endpoints;

    private SimulatedOrganisation(Process process, JsonNode endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /** Starts the packaged program. */
    static SimulatedOrganisation start(Path work) throws IOException {
        Files.createDirectories(work);
        String bundled = Files.readString(MODULE.resolve("src/main/resources/org/postroom/simulator/contoso.yaml"));
        Path scenario = Files.writeString(
                work.resolve("scenario.yaml"), bundled.replace("customersWrite: onStart", "customersWrite: onDemand"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        MODULE.resolve("target/postroom-simulator-0.1.0-SNAPSHOT.jar")
                                .toString(),
                        "--data",
                        work.toString(),
                        "--scenario",
                        scenario.toString(),
                        "--exit-with-stdin")
                .redirectError(work.resolve("simulator.log").toFile())
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the simulator does not start: " + Files.readString(work.resolve("simulator.log")));
        }
        return new SimulatedOrganisation(process, JSON.readTree(line));
    }

    /** A member of the line it prints first, such as {@code imap.tlsPort}. */
    String endpoint(String path) {
        JsonNode at = endpoints;
        for (String name : path.split("\\.", -1)) {
            at = at.path(name);
        }
        return at.asString();
    }

    /** The customers of the scenario write. */
    void customersStart() {
        send(HttpRequest.newBuilder(URI.create(endpoint("control") + "/control/customers/start"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Who may open a shared mailbox from now on: a JSON array of users. */
    void fullAccess(String mailbox, String users) {
        send(HttpRequest.newBuilder(URI.create(endpoint("control") + "/control/mailboxes/" + encoded(mailbox)))
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"fullAccess\": " + users + "}"))
                .build());
    }

    /** The newest mail of a customer, raw; empty if there is none. */
    String newestMail(String address) {
        String folder = "/control/mailboxes/" + encoded(address) + "/folders/INBOX/messages";
        JsonNode items = JSON.readTree(get(folder)).path("items");
        if (items.isEmpty()) {
            return "";
        }
        return get(folder + "/" + items.get(items.size() - 1).path("uid").asLong() + "/raw");
    }

    /** Answers the newest mail of a customer, as a mail program does. */
    void answerNewest(String address, String text) {
        String answered = newestMail(address);
        Matcher id = MESSAGE_ID.matcher(answered);
        Matcher subject = SUBJECT.matcher(answered);
        if (!id.find() || !subject.find()) {
            throw new AssertionError("nothing to answer: " + answered);
        }
        String raw = "From: " + address + "\r\nTo: support@contoso.test\r\nSubject: "
                + subject.group(1).strip()
                + "\r\nIn-Reply-To: " + id.group(1) + "\r\nReferences: " + id.group(1)
                + "\r\nMessage-ID: <" + java.util.UUID.randomUUID() + "@customer.test>\r\n\r\n" + text + "\r\n";
        String body = JSON.createObjectNode()
                .put("to", "support@contoso.test")
                .put("from", address)
                .put("raw", raw)
                .toString();
        send(HttpRequest.newBuilder(URI.create(endpoint("control") + "/control/deliver"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String get(String path) {
        return send(
                HttpRequest.newBuilder(URI.create(endpoint("control") + path)).build());
    }

    private static String send(HttpRequest request) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(request.uri() + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
