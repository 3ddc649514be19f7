package org.postroom.simulator.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.postroom.simulator.Simulator;

/** A bare connection: lines out, lines in. */
public final class Wire implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    private Wire(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        this.out = socket.getOutputStream();
    }

    public static Wire plain(int port) throws IOException {
        return new Wire(new Socket("127.0.0.1", port));
    }

    public static Wire tls(Simulator simulator, int port) throws IOException {
        return new Wire(simulator.trustingContext().getSocketFactory().createSocket("localhost", port));
    }

    public static String xoauth2(String user, String token) {
        byte[] text = ("user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001").getBytes(UTF_8);
        return Base64.getEncoder().encodeToString(text);
    }

    public Wire send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
        return this;
    }

    /** The next line, or {@code <closed>}. */
    public String line() throws IOException {
        String line = in.readLine();
        return line == null ? "<closed>" : line;
    }

    /** Lines up to and with the first that starts so. */
    public List<String> until(String start) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(line());
        } while (!lines.getLast().startsWith(start) && !lines.getLast().equals("<closed>"));
        return lines;
    }

    /** Sends an IMAP command and gives its answers, the tagged one last. */
    public List<String> imap(String tag, String command) throws IOException {
        return send(tag + " " + command).until(tag + " ");
    }

    /** Sends an SMTP command and gives the last line of the reply. */
    public String smtp(String command) throws IOException {
        send(command);
        return reply();
    }

    /** The last line of an SMTP reply. */
    public String reply() throws IOException {
        String line;
        do {
            line = line();
        } while (line.length() > 3 && line.charAt(3) == '-');
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
