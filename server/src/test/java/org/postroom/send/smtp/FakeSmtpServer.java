package org.postroom.send.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.ScriptedServer.Line;

/** An SMTP server whose every reply a test can replace. */
public final class FakeSmtpServer implements Closeable {
    /** A reply that ends the connection instead. */
    public static final String CLOSE = "close";

    /** The reply to what begins so; the longest beginning counts. Also {@code greeting}, {@code sasl} and {@code .} */
    public final Map<String, String> replies = new ConcurrentHashMap<>();
    /** Every message that came whole, as it stood on the wire. */
    public final List<String> taken = new CopyOnWriteArrayList<>();

    private final ScriptedServer server;

    public FakeSmtpServer() throws IOException {
        usual();
        server = new ScriptedServer(this::talk);
    }

    /** Back to a server that takes everything. */
    public void usual() {
        replies.clear();
        replies.put("EHLO", "250-mail.test\r\n250-SIZE 1000000\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250 8BITMIME\r\n");
        replies.put("AUTH XOAUTH2", "334 \r\n");
        replies.put("AUTH", "235 2.7.0 in\r\n");
        replies.put("DATA", "354 go on\r\n");
        replies.put(".", "250 2.0.0 queued as 1\r\n");
    }

    public int port() {
        return server.port();
    }

    /** Every byte it was sent. */
    public String received() {
        return server.received();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void talk(Line line) throws IOException {
        line.write(replies.getOrDefault("greeting", "220 mail.test ESMTP\r\n"));
        while (true) {
            String command = line.read();
            String reply = reply(command);
            if (reply.equals(CLOSE)) {
                return;
            }
            line.write(reply);
            if (command.equals("DATA") && reply.startsWith("354")) {
                String end = message(line);
                if (end.equals(CLOSE)) {
                    return;
                }
                line.write(end);
            } else if (command.equals("AUTH XOAUTH2") && reply.startsWith("334")) {
                String sasl = line.read();
                line.write(replies.getOrDefault("sasl " + sasl, replies.getOrDefault("sasl", "235 2.7.0 in\r\n")));
            }
        }
    }

    private String reply(String command) {
        String best = "";
        for (String start : replies.keySet()) {
            if (command.startsWith(start) && start.length() > best.length()) {
                best = start;
            }
        }
        return best.isEmpty() ? "250 2.0.0 ok\r\n" : replies.getOrDefault(best, "");
    }

    private String message(Line line) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String next = line.read(); !next.equals("."); next = line.read()) {
            message.append(next).append('\n');
            if (replies.containsKey("middle")) {
                return CLOSE;
            }
        }
        taken.add(message.toString());
        return replies.getOrDefault(".", CLOSE);
    }
}
