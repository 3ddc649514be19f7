package org.postroom.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that follows a script, one virtual thread per connection, and remembers every byte it was sent.
 * Safe for use by many threads.
 */
public final class ScriptedServer implements Closeable {
    private final ServerSocket listening;
    private final Script script;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /** What the server does with one connection; the connection closes when it returns or throws. */
    public interface Script {
        void talk(Line line) throws IOException;
    }

    /** Starts it on any free port. */
    public ScriptedServer(Script script) throws IOException {
        this.script = script;
        this.listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.startVirtualThread(this::accept);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Line line = new Line(listening.accept());
                lines.add(line);
                Thread.startVirtualThread(() -> serve(line));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Line line) {
        try (line) {
            script.talk(line);
        } catch (IOException gone) {
            // The client has left; what it sent is what counts.
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections there were. */
    public int connections() {
        return lines.size();
    }

    /** The version of TLS of each connection that has any. */
    public List<String> tlsVersions() {
        return lines.stream()
                .flatMap(line -> Stream.ofNullable(line.tlsVersion))
                .toList();
    }

    /** Every byte of every connection, decrypted, one character each. */
    public String received() {
        StringBuilder all = new StringBuilder();
        lines.forEach(line -> all.append(line.received()));
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Line line : lines) {
            line.close();
        }
    }

    /** The server's end of one connection. */
    public static final class Line implements Closeable {
        private Socket socket;
        private volatile @Nullable String tlsVersion;
        private InputStream in;
        private OutputStream out;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
        }

        /** The next line without its end; throws at the end of the stream. */
        public String read() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new EOFException();
                }
                remember(c);
                if (c != '\r') {
                    line.write(c);
                }
            }
            remember('\n');
            return line.toString(StandardCharsets.ISO_8859_1);
        }

        private synchronized void remember(int c) {
            received.write(c);
        }

        synchronized String received() {
            return received.toString(StandardCharsets.ISO_8859_1);
        }

        /** Sends text as it stands, in one write. */
        public synchronized void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Sends text byte by byte, each in a packet of its own. */
        public synchronized void drip(String text) throws IOException {
            for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
                out.write(b);
                out.flush();
            }
        }

        /** Goes on encrypted. */
        public void startTls(SSLContext tls) throws IOException {
            SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
            encrypted.setUseClientMode(false);
            encrypted.startHandshake();
            tlsVersion = encrypted.getSession().getProtocol();
            socket = encrypted;
            in = encrypted.getInputStream();
            out = encrypted.getOutputStream();
        }

        /** Ends the connection at once. */
        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
