package org.postroom.web.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.PostroomServer;
import org.postroom.access.ApiKeys;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Filing;
import org.postroom.conversation.InboundMessage;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.MessageParser;
import org.postroom.person.Role;
import org.postroom.store.Database;
import org.postroom.store.RawStore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running server that all tests of REST share, and what they ask it with. */
@SpringBootTest(classes = PostroomServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
public abstract class RestTest {
    protected static final String ADMINISTRATOR = "bootstrap-key-of-the-tests-0123456789";
    protected static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path DATA = folder();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    int port;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    Conversations conversations;

    @Autowired
    Database database;

    @Autowired
    Filing filing;

    @Autowired
    protected RawStore raw;

    protected int port() {
        return port;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("postroom.store.data", DATA::toString);
        registry.add("postroom.bootstrap-api-key", () -> ADMINISTRATOR);
        registry.add("postroom.allowed-networks", () -> "127.0.0.1");
        registry.add("postroom.largest-call", () -> "2MB");
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("postroom-rest");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer. */
    public record Answer(int status, String contentType, String text, HttpResponse<byte[]> whole) {
        public JsonNode json() {
            return JSON.readTree(text);
        }

        /** A text member, by its path such as {@code /authentication/type}. */
        public String at(String path) {
            return json().at(path).asString("");
        }

        public String header(String name) {
            return whole.headers().firstValue(name).orElse("");
        }

        /** The fields that a refusal names. */
        public List<String> wrongFields() {
            return json().path("errors")
                    .valueStream()
                    .map(e -> e.path("field").asString())
                    .toList();
        }
    }

    protected Answer get(String path) {
        return call("GET", path, null, ADMINISTRATOR, Map.of());
    }

    Answer post(String path, @Nullable String body) {
        return call("POST", path, body, ADMINISTRATOR, Map.of());
    }

    Answer put(String path, String body) {
        return call("PUT", path, body, ADMINISTRATOR, Map.of());
    }

    Answer delete(String path) {
        return call("DELETE", path, null, ADMINISTRATOR, Map.of());
    }

    Answer call(String method, String path, @Nullable String body, @Nullable String key, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        headers.forEach(request::header);
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = HTTP.send(request, BodyHandlers.ofByteArray());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    new String(answer.body(), StandardCharsets.UTF_8),
                    answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    protected String keyOf(Role role) {
        return apiKeys.create("test " + role.word(), role).secret();
    }

    protected static String unique(String word) {
        return word + " " + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A channel of basic authentication, switched off, on a port where nobody listens. */
    protected static String channelBody(String name, String password) {
        return """
                {"name": "%s", "address": "support@contoso.test", "enabled": false,
                 "authentication": {"type": "password", "username": "svc@contoso.test", "password": "%s"},
                 "incoming": {"protocol": "imap", "host": "127.0.0.1", "port": 9, "security": "none"},
                 "outgoing": {"protocol": "smtp", "host": "127.0.0.1", "port": 9, "security": "none",
                   "sendAs": "support@contoso.test", "displayName": "Contoso Support", "authentication": "same"}}""".formatted(name, password);
    }

    protected String addChannel() {
        return post("/api/v1/channels", channelBody(unique("Support"), "secret of a channel"))
                .at("/id");
    }

    /** A customer's mail as if it had been fetched; the id of its conversation. */
    String receive(String channelId, String mail) {
        try {
            byte[] bytes = mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            raw.flush(List.of(raw.stage(new ByteArrayInputStream(bytes), 10_000_000)));
            ParsedMessage parsed = new MessageParser().parse(new ByteArrayInputStream(bytes));
            String inbound = UUID.randomUUID().toString();
            Map<String, String> filed = filing.file(
                    channelId,
                    List.of(new InboundMessage(inbound, parsed, true, Instant.now())),
                    Set.of("support@contoso.test"));
            return conversations
                    .message(Objects.requireNonNull(filed.get(inbound)))
                    .orElseThrow()
                    .conversationId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String mail(String subject) {
        return """
                From: Ann <ann@example.com>
                To: support@contoso.test
                Cc: bob@example.com
                Subject: %s
                Message-ID: <%s@example.com>
                Date: Sat, 21 Nov 2026 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="b"

                --b
                Content-Type: text/plain

                It does not work.
                --b
                Content-Type: text/html; name="page.html"
                Content-Disposition: attachment; filename="page.html"

                <script>alert(1)</script>
                --b--
                """.formatted(subject, UUID.randomUUID());
    }
}
