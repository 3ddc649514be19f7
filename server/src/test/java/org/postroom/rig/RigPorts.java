package org.postroom.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The loopback ports of a rig; they stay the same when a server is restarted. */
record RigPorts(int imapTls, int imapStartTls, int pop3Tls, int lmtp, int smtpStartTls, int smtpTls, int sasl) {

    /** Seven different ports that are free now. */
    static RigPorts free() {
        int[] port = free(7);
        return new RigPorts(port[0], port[1], port[2], port[3], port[4], port[5], port[6]);
    }

    /** One port that is free now. */
    static int one() {
        return free(1)[0];
    }

    private static int[] free(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
            }
            return held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("No free loopback port", e);
        } finally {
            held.forEach(RigPorts::release);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A probed port could not be released", e);
        }
    }
}
