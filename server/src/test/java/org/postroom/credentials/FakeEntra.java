package org.postroom.credentials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A token endpoint on loopback that answers as it is told and remembers what it was asked. */
public final class FakeEntra implements AutoCloseable {
    private final HttpServer server;
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    private volatile Answering answering = form -> Answer.json(500, "{}");

    /** What to answer to a form. */
    public interface Answering {
        Answer to(Map<String, String> form) throws IOException;
    }

    /**
     * One answer.
     *
     * @param headers besides Content-Length
     */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        /** JSON. */
        public static Answer json(int status, String json) {
            return new Answer(
                    status, Map.of("Content-Type", "application/json"), json.getBytes(StandardCharsets.UTF_8));
        }

        /** Tokens for an hour. */
        public static Answer tokens(String access, String refresh) {
            return json(200, """
                    {"token_type": "Bearer", "expires_in": 3600, "access_token": "%s", "refresh_token": "%s",
                     "scope": "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"}
                    """.formatted(access, refresh));
        }

        /** An error as Entra words it. */
        public static Answer error(String error, int code) {
            return json(400, """
                    {"error": "%s", "error_description": "AADSTS%d: in many words. Trace ID: 1 Correlation ID: 2", "error_codes": [%d]}
                    """.formatted(error, code, code));
        }
    }

    /** Starts it on any free port. */
    public FakeEntra() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> form = new HashMap<>();
            for (String field :
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
                String[] both = field.split("=", 2);
                form.put(both[0], both.length == 1 ? "" : URLDecoder.decode(both[1], StandardCharsets.UTF_8));
            }
            forms.add(form);
            Answer answer = answering.to(form);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            }
        }
    }

    /** What it answers from now on. */
    public void answer(Answering next) {
        answering = next;
    }

    /** Every form it was sent. */
    public List<Map<String, String>> forms() {
        return List.copyOf(forms);
    }

    /** Forgets what it was asked. */
    public void forget() {
        forms.clear();
    }

    /** Where it is. */
    public String authority() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A public client's settings for it. */
    public Authentication.OAuth2 settings(String signInUser) {
        return Authentication.OAuth2.microsoft(
                Grant.AUTHORIZATION_CODE, "contoso.test", "app", true, authority(), List.of(), signInUser);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
