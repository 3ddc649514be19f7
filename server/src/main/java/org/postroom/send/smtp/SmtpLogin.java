package org.postroom.send.smtp;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.MailOptions;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.SaslXoauth2;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.send.SendSecrets;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.wire.Dialer;
import org.postroom.wire.ProtocolLog;

/** From a host name to a connection that may send: STARTTLS or TLS, a password or XOAUTH2. Used by one thread. */
final class SmtpLogin {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(120);

    private final Dialer dialer;
    private final SendSecrets secrets;
    private final Channel channel;
    private final SmtpErrors errors;
    private final Opened opened;
    private final MailOptions options;

    /** Is told of a connection as soon as there is one. */
    interface Opened {
        void opened(Socket socket) throws IOException;
    }

    SmtpLogin(Dialer dialer, SendSecrets secrets, Channel channel, Opened opened) {
        this.dialer = dialer;
        this.secrets = secrets;
        this.channel = channel;
        this.opened = opened;
        this.options = channel.options();
        this.errors = new SmtpErrors(channel);
    }

    /** Words for what the server refuses, which know what signed in. */
    SmtpErrors errors() {
        return errors;
    }

    /** A token can be refused before its time, after a change of rights or a reset password: one more try with a new one. */
    SmtpConnection open() throws IOException {
        return switch (channel.outgoingAuthentication()) {
            case Authentication.Password ignored -> signedIn(null);
            case Authentication.OAuth2 oauth -> {
                Tokens.Result.@Nullable Ready ready = null;
                SmtpConnection connection = connect();
                try {
                    requireXoauth2(connection);
                    ready = token(oauth, null);
                    withToken(connection, oauth, ready);
                    yield connection;
                } catch (IOException e) {
                    connection.close();
                    if (ready == null || !worthAnother(e)) {
                        throw failure(e);
                    }
                    yield signedIn(token(oauth, ready.accessToken()));
                }
            }
        };
    }

    /** Whether another token might be taken. */
    static boolean worthAnother(IOException e) {
        return e instanceof SmtpFailure f
                && f.step() == Step.AUTHENTICATE
                && f.problem().kind() == Kind.SETTINGS;
    }

    /** Connects and signs in, with this token where one is needed. */
    SmtpConnection signedIn(Tokens.Result.@Nullable Ready token) throws IOException {
        SmtpConnection connection = connect();
        try {
            if (token == null) {
                withPassword(connection);
            } else if (channel.outgoingAuthentication() instanceof Authentication.OAuth2 oauth) {
                requireXoauth2(connection);
                withToken(connection, oauth, token);
            }
            return connection;
        } catch (IOException e) {
            connection.close();
            throw failure(e);
        }
    }

    private SmtpFailure failure(IOException e) {
        return e instanceof SmtpFailure known ? known : lost(e);
    }

    /** By which proxy, for a sentence; empty if by none. */
    String way() {
        Channel.Outgoing outgoing = channel.outgoing();
        return dialer.proxy(channel.route(), outgoing.host(), outgoing.port())
                .map(proxy -> " through the proxy " + proxy.place())
                .orElse("");
    }

    /** Connects, encrypts and learns what the server can do. */
    SmtpConnection connect() throws IOException {
        Channel.Outgoing outgoing = channel.outgoing();
        SmtpConnection connection = null;
        try {
            Socket socket = dialer.connect(
                    secrets.route(channel),
                    outgoing.host(),
                    outgoing.port(),
                    options.connectTimeout("smtp", outgoing.security(), CONNECT),
                    options.readTimeout("smtp", outgoing.security(), ANSWER));
            opened.opened(socket);
            if (outgoing.security() == Security.TLS) {
                socket = encrypted(socket);
            }
            connection = connection(socket);
            expect(connection.reply());
            expect(connection.hello());
            if (outgoing.security() == Security.STARTTLS) {
                connection = startTls(connection);
            }
            return connection;
        } catch (IOException e) {
            if (connection != null) {
                connection.close();
            }
            throw failure(e);
        }
    }

    private void expect(SmtpReply reply) throws SmtpFailure {
        if (!reply.positive()) {
            throw errors.passing(Step.CONNECT, reply);
        }
    }

    private Socket encrypted(Socket plain) throws IOException {
        Channel.Outgoing outgoing = channel.outgoing();
        return dialer.startTls(
                plain, outgoing.host(), outgoing.port(), options.tlsVersions("smtp", outgoing.security()));
    }

    private SmtpConnection connection(Socket socket) throws IOException {
        return new SmtpConnection(
                socket,
                options.ehloName(channel.outgoing().security()).orElse(null),
                ProtocolLog.of(options.debug(), channel.name() + " smtp"));
    }

    private List<String> mechanisms() {
        return options.mechanisms("smtp", channel.outgoing().security());
    }

    private SmtpConnection startTls(SmtpConnection plain) throws IOException {
        SmtpReply reply = plain.can("STARTTLS") ? plain.command("STARTTLS") : null;
        if (reply == null || !reply.positive()) {
            throw errors.settings(
                    Step.TLS,
                    "The outgoing server does not offer STARTTLS on this port.",
                    "Choose TLS with port 465.",
                    reply == null ? null : reply.words());
        }
        SmtpConnection encrypted = connection(encrypted(plain.socket()));
        expect(encrypted.hello());
        return encrypted;
    }

    /** A token for outgoing mail. */
    Tokens.Result.Ready token(Authentication.OAuth2 oauth, @Nullable String rejected) throws SmtpFailure {
        return switch (secrets.token(channel, oauth, rejected)) {
            case Tokens.Result.Missing(TokenProblem problem) ->
                throw new SmtpFailure(Step.TOKEN, ChannelProblem.of(problem), false);
            case Tokens.Result.Ready ready -> ready;
        };
    }

    /** Signs in with the channel's password. */
    void withPassword(SmtpConnection connection) throws IOException {
        String username = channel.outgoingAuthentication() instanceof Authentication.Password(String name) ? name : "";
        String password = secrets.password(channel)
                .orElseThrow(() -> errors.settings(
                        Step.AUTHENTICATE, "No password is stored for outgoing mail.", "Enter it.", null));
        errors.signsIn(password, false);
        String mechanism = mechanisms().stream()
                .filter(m -> !m.equals("XOAUTH2") && connection.offers(m))
                .findFirst()
                .orElseThrow(() -> errors.settings(
                        Step.CAPABILITIES,
                        "The outgoing server does not offer signing in with a password here.",
                        "Choose STARTTLS or TLS as encryption, or OAuth 2.0.",
                        null));
        SmtpReply reply;
        if (mechanism.equals("PLAIN")) {
            reply = connection.command("AUTH PLAIN " + base64("\0" + username + "\0" + password));
        } else {
            reply = connection.command("AUTH LOGIN");
            reply = reply.code() == 334 ? connection.command(base64(username)) : reply;
            reply = reply.code() == 334 ? connection.command(base64(password)) : reply;
        }
        if (reply.code() != 235) {
            throw errors.authenticate(reply);
        }
    }

    /** A token leaves by XOAUTH2 only, and only where that is offered. */
    void requireXoauth2(SmtpConnection connection) throws SmtpFailure {
        if (!mechanisms().contains("XOAUTH2") || !connection.offers("XOAUTH2")) {
            throw errors.settings(
                    Step.CAPABILITIES,
                    "The outgoing server does not offer OAuth 2.0 (XOAUTH2), so nothing was sent.",
                    "Choose another server or port, or a password for outgoing mail.",
                    null);
        }
    }

    /** {@code user=} is the token's owner, who then sends as the mailbox. */
    void withToken(SmtpConnection connection, Authentication.OAuth2 oauth, Tokens.Result.Ready ready)
            throws IOException {
        errors.signsIn(ready.accessToken(), true);
        String owner = ready.user() != null ? ready.user() : oauth.signInUser();
        // After the 334: a token inline can be longer than a server takes as a command line.
        SmtpReply reply = connection.command("AUTH XOAUTH2");
        if (reply.code() == 334) {
            reply = connection.command(
                    SaslXoauth2.encode(owner == null ? channel.address() : owner, ready.accessToken()));
        }
        if (reply.code() == 334) {
            reply = connection.command("");
        }
        if (reply.code() != 235) {
            throw errors.authenticate(reply);
        }
    }

    /** Puts a broken connection into words. */
    SmtpFailure lost(IOException e) {
        return errors.connect(Dialer.translate(
                e, channel.outgoing().host(), channel.outgoing().port()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
