package org.postroom.send.smtp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.wire.ProtocolLog;

/** One SMTP connection (RFC 5321): sends commands, reads replies, streams a message. Used by one thread. */
final class SmtpConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 200;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ProtocolLog log;
    private final @Nullable String ownName;
    private Map<String, List<String>> extensions = Map.of();

    /**
     * A connection.
     *
     * @param ownName what to say in EHLO; the address of our end if null
     */
    SmtpConnection(Socket socket, @Nullable String ownName, ProtocolLog log) throws IOException {
        this.socket = socket;
        this.ownName = ownName;
        this.log = log;
        this.in = new BufferedInputStream(socket.getInputStream(), 8192);
        this.out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
    }

    Socket socket() {
        return socket;
    }

    /** Introduces us, and learns what the server can do. */
    SmtpReply hello() throws IOException {
        SmtpReply reply = command("EHLO " + ownName());
        Map<String, List<String>> found = new HashMap<>();
        if (reply.positive()) {
            reply.lines().stream().skip(1).forEach(line -> {
                List<String> words = Arrays.asList(line.strip().split("[ =]+"));
                found.put(words.getFirst().toUpperCase(Locale.ROOT), words.subList(1, words.size()));
            });
        }
        extensions = found;
        return reply;
    }

    /** The address literal of our end (RFC 5321 section 4.1.3): a name might not resolve where the server looks. */
    private String ownName() {
        if (ownName != null) {
            return ownName;
        }
        String address = socket.getLocalAddress().getHostAddress();
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return plain.indexOf(':') >= 0 ? "[IPv6:" + plain + "]" : "[" + plain + "]";
    }

    boolean can(String extension) {
        return extensions.containsKey(extension);
    }

    /** Whether the server offers a SASL mechanism. */
    boolean offers(String mechanism) {
        return extensions.getOrDefault("AUTH", List.of()).stream().anyMatch(mechanism::equalsIgnoreCase);
    }

    /** The SASL mechanisms that the server offers, in words; empty if it offers none. */
    String mechanisms() {
        return String.join(", ", extensions.getOrDefault("AUTH", List.of()));
    }

    /** The largest message the server says it takes; zero if it does not say. */
    long largest() {
        List<String> size = extensions.getOrDefault("SIZE", List.of());
        return !size.isEmpty() && size.getFirst().matches("\\d{1,18}") ? Long.parseLong(size.getFirst()) : 0;
    }

    SmtpReply command(String command) throws IOException {
        send(command);
        return reply();
    }

    /** Sends a line; line and line end leave in one write. */
    void send(String line) throws IOException {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a command must be one line");
        }
        log.sent(line);
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    SmtpReply reply() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line();
            if (line.length() < 3 || !line.substring(0, 3).matches("[2-5]\\d\\d") || lines.size() > MOST_LINES) {
                throw new IOException("the server's answer is no SMTP: " + line);
            }
            log.came(line, line.startsWith("334") || line.charAt(line.length() > 3 ? 3 : 0) == '-');
            lines.add(line.length() > 4 ? line.substring(4).strip() : "");
            if (line.length() == 3 || line.charAt(3) != '-') {
                return new SmtpReply(Integer.parseInt(line.substring(0, 3)), List.copyOf(lines));
            }
        }
    }

    private String line() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (bytes.size() > LONGEST_LINE) {
                throw new IOException("the server sent a line that is too long");
            }
            if (c != '\r') {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Streams a message with line ends made whole and dots doubled (RFC 5321 section 4.5.2). The final dot is left to
     * {@link #finishData}, so that the caller knows on which side of it a connection broke.
     */
    void data(InputStream message) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        int last = '\n';
        for (int n = message.read(buffer); n >= 0; n = message.read(buffer)) {
            for (int i = 0; i < n; i++) {
                int c = buffer[i];
                if (c == '\n' && last != '\r') {
                    out.write('\r');
                } else if (last == '\r' && c != '\n') {
                    out.write('\n');
                    last = '\n';
                }
                if (c == '.' && last == '\n') {
                    out.write('.');
                }
                out.write(c);
                last = c;
            }
        }
        if (last == '\r') {
            out.write('\n');
        } else if (last != '\n') {
            out.write('\r');
            out.write('\n');
        }
        out.flush();
    }

    /** Says that the message is whole, and waits for the server to take it. */
    SmtpReply finishData() throws IOException {
        send(".");
        return reply();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing is lost with it.
        }
    }
}
