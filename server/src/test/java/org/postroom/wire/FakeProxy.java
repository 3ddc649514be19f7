package org.postroom.wire;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A proxy on loopback that works: HTTP CONNECT or SOCKS5, with or without credentials. Safe for use by many threads. */
public final class FakeProxy implements Closeable {
    private final Proxy.Type type;
    private final @Nullable String user;
    private final @Nullable String password;
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private volatile int refusal;

    /** Starts one; with a user name it wants credentials. */
    public FakeProxy(Proxy.Type type, @Nullable String user, @Nullable String password) throws IOException {
        this.type = type;
        this.user = user;
        this.password = password;
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** What a client has to know of it. */
    public Proxy settings() {
        return new Proxy(type, "127.0.0.1", port(), user, password, NoProxy.NONE);
    }

    /** The targets it was asked for with good credentials, as {@code host:port}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** A name that only the proxy knows. */
    public FakeProxy knows(String name, String address) {
        names.put(name, address);
        return this;
    }

    /** From now on: the HTTP status or SOCKS reply to every request; zero for none. */
    public void refuse(int code) {
        refusal = code;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            switch (type) {
                case HTTP -> http(client);
                case SOCKS5 -> socks(client);
            }
        } catch (IOException gone) {
            // Either end has left.
        }
    }

    private void http(Socket client) throws IOException {
        String[] lines = head(client.getInputStream()).split("\r\n");
        String target = lines[0].split(" ")[1];
        String proof =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        if (user != null && !List.of(lines).contains("Proxy-Authorization: " + proof)) {
            say(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n");
            return;
        }
        asked.add(target);
        if (refusal != 0) {
            say(client, "HTTP/1.1 " + refusal + " Because\r\nContent-Type: text/html\r\n\r\n<html>no</html>");
            return;
        }
        int colon = target.lastIndexOf(':');
        try (Socket server = dial(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            say(client, "HTTP/1.1 200 Connection established\r\nVia: fake\r\n\r\n");
            pipe(client, server);
        }
    }

    private void socks(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readByte();
        byte[] methods = in.readNBytes(in.readByte());
        int method = user == null ? 0 : 2;
        boolean offered = new String(methods, StandardCharsets.ISO_8859_1).indexOf(method) >= 0;
        client.getOutputStream().write(new byte[] {5, (byte) (offered ? method : 0xff)});
        if (!offered) {
            return;
        }
        if (user != null) {
            in.readByte();
            String name = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            String secret = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
            boolean good = user.equals(name) && Objects.equals(password, secret);
            client.getOutputStream().write(new byte[] {1, (byte) (good ? 0 : 1)});
            if (!good) {
                return;
            }
        }
        in.skipNBytes(3);
        String host = switch (in.readByte()) {
            case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
            case 4 -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
            default -> new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
        };
        int port = in.readUnsignedShort();
        asked.add(host + ":" + port);
        client.getOutputStream().write(new byte[] {5, (byte) refusal, 0, 3, 1, 'x', 0, 0});
        if (refusal == 0) {
            try (Socket server = dial(host, port)) {
                pipe(client, server);
            }
        }
    }

    private Socket dial(String host, int port) throws IOException {
        return new Socket(InetAddress.getByName(names.getOrDefault(host, host)), port);
    }

    private static void pipe(Socket client, Socket server) throws IOException {
        Thread back = Thread.startVirtualThread(() -> copy(server, client));
        copy(client, server);
        back.interrupt();
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // The other direction ends with it.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException();
            }
            head.write(c);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
