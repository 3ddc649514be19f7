package org.postroom.simulator.imap;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.exchange.ConnectionServer;
import org.postroom.simulator.exchange.Identity;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.exchange.WireInput;
import org.postroom.simulator.log.ProtocolLog.Speaker;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.Mailbox;

/** One IMAP connection. Its own thread reads; other threads push news in while the client idles, under its lock. */
final class ImapSession {
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(30);
    private static final String NOT_CONNECTED = "BAD User is authenticated but not connected.";

    private final ImapService service;
    private final String id = Sessions.newId();
    private final Instant since = Instant.now();
    private final Runnable watcher = this::changed;
    private final AtomicBoolean pushing = new AtomicBoolean();
    private final AtomicBoolean expired = new AtomicBoolean();
    private Socket socket;
    private ImapInput in;
    private ImapOutput out;
    private boolean tls;
    private State state = State.NEW;
    private @Nullable Identity identity;
    private @Nullable Selected selected;
    private boolean idling;
    private boolean startsTls;
    private int refusedCommands;

    /** How far the client has come; UNCONNECTED is Exchange's own. */
    enum State {
        NEW,
        UNCONNECTED,
        AUTHENTICATED,
        SELECTED,
        ENDED
    }

    /** Ends the session with a last line. */
    static final class EndedException extends IOException {
        private static final long serialVersionUID = 1L;

        EndedException(String lastLine) {
            super(lastLine);
        }
    }

    ImapSession(ImapService service, Socket socket, boolean tls) throws IOException {
        this.service = service;
        this.tls = tls;
        this.socket = socket;
        out = new ImapOutput(socket.getOutputStream(), service.log(), id);
        in = new ImapInput(new WireInput(socket.getInputStream()), out);
        register(null);
    }

    void serve() throws IOException {
        try {
            socket.setSoTimeout((int) IDLE_TIMEOUT.toMillis());
            out.line("* OK The Microsoft Exchange IMAP4 service is ready. [" + ImapService.HOST_TAG + "]");
            out.flush();
            while (state != State.ENDED) {
                one();
            }
        } catch (EndedException e) {
            last(String.valueOf(e.getMessage()));
        } catch (SocketTimeoutException e) {
            last("* BYE Connection is closed. 13");
        } catch (EOFException | SocketException e) {
            service.log().add("imap", id, Speaker.NOTE, "connection lost");
        } finally {
            unselect();
            service.sessions().remove(id);
        }
    }

    private synchronized void last(String line) throws IOException {
        state = State.ENDED;
        out.line(line);
        out.flush();
    }

    private void one() throws IOException {
        boolean known = identity != null;
        ImapInput.Command command = in.command(known ? service.largestMessage() : 8192);
        service.log().add("imap", id, Speaker.CLIENT, masked(command.text()));
        endIfExpired();
        String[] parts = command.text().split(" ", 3);
        String tag = parts[0];
        String name = parts.length > 1 ? parts[1].toUpperCase(Locale.ROOT) : "";
        String answer;
        if (!tag.matches("[\\x21-\\x7e&&[^(){%*\"\\\\+]]+") || command.tooMuch() || name.isEmpty()) {
            answer = "BAD Command Argument Error. 12";
            tag = tag.matches("[A-Za-z0-9.]+") ? tag : "*";
        } else {
            answer = answer(name, new Arguments(parts.length > 2 ? " " + parts[2] : "", command.literals()));
        }
        finish(tag, name, answer);
    }

    private String answer(String name, Arguments arguments) throws IOException {
        try {
            if (state == State.UNCONNECTED && !name.equals("CAPABILITY") && !name.equals("LOGOUT")) {
                refusedCommands++;
                return NOT_CONNECTED;
            }
            if (identity != null && identity.mailbox().takeThrottled()) {
                return "BAD Request is throttled. Suggested Backoff Time: 1500 milliseconds";
            }
            if (name.equals("IDLE")) {
                return idle(arguments);
            }
            synchronized (this) {
                return ImapCommands.find(name, state).run(this, arguments);
            }
        } catch (ImapRefusal e) {
            return e.answer();
        }
    }

    private synchronized void finish(String tag, String name, String answer) throws IOException {
        if (selected != null && state == State.SELECTED) {
            selected.sync(out, !ImapCommands.holdsNumbers(name));
        }
        out.line(tag + " " + answer);
        if (state == State.UNCONNECTED && refusedCommands >= 2) {
            throw new EndedException("* BYE Connection closed. 14");
        }
        out.flush();
        if (startsTls) {
            startTls();
        }
    }

    private String idle(Arguments arguments) throws IOException, ImapRefusal {
        ImapCommands.requireAuthenticated(state);
        arguments.end();
        synchronized (this) {
            out.line("+ IDLE accepted, awaiting DONE command.");
            idling = true;
            push();
        }
        try {
            String line = in.line();
            service.log().add("imap", id, Speaker.CLIENT, line);
            return line.equalsIgnoreCase("DONE") ? "OK IDLE completed." : "BAD Command Argument Error. 11";
        } finally {
            synchronized (this) {
                idling = false;
            }
            endIfExpired();
        }
    }

    private void changed() {
        if (pushing.compareAndSet(false, true)) {
            Thread.ofVirtual().start(() -> {
                try {
                    pushing.set(false);
                    push();
                } catch (IOException e) {
                    service.log().add("imap", id, Speaker.NOTE, "cannot push: " + e.getMessage());
                }
            });
        }
    }

    private synchronized void push() throws IOException {
        if (idling && selected != null && state == State.SELECTED) {
            selected.sync(out, true);
        }
        if (idling) {
            out.flush();
        }
    }

    private void endIfExpired() throws IOException {
        if (expired.get()) {
            throw new EndedException("* BYE Session invalidated - AccessTokenExpired");
        }
    }

    /** The token's time is over: an idling client is told at once, any other at its next command. */
    private void expire() {
        if (!expired.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual().start(() -> {
            try {
                synchronized (this) {
                    if (idling && state != State.ENDED) {
                        last("* BYE Session invalidated - AccessTokenExpired");
                        socket.close();
                    }
                }
            } catch (IOException e) {
                service.log().add("imap", id, Speaker.NOTE, "lost while token expired");
            }
        });
    }

    /** The mailbox is the client's from here on, if it has not too many connections yet. */
    void authenticated(Identity who) {
        identity = who;
        Sessions.Session session = session(who);
        boolean within = service.sessions().putWithin(session, service.mostConnections());
        state = within ? State.AUTHENTICATED : State.UNCONNECTED;
        service.note(
                id,
                who.name()
                        + (within ? " opened " : " is one too many for ")
                        + who.mailbox().address());
    }

    void notConnected(String name, String reason) {
        state = State.UNCONNECTED;
        service.note(id, name + " is not connected: " + reason);
    }

    private void register(@Nullable Identity who) {
        service.sessions().put(session(who));
    }

    private Sessions.Session session(@Nullable Identity who) {
        return new Sessions.Session(
                id,
                "imap",
                since,
                who == null ? null : who.mailbox().address(),
                who == null ? null : who.name(),
                who == null ? null : who.tokenExpires(),
                this::expire);
    }

    /** Once the answer is out, the connection goes on under TLS; what was sent ahead in clear is forgotten. */
    void startTlsAfterAnswer() {
        startsTls = true;
    }

    private void startTls() throws IOException {
        startsTls = false;
        socket = ConnectionServer.secure(service.tls(), socket);
        out = new ImapOutput(socket.getOutputStream(), service.log(), id);
        in = new ImapInput(new WireInput(socket.getInputStream()), out);
        tls = true;
    }

    void select(Folder folder, boolean readOnly) {
        unselect();
        selected = new Selected(folder, readOnly);
        folder.watch(watcher);
        state = State.SELECTED;
    }

    synchronized void unselect() {
        if (selected != null) {
            selected.folder().unwatch(watcher);
            selected = null;
        }
        state = state == State.SELECTED ? State.AUTHENTICATED : state;
    }

    void end() {
        state = State.ENDED;
    }

    State state() {
        return state;
    }

    ImapService service() {
        return service;
    }

    ImapInput in() {
        return in;
    }

    ImapOutput out() {
        return out;
    }

    boolean tls() {
        return tls;
    }

    String id() {
        return id;
    }

    Mailbox mailbox() {
        if (identity == null) {
            throw new IllegalStateException("not authenticated");
        }
        return identity.mailbox();
    }

    Selected selected() {
        if (selected == null) {
            throw new IllegalStateException("nothing selected");
        }
        return selected;
    }

    private static String masked(String text) {
        return text.replaceAll("(?is)^(\\S+ AUTHENTICATE \\S+) .*", "$1 ***")
                .replaceAll("(?is)^(\\S+ LOGIN (?:\"[^\"]*\"|\\S+)) .*", "$1 ***")
                .replace(String.valueOf(ImapInput.LITERAL), "{…}");
    }
}
