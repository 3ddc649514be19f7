package org.postroom.rig;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that delivers mail (LMTP, RFC 2033). One thread at a time; every call blocks until the answer. */
final class Lmtp implements AutoCloseable {

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Lmtp(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(READ_TIMEOUT.toMillis()));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
        expect("220");
        send("LHLO rig.contoso.test");
        out.flush();
        expect("250");
    }

    /** Delivers one message; IOException with the server's words if it refuses. */
    void deliver(String recipient, byte[] rfc822) throws IOException {
        send("MAIL FROM:<customer@fabrikam.test>");
        send("RCPT TO:<" + recipient + ">");
        send("DATA");
        out.flush();
        expect("250");
        expect("250");
        expect("354");
        writeStuffed(rfc822);
        send(".");
        out.flush();
        expect("250");
    }

    /** Line ends become CRLF, a dot at the start of a line is doubled (RFC 5321, 4.5.2). */
    private void writeStuffed(byte[] rfc822) throws IOException {
        int before = '\n';
        for (byte next : rfc822) {
            if (before == '\n' && next == '.') {
                out.write('.');
            }
            if (next == '\n' && before != '\r') {
                out.write('\r');
            }
            out.write(next);
            before = next;
        }
        if (before != '\n') {
            send("");
        }
    }

    private void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private void expect(String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        if (line == null || !line.startsWith(code)) {
            throw new IOException("LMTP answered: " + (line == null ? "connection closed" : line));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
