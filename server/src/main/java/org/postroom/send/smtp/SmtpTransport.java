package org.postroom.send.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.SaslXoauth2;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.send.DeliveryResult;
import org.postroom.send.OutgoingMail;
import org.postroom.send.Transport;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.wire.Dialer;

/** Message submission (RFC 6409) by SMTP: STARTTLS or TLS, a password or XOAUTH2, the message streamed from raw storage. */
public final class SmtpTransport implements Transport {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(120);

    private final Dialer dialer;
    private final Secrets secrets;
    private final Tokens tokens;

    /** A transport that reaches servers by this dialer. */
    public SmtpTransport(Dialer dialer, Secrets secrets, Tokens tokens) {
        this.dialer = dialer;
        this.secrets = secrets;
        this.tokens = tokens;
    }

    @Override
    public DeliveryResult send(Channel channel, OutgoingMail mail, Supplier<InputStream> raw) {
        boolean handedOver = false;
        try (SmtpConnection connection = open(channel)) {
            List<String> refused = envelope(connection, channel, mail);
            SmtpReply go = connection.command("DATA");
            if (go.code() != 354) {
                throw new SmtpErrors(channel).message(Step.DATA, go);
            }
            try (InputStream message = raw.get()) {
                connection.data(message);
            }
            handedOver = true;
            SmtpReply end = connection.finishData();
            handedOver = false;
            if (!end.positive()) {
                throw new SmtpErrors(channel).message(Step.DATA, end);
            }
            quit(connection);
            return new DeliveryResult.Accepted(end.words(), refused);
        } catch (SmtpFailure e) {
            return e.forGood() ? new DeliveryResult.Refused(e.problem()) : new DeliveryResult.TryLater(e.problem());
        } catch (IOException e) {
            if (handedOver) {
                return new DeliveryResult.Unknown(
                        "The connection broke after the message was handed over and before the"
                                + " server confirmed it: " + e.getMessage());
            }
            return new DeliveryResult.TryLater(lost(channel, e).problem());
        } catch (RuntimeException e) {
            return new DeliveryResult.TryLater(new ChannelProblem(
                    Kind.PASSING,
                    "The message could not be read or sent: " + e.getMessage() + ".",
                    "It is tried again.",
                    null));
        }
    }

    private static List<String> envelope(SmtpConnection connection, Channel channel, OutgoingMail mail)
            throws IOException {
        SmtpErrors errors = new SmtpErrors(channel);
        long largest = connection.largest();
        if (largest > 0 && mail.size() > largest) {
            throw new SmtpFailure(
                    Step.SENDER,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "The message is " + mail.size() / (1024 * 1024) + " MB; the server takes "
                                    + largest / (1024 * 1024) + " MB.",
                            "Send it with smaller attachments.",
                            null),
                    true);
        }
        boolean wide = !StandardCharsets.US_ASCII.newEncoder().canEncode(mail.envelopeFrom() + mail.recipients());
        if (wide && !connection.can("SMTPUTF8")) {
            throw new SmtpFailure(
                    Step.RECIPIENT,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "An address has characters outside ASCII, which the outgoing server does not take (SMTPUTF8).",
                            "Write to another address.",
                            null),
                    true);
        }
        String options = (largest > 0 ? " SIZE=" + mail.size() : "") + (wide ? " SMTPUTF8" : "");
        SmtpReply sender = connection.command("MAIL FROM:<" + mail.envelopeFrom() + ">" + options);
        if (!sender.positive()) {
            throw errors.message(Step.SENDER, sender);
        }
        List<String> refused = new ArrayList<>();
        SmtpReply last = sender;
        boolean anyPassing = false;
        for (String recipient : mail.recipients()) {
            SmtpReply reply = connection.command("RCPT TO:<" + recipient + ">");
            if (!reply.positive()) {
                refused.add(recipient + " (" + reply.words() + ")");
                last = reply;
                anyPassing |= reply.passing() || SmtpErrors.heldBack(reply);
            }
        }
        if (refused.size() == mail.recipients().size() || anyPassing) {
            // With a passing refusal nobody gets it yet: all together, once, rather than some of them twice.
            throw anyPassing && !last.passing()
                    ? errors.passing(Step.RECIPIENT, last)
                    : errors.message(Step.RECIPIENT, last);
        }
        return refused;
    }

    private static void quit(SmtpConnection connection) {
        try {
            connection.send("QUIT");
        } catch (IOException ignored) {
            // The message is taken; how the connection ends does not matter.
        }
    }

    /** A token can be refused before its time, after a change of rights or a reset password: one more try with a new one. */
    private SmtpConnection open(Channel channel) throws IOException {
        AtomicReference<String> used = new AtomicReference<>();
        try {
            return open(channel, null, used);
        } catch (SmtpFailure e) {
            String rejected = used.get();
            if (rejected == null || e.step() != Step.AUTHENTICATE || e.problem().kind() != Kind.SETTINGS) {
                throw e;
            }
            return open(channel, rejected, used);
        }
    }

    private SmtpConnection open(Channel channel, @Nullable String rejected, AtomicReference<String> used)
            throws IOException {
        Channel.Outgoing outgoing = channel.outgoing();
        SmtpErrors errors = new SmtpErrors(channel);
        SmtpConnection connection = null;
        try {
            Socket socket = dialer.connect(outgoing.host(), outgoing.port(), CONNECT, ANSWER);
            if (outgoing.security() == Security.TLS) {
                socket = dialer.startTls(socket, outgoing.host(), outgoing.port());
            }
            connection = new SmtpConnection(socket);
            expect(connection.reply(), errors);
            expect(connection.hello(), errors);
            if (outgoing.security() == Security.STARTTLS) {
                connection = startTls(connection, outgoing, errors);
            }
            authenticate(connection, channel, errors, rejected, used);
            return connection;
        } catch (IOException e) {
            if (connection != null) {
                connection.close();
            }
            throw e instanceof SmtpFailure ? e : lost(channel, e);
        }
    }

    private static void expect(SmtpReply reply, SmtpErrors errors) throws SmtpFailure {
        if (!reply.positive()) {
            throw errors.passing(Step.CONNECT, reply);
        }
    }

    private SmtpConnection startTls(SmtpConnection plain, Channel.Outgoing outgoing, SmtpErrors errors)
            throws IOException {
        SmtpReply reply = plain.can("STARTTLS") ? plain.command("STARTTLS") : null;
        if (reply == null || !reply.positive()) {
            throw errors.settings(
                    Step.TLS,
                    "The outgoing server does not offer STARTTLS on this port.",
                    "Choose TLS with port 465.",
                    reply == null ? null : reply.words());
        }
        SmtpConnection encrypted =
                new SmtpConnection(dialer.startTls(plain.socket(), outgoing.host(), outgoing.port()));
        expect(encrypted.hello(), errors);
        return encrypted;
    }

    private void authenticate(
            SmtpConnection connection,
            Channel channel,
            SmtpErrors errors,
            @Nullable String rejected,
            AtomicReference<String> used)
            throws IOException {
        switch (channel.outgoingAuthentication()) {
            case Authentication.Password(String username) -> {
                boolean own = channel.outgoing().authentication() != null;
                String password = secrets.get(channel.id(), own ? Purpose.OUTGOING_PASSWORD : Purpose.INCOMING_PASSWORD)
                        .orElseThrow(() -> errors.settings(
                                Step.AUTHENTICATE, "No password is stored for outgoing mail.", "Enter it.", null));
                withPassword(connection, username, password, errors);
            }
            case Authentication.OAuth2 oauth -> {
                requireXoauth2(connection, errors);
                switch (tokens.accessToken(channel.oauthClient(oauth), rejected)) {
                    case Tokens.Result.Missing(TokenProblem problem) ->
                        throw new SmtpFailure(Step.TOKEN, ChannelProblem.of(problem), false);
                    case Tokens.Result.Ready ready -> {
                        used.set(ready.accessToken());
                        withToken(connection, channel, oauth, errors, ready);
                    }
                }
            }
        }
    }

    private static void withPassword(SmtpConnection connection, String username, String password, SmtpErrors errors)
            throws IOException {
        SmtpReply reply;
        if (connection.offers("PLAIN")) {
            reply = connection.command("AUTH PLAIN " + base64("\0" + username + "\0" + password));
        } else if (connection.offers("LOGIN")) {
            reply = connection.command("AUTH LOGIN");
            reply = reply.code() == 334 ? connection.command(base64(username)) : reply;
            reply = reply.code() == 334 ? connection.command(base64(password)) : reply;
        } else {
            throw errors.settings(
                    Step.CAPABILITIES,
                    "The outgoing server does not offer signing in with a password here.",
                    "Choose STARTTLS or TLS as encryption, or OAuth 2.0.",
                    null);
        }
        if (reply.code() != 235) {
            throw errors.authenticate(reply);
        }
    }

    /** A token leaves by XOAUTH2 only, and only where that is offered. */
    private static void requireXoauth2(SmtpConnection connection, SmtpErrors errors) throws SmtpFailure {
        if (!connection.offers("XOAUTH2")) {
            throw errors.settings(
                    Step.CAPABILITIES,
                    "The outgoing server does not offer OAuth 2.0 (XOAUTH2), so nothing was sent.",
                    "Choose another server or port, or a password for outgoing mail.",
                    null);
        }
    }

    /** {@code user=} is the token's owner, who then sends as the mailbox. */
    private static void withToken(
            SmtpConnection connection,
            Channel channel,
            Authentication.OAuth2 oauth,
            SmtpErrors errors,
            Tokens.Result.Ready ready)
            throws IOException {
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

    private static SmtpFailure lost(Channel channel, IOException e) {
        var known = Dialer.translate(
                e, channel.outgoing().host(), channel.outgoing().port());
        return new SmtpErrors(channel).connect(known);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Finding> probe(Channel channel) {
        if (!channel.sends()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        @Nullable SmtpFailure failure = tryOut(channel);
        for (Step step : Step.values()) {
            boolean token = step == Step.TOKEN && !(channel.outgoingAuthentication() instanceof Authentication.OAuth2);
            boolean plain = step == Step.TLS && channel.outgoing().security() == Security.NONE;
            if (token || plain || step == Step.RECIPIENT || step == Step.DATA) {
                continue;
            }
            int order = failure == null ? -1 : step.compareTo(failure.step());
            String name =
                    step == Step.SENDER ? step.words + " " + channel.outgoing().sendAs() : step.words;
            if (failure != null && order == 0) {
                findings.add(new Finding(name, true, null, failure.problem()));
            } else {
                boolean reached = failure == null || order < 0;
                findings.add(new Finding(name, reached, reached ? passed(channel, step) : null, null));
            }
        }
        return findings;
    }

    private static String passed(Channel channel, Step step) {
        Channel.Outgoing outgoing = channel.outgoing();
        return switch (step) {
            case CONNECT -> outgoing.host() + ":" + outgoing.port() + " answers.";
            case TLS -> "The certificate is valid and for " + outgoing.host() + ".";
            case CAPABILITIES -> "The server offers the sign-in that is needed.";
            case TOKEN -> "The identity server gave a token.";
            case AUTHENTICATE -> "The server accepted the sign-in.";
            case SENDER, RECIPIENT, DATA -> "The server took " + outgoing.sendAs() + " as the sender.";
        };
    }

    private @Nullable SmtpFailure tryOut(Channel channel) {
        try (SmtpConnection connection = open(channel)) {
            SmtpErrors errors = new SmtpErrors(channel);
            String from = channel.outgoing().bounceAddress() == null
                    ? channel.outgoing().sendAs()
                    : channel.outgoing().bounceAddress();
            SmtpReply reply = connection.command("MAIL FROM:<" + from + ">");
            if (!reply.positive()) {
                return errors.message(Step.SENDER, reply);
            }
            // Some servers judge the sender only together with a recipient; nothing is sent.
            SmtpReply recipient = connection.command("RCPT TO:<" + channel.address() + ">");
            if (!recipient.positive() && recipient.words().contains("5.7.")) {
                return errors.message(Step.SENDER, recipient);
            }
            connection.command("RSET");
            quit(connection);
            return null;
        } catch (SmtpFailure e) {
            return e;
        } catch (IOException e) {
            return lost(channel, e);
        }
    }
}
