package org.postroom.send.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Agenda;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.Finding;
import org.postroom.channel.TokenJudge;
import org.postroom.channel.Trial;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.TokenClaims;
import org.postroom.credentials.Tokens;
import org.postroom.send.OutgoingProbe;
import org.postroom.send.SendSecrets;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.wire.Dialer;
import org.postroom.wire.Seen;

/** Tries SMTP from the name to the server's answer to the sender, and to a test mail where one is asked for. */
public final class SmtpProbe implements OutgoingProbe {
    private static final long MB = 1024 * 1024;
    /** What people expect to be able to attach. */
    private static final long ATTACHMENTS = 25 * MB;
    /** Base64 with its line ends (RFC 2045 section 6.8): 78 bytes for 57. */
    private static final long NEEDED = ATTACHMENTS * 78 / 57;

    private final Dialer dialer;
    private final SendSecrets secrets;
    private final Clock clock;

    /** A probe of servers reached by this dialer. */
    public SmtpProbe(Dialer dialer, SendSecrets secrets, Clock clock) {
        this.dialer = dialer;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public void probe(Channel channel, Trial trial, @Nullable String sendTo) {
        if (channel.sends()) {
            new Run(channel, trial, sendTo).run();
        }
    }

    private final class Run {
        private final Channel channel;
        private final @Nullable String sendTo;
        private final Agenda agenda;
        private final SmtpLogin login;
        private OutgoingStep now = OutgoingStep.REACH;

        Run(Channel channel, Trial trial, @Nullable String sendTo) {
            this.channel = channel;
            this.sendTo = sendTo;
            this.agenda = new Agenda(trial, OutgoingStep.of(channel, sendTo));
            this.login = new SmtpLogin(dialer, secrets, channel, trial::uses);
        }

        void run() {
            SmtpConnection connection = null;
            try {
                connection = connect();
                connection = signIn(connection);
                sender(connection);
                size(connection);
                if (sendTo != null) {
                    mail(connection, sendTo);
                }
                SmtpTransport.quit(connection);
            } catch (SmtpFailure e) {
                fail(place(e.step()), e.problem());
            } catch (IOException e) {
                fail(now, login.lost(e).problem());
            } finally {
                if (connection != null) {
                    connection.close();
                }
            }
        }

        /** A token is judged, and the sender named, more than once: those failures belong where they happen. */
        private OutgoingStep place(Step step) {
            return switch (step) {
                case RESOLVE -> OutgoingStep.RESOLVE;
                case CONNECT -> OutgoingStep.REACH;
                case TLS -> OutgoingStep.ENCRYPT;
                case CAPABILITIES -> OutgoingStep.OFFER;
                case AUTHENTICATE -> OutgoingStep.AUTHENTICATE;
                case TOKEN, SENDER, RECIPIENT, DATA -> now;
            };
        }

        private void pass(OutgoingStep step, String what) {
            agenda.pass(step.title(channel, sendTo), what);
        }

        private void fail(OutgoingStep step, ChannelProblem problem) {
            agenda.fail(step.title(channel, sendTo), problem);
        }

        private SmtpConnection connect() throws IOException {
            Seen.addresses(channel.outgoing().host()).ifPresent(words -> pass(OutgoingStep.RESOLVE, words));
            SmtpConnection connection;
            try {
                connection = login.connect();
            } catch (SmtpFailure e) {
                if (e.step() == Step.TLS) {
                    reached();
                }
                throw e;
            }
            reached();
            String title = OutgoingStep.ENCRYPT.title(channel, sendTo);
            Seen.tls(connection.socket(), clock.instant())
                    .ifPresent(seen -> agenda.pass(Finding.passed(title, seen.words(), seen.warning())));
            return connection;
        }

        private void reached() {
            Channel.Outgoing out = channel.outgoing();
            pass(OutgoingStep.RESOLVE, out.host() + " is known where the connection is made.");
            pass(OutgoingStep.REACH, out.host() + ":" + out.port() + " answers" + login.way() + ".");
        }

        private SmtpConnection signIn(SmtpConnection connection) throws IOException {
            String mechanisms = connection.mechanisms();
            String offers =
                    mechanisms.isEmpty() ? "The server offers no sign-in." : "The server offers " + mechanisms + ".";
            return switch (channel.outgoingAuthentication()) {
                case Authentication.Password(String username) -> {
                    now = OutgoingStep.AUTHENTICATE;
                    login.withPassword(connection);
                    pass(OutgoingStep.OFFER, offers);
                    pass(OutgoingStep.AUTHENTICATE, "The server accepted the sign-in of " + username + ".");
                    yield connection;
                }
                case Authentication.OAuth2 oauth -> {
                    login.requireXoauth2(connection);
                    pass(OutgoingStep.OFFER, offers);
                    yield withToken(connection, oauth);
                }
            };
        }

        private SmtpConnection withToken(SmtpConnection first, Authentication.OAuth2 oauth) throws IOException {
            now = OutgoingStep.TOKEN;
            Tokens.Result.Ready token = login.token(oauth, null);
            String whose = token.user() == null ? "" : " of " + token.user();
            pass(OutgoingStep.TOKEN, "The identity server gave a token" + whose + ".");
            judge(oauth, token.accessToken());
            now = OutgoingStep.AUTHENTICATE;
            try {
                login.withToken(first, oauth, token);
                pass(OutgoingStep.AUTHENTICATE, "The server accepted the token" + whose + ".");
                return first;
            } catch (SmtpFailure e) {
                Tokens.Result.Ready renewed =
                        SmtpLogin.worthAnother(e) ? login.token(oauth, token.accessToken()) : token;
                if (renewed.accessToken().equals(token.accessToken())) {
                    throw e;
                }
                first.close();
                SmtpConnection second = login.signedIn(renewed);
                pass(
                        OutgoingStep.AUTHENTICATE,
                        "The server accepted a new token" + whose + "; it had refused the one before.");
                return second;
            }
        }

        private void judge(Authentication.OAuth2 oauth, String token) throws SmtpFailure {
            now = OutgoingStep.DECODE;
            TokenClaims claims = TokenClaims.read(token).orElse(null);
            if (claims == null) {
                pass(now, "The token cannot be read here; only the mail server can.");
                return;
            }
            ChannelProblem problem = TokenJudge.ended(claims, clock.instant());
            problem = problem == null ? TokenJudge.SENDING.problem(oauth, claims) : problem;
            if (problem != null) {
                throw new SmtpFailure(Step.TOKEN, problem, false);
            }
            agenda.pass(Finding.passed(
                    now.title(channel, sendTo),
                    "The token says: " + claims.words() + ".",
                    TokenJudge.SENDING.warning(claims)));
        }

        private String envelopeFrom() {
            return channel.envelopeFrom();
        }

        private void sender(SmtpConnection connection) throws IOException {
            now = OutgoingStep.SENDER;
            SmtpReply reply = connection.command("MAIL FROM:<" + envelopeFrom() + ">");
            if (!reply.positive()) {
                throw login.errors().message(Step.SENDER, reply);
            }
            // Some servers judge the sender only together with a recipient; nothing is sent.
            SmtpReply recipient = connection.command("RCPT TO:<" + channel.address() + ">");
            if (!recipient.positive() && recipient.words().contains("5.7.")) {
                throw login.errors().message(Step.SENDER, recipient);
            }
            if (SmtpErrors.heldBack(recipient)) {
                throw login.errors().passing(Step.SENDER, recipient);
            }
            connection.command("RSET");
            pass(
                    now,
                    "The server took " + channel.outgoing().sendAs() + " as the sender."
                            + (sendTo == null
                                    ? " Some servers, Microsoft 365 among them, look again when a mail comes: a test"
                                            + " mail proves it."
                                    : ""));
        }

        private void size(SmtpConnection connection) {
            now = OutgoingStep.SIZE;
            long largest = connection.largest();
            String said = largest == 0
                    ? "The server names no limit."
                    : "The server takes messages of " + mb(largest) + ", which is " + mb(largest * 57 / 78)
                            + " of attachments.";
            boolean small = largest > 0 && largest < NEEDED;
            agenda.pass(Finding.passed(
                    now.title(channel, sendTo),
                    said,
                    small
                            ? "Answers with 25 MB of attachments need " + mb(NEEDED)
                                    + "; larger ones than the limit are refused. Raise it on the server."
                            : null));
        }

        private static String mb(long bytes) {
            return bytes < MB ? Math.max(1, bytes / 1024) + " KB" : bytes / MB + " MB";
        }

        private void mail(SmtpConnection connection, String to) throws IOException {
            now = OutgoingStep.MAIL;
            must(connection.command("MAIL FROM:<" + envelopeFrom() + ">"), Step.SENDER);
            must(connection.command("RCPT TO:<" + to + ">"), Step.RECIPIENT);
            SmtpReply go = connection.command("DATA");
            if (go.code() != 354) {
                throw login.errors().message(Step.DATA, go);
            }
            try (InputStream message = TestMail.of(channel, to, clock.instant())) {
                connection.data(message);
            }
            SmtpReply end = connection.finishData();
            must(end, Step.DATA);
            pass(now, "The server took the test mail from " + channel.outgoing().sendAs() + ": " + end.words() + ".");
        }

        private void must(SmtpReply reply, Step step) throws SmtpFailure {
            if (!reply.positive()) {
                throw login.errors().message(step, reply);
            }
        }
    }
}
