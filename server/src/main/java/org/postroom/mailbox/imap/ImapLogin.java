package org.postroom.mailbox.imap;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.MailOptions;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.SaslXoauth2;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.wire.Dialer;
import org.postroom.wire.ProtocolLog;
import org.postroom.wire.Route;
import org.postroom.wire.WireException;

/** From a host name to a signed-in connection. */
final class ImapLogin {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int LONGEST_INLINE = 8000;

    private final Dialer dialer;
    private final Channel channel;
    private final Route route;
    private final MailOptions options;
    private final ProtocolLog log;
    private final ImapErrors errors;
    private final Opened opened;

    /** Is told of a connection as soon as there is one. */
    interface Opened {
        void opened(Socket socket) throws IOException;
    }

    ImapLogin(Dialer dialer, Channel channel, Route route) {
        this(dialer, channel, route, socket -> {});
    }

    ImapLogin(Dialer dialer, Channel channel, Route route, Opened opened) {
        this.dialer = dialer;
        this.channel = channel;
        this.route = route;
        this.options = channel.options();
        this.log = ProtocolLog.of(options.debug(), channel.name() + " imap");
        this.errors = new ImapErrors(channel);
        this.opened = opened;
    }

    /** Words for what the server refuses, which know what signed in. */
    ImapErrors errors() {
        return errors;
    }

    /** By which proxy, for a sentence; empty if by none. */
    String way() {
        Channel.Incoming incoming = channel.incoming();
        return dialer.proxy(route, incoming.host(), incoming.port())
                .map(proxy -> " through the proxy " + proxy.place())
                .orElse("");
    }

    /** Connects, encrypts and learns what the server can do. */
    ImapConnection connect() throws IOException {
        Channel.Incoming incoming = channel.incoming();
        Socket socket = null;
        try {
            socket = dialer.connect(
                    route,
                    incoming.host(),
                    incoming.port(),
                    options.connectTimeout("imap", incoming.security(), CONNECT),
                    options.readTimeout("imap", incoming.security(), ANSWER));
            opened.opened(socket);
            if (incoming.security() == Security.TLS) {
                socket = encrypted(socket);
            }
            ImapConnection connection = new ImapConnection(socket, log);
            Outcome greeting = connection.greeting();
            if (!greeting.ok()) {
                throw ImapErrors.greeting(greeting);
            }
            if (incoming.security() == Security.STARTTLS) {
                connection = startTls(connection);
                socket = connection.socket();
            }
            connection.learnCapabilities();
            return connection;
        } catch (MailboxException e) {
            close(socket);
            throw e;
        } catch (IOException e) {
            close(socket);
            throw ImapErrors.connect(Dialer.translate(e, incoming.host(), incoming.port()));
        }
    }

    private ImapConnection startTls(ImapConnection plain) throws IOException {
        plain.learnCapabilities();
        Outcome outcome = plain.can("STARTTLS") ? plain.command("STARTTLS", r -> {}) : new Outcome(false, "", "");
        if (!outcome.ok()) {
            throw new MailboxException(
                    Step.TLS,
                    new ChannelProblem(
                            ChannelProblem.Kind.SETTINGS,
                            "The mail server does not offer STARTTLS on this port.",
                            "Choose TLS with port 993.",
                            outcome.words().isBlank() ? null : outcome.words()),
                    null);
        }
        // What was said before encryption is not trusted afterwards (RFC 9051 section 6.2.1): a new reader starts
        // empty.
        return new ImapConnection(encrypted(plain.socket()), log);
    }

    private Socket encrypted(Socket plain) throws WireException {
        Channel.Incoming incoming = channel.incoming();
        return dialer.startTls(
                plain, incoming.host(), incoming.port(), options.tlsVersions("imap", incoming.security()));
    }

    private List<String> mechanisms() {
        return options.mechanisms("imap", channel.incoming().security());
    }

    /** Signs in with a password. */
    void withPassword(ImapConnection connection, String username, String password) throws IOException {
        errors.signsIn(password, false);
        for (String mechanism : mechanisms()) {
            if (mechanism.equals("PLAIN") && connection.can("AUTH=PLAIN")) {
                byte[] plain = ("\0" + username + "\0" + password).getBytes(StandardCharsets.UTF_8);
                finish(connection, sasl(connection, "PLAIN", Base64.getEncoder().encodeToString(plain)));
                return;
            }
            if (mechanism.equals("LOGIN") && !connection.can("LOGINDISABLED")) {
                finish(connection, login(connection, username, password));
                return;
            }
        }
        throw errors.noMechanism(
                "signing in with a password here",
                "Choose TLS or STARTTLS as encryption, or OAuth 2.0"
                        + (mechanisms().equals(List.of("XOAUTH2", "PLAIN", "LOGIN"))
                                ? "."
                                : ", or check the property mail.imap.auth.mechanisms."));
    }

    private Outcome login(ImapConnection connection, String username, String password) throws IOException {
        if ((username + password).chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw errors.noMechanism(
                    "AUTH=PLAIN, which a User ID or password with special characters needs",
                    "Choose another password.");
        }
        return connection.command(
                "LOGIN " + ImapConnection.quoted(username) + " " + ImapConnection.quoted(password), r -> {});
    }

    /**
     * Signs in with a token. Only by XOAUTH2 and only where the server offers it: a token that goes out by LOGIN or PLAIN
     * would be handed to a server as a password.
     */
    void withToken(ImapConnection connection, String user, String token) throws IOException {
        requireXoauth2(connection);
        errors.signsIn(token, true);
        finish(connection, sasl(connection, "XOAUTH2", SaslXoauth2.encode(user, token)));
    }

    /** Whether a token may leave at all. */
    void requireXoauth2(ImapConnection connection) throws IOException {
        if (!mechanisms().contains("XOAUTH2") || !connection.can("AUTH=XOAUTH2")) {
            throw errors.noMechanism("OAuth 2.0 (AUTH=XOAUTH2)", "Choose another server or port, or a password.");
        }
    }

    private static Outcome sasl(ImapConnection connection, String mechanism, String response) throws IOException {
        if (connection.can("SASL-IR") && response.length() < LONGEST_INLINE) {
            return connection.command("AUTHENTICATE " + mechanism + " " + response, r -> {});
        }
        String tag = connection.begin("AUTHENTICATE " + mechanism);
        @Nullable Outcome refused = connection.awaitContinuation(tag, r -> {});
        if (refused != null) {
            return refused;
        }
        connection.send(response);
        return connection.finish(tag, r -> {}, ImapInput::small);
    }

    private void finish(ImapConnection connection, Outcome outcome) throws IOException {
        if (!outcome.ok()) {
            throw errors.authenticate(outcome);
        }
        if (!outcome.text().contains("[CAPABILITY ")) {
            connection.forgetCapabilities();
            connection.learnCapabilities();
        }
    }

    static boolean usesToken(Channel channel) {
        return channel.authentication() instanceof Authentication.OAuth2;
    }

    private static void close(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException ignored) {
                // It is being given up; the first failure is the one to tell.
            }
        }
    }

    /** Puts a broken connection into words. */
    MailboxException lost(IOException e) {
        return ImapErrors.connect(
                e instanceof WireException known
                        ? known
                        : Dialer.translate(
                                e, channel.incoming().host(), channel.incoming().port()));
    }
}
