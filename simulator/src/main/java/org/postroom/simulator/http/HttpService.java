package org.postroom.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on 127.0.0.1; every request runs on a virtual thread of its own. */
public final class HttpService implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Starts the server.
     *
     * @param port 0 for any free one
     * @param names of hosts it may be asked for besides those of loopback
     * @throws java.net.BindException if the port is taken
     */
    public HttpService(int port, Set<String> names, Function<Request, Response> handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 100);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, names, handler));
        server.start();
    }

    private static void answer(HttpExchange exchange, Set<String> names, Function<Request, Response> handler)
            throws IOException {
        try (exchange) {
            Response response = isOwn(exchange, names) ? handle(exchange, handler) : notHere();
            if (response.isDropped()) {
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.getResponseHeaders().set("Cache-Control", "no-store, no-cache");
            response.headers().forEach(exchange.getResponseHeaders()::set);
            boolean empty =
                    response.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
            int missing = response.isTruncated() ? 1000 : 0;
            exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length + missing);
            if (!empty) {
                exchange.getResponseBody().write(response.body());
            }
        }
    }

    private static Response handle(HttpExchange exchange, Function<Request, Response> handler) throws IOException {
        Request request = Request.of(exchange);
        try {
            return handler.apply(request);
        } catch (RuntimeException e) {
            return Response.text(500, "text/plain", "The simulator failed: " + e);
        }
    }

    /** A page elsewhere must not reach in under a name of its own that resolves to loopback. */
    private static boolean isOwn(HttpExchange exchange, Set<String> names) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null
                && (Request.isLoopback(host)
                        || names.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT)));
    }

    private static Response notHere() {
        return Response.text(421, "text/plain", "Ask for 127.0.0.1 or localhost.");
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** {@code http://127.0.0.1:port}. */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
