package org.postroom.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postroom.wire.WireException.Cause;

/** A tunnel by SOCKS5 (RFC 1928), with user name and password (RFC 1929); the proxy resolves the server's name. */
final class SocksTunnel {
    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int PASSWORD = 2;
    private static final int NONE_ACCEPTABLE = 0xff;

    private SocksTunnel() {}

    /** Asks for the tunnel; behind it, the next byte is the server's. */
    static void open(Handshake with, Proxy proxy, String host, int port) throws IOException {
        with.write(proxy.username() == null ? bytes(VERSION, 1, 0) : bytes(VERSION, 2, 0, PASSWORD));
        version(with, proxy, VERSION);
        switch (with.read()) {
            case NO_AUTHENTICATION -> {
                // Nothing to prove.
            }
            case PASSWORD -> signIn(with, proxy);
            case NONE_ACCEPTABLE ->
                throw new WireException(
                        Cause.PROXY_CREDENTIALS,
                        "The proxy " + proxy.place()
                                + (proxy.username() == null
                                        ? " asks for a user name and a password"
                                        : " takes neither a user name and password nor none"));
            default -> throw noSocks(proxy);
        }
        with.write(request(host, port));
        version(with, proxy, VERSION);
        int reply = with.read();
        if (reply != 0) {
            throw refusal(proxy, Dialer.place(host, port), reply);
        }
        with.skip(1);
        // The address that the proxy connects from (RFC 1928 section 6) is of no use here.
        switch (with.read()) {
            case 1 -> with.skip(4 + 2);
            case 3 -> with.skip(with.read() + 2);
            case 4 -> with.skip(16 + 2);
            default -> throw noSocks(proxy);
        }
    }

    private static void signIn(Handshake with, Proxy proxy) throws IOException {
        if (proxy.username() == null) {
            throw noSocks(proxy);
        }
        byte[] user = proxy.username().getBytes(StandardCharsets.UTF_8);
        byte[] password = (proxy.password() == null ? "" : proxy.password()).getBytes(StandardCharsets.UTF_8);
        if (user.length > 255 || password.length > 255) {
            throw new WireException(
                    Cause.PROXY_CREDENTIALS, "SOCKS5 takes user names and passwords of at most 255 bytes");
        }
        ByteArrayOutputStream proof = new ByteArrayOutputStream();
        proof.write(1);
        proof.write(user.length);
        proof.writeBytes(user);
        proof.write(password.length);
        proof.writeBytes(password);
        with.write(proof.toByteArray());
        version(with, proxy, 1);
        if (with.read() != 0) {
            throw new WireException(
                    Cause.PROXY_CREDENTIALS,
                    "The proxy " + proxy.place() + " refused the user name and password that are stored for it");
        }
    }

    private static byte[] request(String host, int port) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(bytes(VERSION, 1, 0));
        byte[] literal = literal(host);
        if (literal == null) {
            byte[] name = host.getBytes(StandardCharsets.US_ASCII);
            request.writeBytes(bytes(3, name.length));
            request.writeBytes(name);
        } else {
            request.write(literal.length == 4 ? 1 : 4);
            request.writeBytes(literal);
        }
        request.writeBytes(bytes(port >> 8, port & 0xff));
        return request.toByteArray();
    }

    private static byte @Nullable [] literal(String host) {
        try {
            return InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException name) {
            return null;
        }
    }

    private static void version(Handshake with, Proxy proxy, int expected) throws IOException {
        if (with.read() != expected) {
            throw noSocks(proxy);
        }
    }

    private static WireException noSocks(Proxy proxy) {
        return new WireException(
                Cause.PROXY_ANSWER,
                "What answers on " + proxy.place() + " is no SOCKS5 proxy: its answer is no SOCKS5");
    }

    private static WireException refusal(Proxy proxy, String target, int reply) {
        String who = "The proxy " + proxy.place();
        String code = " (SOCKS reply " + reply + ")";
        return switch (reply) {
            case 1 -> new WireException(Cause.PROXY_TARGET, who + " could not connect to " + target + code);
            case 2 -> new WireException(Cause.PROXY_FORBIDS, who + " does not allow connections to " + target + code);
            case 3 -> new WireException(Cause.PROXY_TARGET, who + " has no way to the network of " + target + code);
            case 4 ->
                new WireException(
                        Cause.PROXY_TARGET,
                        who + " cannot reach the host of " + target + ", or does not know it" + code);
            case 5 -> new WireException(Cause.PROXY_TARGET, who + " says that nothing listens on " + target + code);
            case 6 -> new WireException(Cause.PROXY_TARGET, who + " got no answer from " + target + " in time" + code);
            case 7 ->
                new WireException(Cause.PROXY_ANSWER, who + " does not open connections for others (CONNECT)" + code);
            case 8 ->
                new WireException(Cause.PROXY_ANSWER, who + " does not take this kind of address: " + target + code);
            default -> new WireException(Cause.PROXY_TARGET, who + " did not connect to " + target + code);
        };
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
