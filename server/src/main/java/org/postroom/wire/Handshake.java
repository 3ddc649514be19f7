package org.postroom.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The words exchanged with a proxy before the tunnel stands: never reads a byte further than asked, since the next is the
 * server's, and ends at one deadline however slowly the bytes drip. Used by one thread.
 */
final class Handshake {
    private final Socket socket;
    private final long deadline;

    Handshake(Socket socket, Duration longest) {
        this.socket = socket;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next byte. */
    int read() throws IOException {
        long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the proxy took too long");
        }
        socket.setSoTimeout(Math.toIntExact(left));
        int c = socket.getInputStream().read();
        if (c < 0) {
            throw new EOFException("the proxy closed the connection");
        }
        return c;
    }

    void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            read();
        }
    }
}
