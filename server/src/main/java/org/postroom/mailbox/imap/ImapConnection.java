package org.postroom.mailbox.imap;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mailbox.imap.ImapInput.LiteralTaker;
import org.postroom.mailbox.imap.ImapInput.Response;
import org.postroom.wire.ProtocolLog;

/**
 * One IMAP connection (RFC 9051; RFC 3501 for older servers): sends commands, reads responses until the tagged one. Used
 * by one thread, but for {@link #send} of DONE, which another may call.
 */
final class ImapConnection implements AutoCloseable {
    private final Socket socket;
    private final ImapInput in;
    private final OutputStream out;
    private final Object writing = new Object();
    private final Set<String> capabilities = new HashSet<>();
    private @Nullable String bye;
    private final ProtocolLog log;
    private int commands;

    /** What is done with an untagged response. */
    interface Untagged {
        void response(Response response) throws IOException;
    }

    /** How a command ended. */
    record Outcome(boolean ok, String word, String text) {
        /** The server's own words. */
        String words() {
            return word + " " + text;
        }
    }

    ImapConnection(Socket socket, ProtocolLog log) throws IOException {
        this.socket = socket;
        this.log = log;
        this.in = new ImapInput(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 8192);
    }

    Socket socket() {
        return socket;
    }

    /** The greeting; true if it is an {@code OK} or {@code PREAUTH}. */
    Outcome greeting() throws IOException {
        Response response = next(ImapInput::small);
        Outcome outcome = outcome(response.text());
        noteCapabilities(response.text());
        return outcome;
    }

    /** The words of the server's BYE, if it said any. */
    @Nullable
    String bye() {
        return bye;
    }

    boolean can(String capability) {
        return capabilities.contains(capability.toUpperCase(Locale.ROOT));
    }

    Set<String> capabilities() {
        return Set.copyOf(capabilities);
    }

    /** Forgets what was advertised, as must be done after STARTTLS and sign-in. */
    void forgetCapabilities() {
        capabilities.clear();
    }

    /** Asks for the capabilities unless the server has told them already. */
    void learnCapabilities() throws IOException {
        if (capabilities.isEmpty()) {
            command("CAPABILITY", r -> {});
        }
    }

    /** Runs a command to its end. */
    Outcome command(String command, Untagged untagged) throws IOException {
        return command(command, untagged, ImapInput::small);
    }

    /** Runs a command whose answer holds literals to be streamed. */
    Outcome command(String command, Untagged untagged, LiteralTaker taker) throws IOException {
        String tag = begin(command);
        return finish(tag, untagged, taker);
    }

    /** Sends a command without waiting for its end. */
    String begin(String command) throws IOException {
        String tag = "P" + ++commands;
        send(tag + " " + command);
        return tag;
    }

    /** Sends a line; line and line end leave in one write. */
    void send(String line) throws IOException {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a command must be one line");
        }
        synchronized (writing) {
            log.sent(line);
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** Waits for a continuation request; the outcome instead if the server refuses. */
    @Nullable
    Outcome awaitContinuation(String tag, Untagged untagged) throws IOException {
        while (true) {
            Response response = next(ImapInput::small);
            if (response.tag().equals("+")) {
                return null;
            }
            if (response.tag().equals(tag)) {
                return outcome(response.text());
            }
            untagged(response, untagged);
        }
    }

    /** One response, for whoever waits in IDLE. */
    Response next() throws IOException {
        Response response = next(ImapInput::small);
        untagged(response, r -> {});
        return response;
    }

    /** Reads to the tagged response; a continuation request on the way gets an empty line (a SASL error challenge). */
    Outcome finish(String tag, Untagged untagged, LiteralTaker taker) throws IOException {
        while (true) {
            Response response = next(taker);
            if (response.tag().equals(tag)) {
                noteCapabilities(response.text());
                return outcome(response.text());
            }
            if (response.tag().equals("+")) {
                send("");
            } else {
                untagged(response, untagged);
            }
        }
    }

    private Response next(LiteralTaker taker) throws IOException {
        Response response = in.next(taker);
        boolean untagged = response.tag().equals("*") || response.tag().equals("+");
        log.came(response.tag() + " " + (response.text().isEmpty() ? gist(response) : response.text()), untagged);
        return response;
    }

    /** A data response without what it holds of a message. */
    private static String gist(Response response) {
        return response.word(0).equals("CAPABILITY")
                ? String.valueOf(response.values())
                : response.word(0) + " " + response.word(1);
    }

    private void untagged(Response response, Untagged untagged) throws IOException {
        String text = response.text();
        if (text.regionMatches(true, 0, "BYE", 0, 3)) {
            bye = text.substring(3).strip();
        }
        noteCapabilities(text);
        if (response.word(0).equals("CAPABILITY")) {
            response.values().stream()
                    .skip(1)
                    .forEach(v -> capabilities.add(String.valueOf(v).toUpperCase(Locale.ROOT)));
        }
        untagged.response(response);
    }

    private void noteCapabilities(String text) {
        int at = text.toUpperCase(Locale.ROOT).indexOf("[CAPABILITY ");
        int end = at < 0 ? -1 : text.indexOf(']', at);
        if (end > 0) {
            capabilities.clear();
            Arrays.stream(text.substring(at + 12, end).split(" "))
                    .map(c -> c.toUpperCase(Locale.ROOT))
                    .forEach(capabilities::add);
        }
    }

    private static Outcome outcome(String text) {
        int space = text.indexOf(' ');
        String word = (space < 0 ? text : text.substring(0, space)).toUpperCase(Locale.ROOT);
        return new Outcome(
                word.equals("OK") || word.equals("PREAUTH"), word, space < 0 ? "" : text.substring(space + 1));
    }

    void timeout(Duration longest) throws IOException {
        socket.setSoTimeout(Math.toIntExact(longest.toMillis()));
    }

    /** A string as the protocol writes it: quoted where it can be; never for text with line breaks. */
    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
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
