package org.postroom.simulator.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Accepts connections on 127.0.0.1 and gives each a virtual thread. */
public final class ConnectionServer implements AutoCloseable {
    private final ServerSocket server;
    private final @Nullable SSLContext tls;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Serves one connection until it ends. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Speaks the protocol; the socket is closed afterwards.
         *
         * @throws IOException if the connection is lost, which ends it without more ado
         */
        void serve(Socket socket) throws IOException;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @param tls for TLS from the first octet; null for plain, where the protocol may upgrade
     * @throws java.net.BindException if the port is taken
     */
    public ConnectionServer(String name, int port, @Nullable SSLContext tls, Handler handler) throws IOException {
        this.tls = tls;
        this.handler = handler;
        server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
        Thread.ofVirtual().name(name).start(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            plain.setTcpNoDelay(true);
            if (tls == null) {
                handler.serve(plain);
            } else {
                try (SSLSocket secured = secure(tls, plain)) {
                    handler.serve(secured);
                }
            }
        } catch (IOException e) {
            // The other side is gone; nobody is left to tell.
            return;
        } finally {
            open.remove(plain);
        }
    }

    /**
     * The server's side of TLS over a connection, handshake done.
     *
     * @throws IOException if the handshake fails
     */
    public static SSLSocket secure(SSLContext tls, Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Drops every connection at once, as a failing front end does. */
    public void dropConnections() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                open.remove(socket);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropConnections();
    }
}
