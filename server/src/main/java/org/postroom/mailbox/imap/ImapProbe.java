package org.postroom.mailbox.imap;

import java.io.IOException;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Agenda;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.channel.Finding;
import org.postroom.channel.TokenJudge;
import org.postroom.channel.Trial;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.TokenClaims;
import org.postroom.mailbox.IncomingProbe;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.MailboxSecrets;
import org.postroom.wire.Dialer;
import org.postroom.wire.Seen;

/** Tries IMAP from the name to a message. The folder is opened for reading only, and nothing is marked as read. */
public final class ImapProbe implements IncomingProbe {
    private final Dialer dialer;
    private final MailboxSecrets secrets;
    private final Clock clock;

    /** A probe of servers reached by this dialer. */
    public ImapProbe(Dialer dialer, MailboxSecrets secrets, Clock clock) {
        this.dialer = dialer;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public OptionalLong probe(Channel channel, Trial trial) {
        return new Run(channel, trial).run();
    }

    private final class Run {
        private final Channel channel;
        private final Agenda agenda;
        private final ImapLogin login;
        private IncomingStep now = IncomingStep.REACH;
        private OptionalLong count = OptionalLong.empty();

        Run(Channel channel, Trial trial) {
            this.channel = channel;
            this.agenda = new Agenda(trial, IncomingStep.of(channel));
            this.login = new ImapLogin(dialer, channel, secrets.route(channel), trial::uses);
        }

        OptionalLong run() {
            ImapConnection connection = null;
            try {
                connection = connect();
                connection = signIn(connection);
                look(connection);
                connection.send("P0 LOGOUT");
            } catch (MailboxException e) {
                fail(e);
            } catch (IOException e) {
                fail(lost(connection, e));
            } finally {
                if (connection != null) {
                    connection.close();
                }
            }
            return count;
        }

        private void fail(MailboxException e) {
            IncomingStep step = e.step() == Step.WORK ? now : IncomingStep.of(e.step());
            agenda.fail(step.title, e.problem());
        }

        private MailboxException lost(@Nullable ImapConnection connection, IOException e) {
            String bye = connection == null ? null : connection.bye();
            MailboxException known = bye == null
                    ? login.lost(e)
                    : login.errors().work(Step.WORK, new ImapConnection.Outcome(false, "", ""), bye);
            // The server was reached: what broke is the step that is under way.
            return new MailboxException(Step.WORK, known.problem(), e);
        }

        private void pass(IncomingStep step, String what) {
            agenda.pass(step.title, what);
        }

        private ImapConnection connect() throws IOException {
            Channel.Incoming in = channel.incoming();
            Seen.addresses(in.host()).ifPresent(words -> pass(IncomingStep.RESOLVE, words));
            ImapConnection connection;
            try {
                connection = login.connect();
            } catch (MailboxException e) {
                if (e.step() == Step.TLS || e.step() == Step.CAPABILITIES) {
                    reached();
                }
                throw e;
            }
            reached();
            Seen.tls(connection.socket(), clock.instant())
                    .ifPresent(seen ->
                            agenda.pass(Finding.passed(IncomingStep.ENCRYPT.title, seen.words(), seen.warning())));
            now = IncomingStep.OFFER;
            return connection;
        }

        private void reached() {
            Channel.Incoming in = channel.incoming();
            pass(IncomingStep.RESOLVE, in.host() + " is known where the connection is made.");
            pass(IncomingStep.REACH, in.host() + ":" + in.port() + " answers" + login.way() + ".");
        }

        private ImapConnection signIn(ImapConnection connection) throws IOException {
            String offered = connection.capabilities().stream()
                    .filter(c -> c.startsWith("AUTH="))
                    .map(c -> c.substring("AUTH=".length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            boolean login = !connection.can("LOGINDISABLED");
            String words = offered.isEmpty()
                    ? login ? "The server offers LOGIN." : "The server offers no sign-in."
                    : "The server offers " + offered + (login ? "." : "; not LOGIN.");
            return switch (channel.authentication()) {
                case Authentication.Password(String username) -> {
                    String password = secrets.password(channel);
                    now = IncomingStep.AUTHENTICATE;
                    this.login.withPassword(connection, username, password);
                    pass(IncomingStep.OFFER, words);
                    pass(IncomingStep.AUTHENTICATE, "The server accepted the sign-in of " + username + ".");
                    yield connection;
                }
                case Authentication.OAuth2 oauth -> {
                    this.login.requireXoauth2(connection);
                    pass(IncomingStep.OFFER, words);
                    yield withToken(connection, oauth);
                }
            };
        }

        private ImapConnection withToken(ImapConnection connection, Authentication.OAuth2 oauth) throws IOException {
            now = IncomingStep.TOKEN;
            String token = secrets.token(channel, oauth, null);
            pass(IncomingStep.TOKEN, "The identity server gave a token.");
            judge(oauth, token);
            now = IncomingStep.AUTHENTICATE;
            try {
                login.withToken(connection, channel.address(), token);
                pass(IncomingStep.AUTHENTICATE, "The server accepted the token for " + channel.address() + ".");
                return connection;
            } catch (MailboxException e) {
                if (e.step() != Step.AUTHENTICATE || e.problem().kind() != Kind.SETTINGS) {
                    throw e;
                }
                return again(connection, oauth, token, e);
            }
        }

        /** As reading does: a token can be refused before its time, and a new one may be accepted. */
        private ImapConnection again(
                ImapConnection refused, Authentication.OAuth2 oauth, String rejected, MailboxException first)
                throws IOException {
            String renewed = secrets.token(channel, oauth, rejected);
            if (renewed.equals(rejected)) {
                throw first;
            }
            refused.close();
            ImapConnection connection = login.connect();
            try {
                login.withToken(connection, channel.address(), renewed);
            } catch (IOException e) {
                connection.close();
                throw e;
            }
            pass(
                    IncomingStep.AUTHENTICATE,
                    "The server accepted a new token for " + channel.address() + "; it had refused the one before.");
            return connection;
        }

        private void judge(Authentication.OAuth2 oauth, String token) throws MailboxException {
            now = IncomingStep.DECODE;
            TokenClaims claims = TokenClaims.read(token).orElse(null);
            if (claims == null) {
                pass(IncomingStep.DECODE, "The token cannot be read here; only the mail server can.");
                return;
            }
            ChannelProblem problem = TokenJudge.ended(claims, clock.instant());
            problem = problem == null ? TokenJudge.READING.problem(oauth, claims) : problem;
            if (problem != null) {
                throw new MailboxException(Step.WORK, problem, null);
            }
            pass(IncomingStep.DECODE, "The token says: " + claims.words() + ".");
        }

        private void look(ImapConnection connection) throws IOException {
            now = IncomingStep.OPEN;
            String folder = channel.incoming().folder();
            Examined examined = examine(connection, folder);
            if (examined.missing() != null) {
                Examined inbox = folder.equalsIgnoreCase("INBOX") ? examined : examine(connection, "INBOX");
                if (inbox.missing() == null) {
                    pass(IncomingStep.OPEN, holds("INBOX", inbox.exists()));
                }
                throw login.errors()
                        .noFolder(
                                examined.missing(), ImapFolders.list(connection).similar(folder));
            }
            count = OptionalLong.of(examined.exists());
            pass(IncomingStep.OPEN, holds(folder, examined.exists()));
            pass(IncomingStep.FIND, "The folder " + folder + " is there.");
            now = IncomingStep.READ;
            pass(IncomingStep.READ, newest(connection, examined.exists()));
            now = IncomingStep.SENT;
            pass(
                    IncomingStep.SENT,
                    ImapFolders.list(connection)
                            .sent()
                            .map(f -> "Sent mail lies in " + f.name() + ".")
                            .orElse(
                                    "No folder for sent mail was found. Nothing needs one: Microsoft 365 keeps a copy by"
                                            + " itself, and Postroom keeps its own."));
        }

        private String holds(String folder, long messages) {
            return "The folder " + folder + " of " + channel.address() + " holds " + messages
                    + (messages == 1 ? " message." : " messages.");
        }

        /**
         * A folder opened for reading.
         *
         * @param missing the server's words, if there is no such folder
         */
        private record Examined(long exists, @Nullable String missing) {}

        private Examined examine(ImapConnection connection, String folder) throws IOException {
            long[] exists = new long[1];
            ImapConnection.Outcome outcome = connection.command("EXAMINE " + MailboxName.encode(folder), r -> {
                if (r.word(1).equals("EXISTS")) {
                    exists[0] = ImapSession.number(r.word(0));
                }
            });
            if (outcome.ok()) {
                return new Examined(exists[0], null);
            }
            if (connection.bye() == null && ImapErrors.missing(outcome.words())) {
                return new Examined(0, outcome.words());
            }
            throw login.errors().work(Step.OPEN_FOLDER, outcome, connection.bye());
        }

        private String newest(ImapConnection connection, long messages) throws IOException {
            if (messages == 0) {
                return "The folder is empty, so there was nothing to read.";
            }
            boolean[] came = new boolean[1];
            ImapConnection.Outcome outcome = connection.command(
                    "FETCH " + messages + " (UID BODY.PEEK[]<0.512>)",
                    r -> came[0] |= r.word(1).equals("FETCH") && FetchAnswer.hasBody(r));
            if (!outcome.ok() && (connection.bye() != null || ImapErrors.busy(outcome))) {
                throw login.errors().work(Step.WORK, outcome, connection.bye());
            }
            if (outcome.ok() && came[0]) {
                return "The newest message can be read.";
            }
            throw new MailboxException(
                    Step.WORK,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "The mail server counts " + messages + " messages and does not hand out the newest.",
                            "Open it in another mail program; if that works, test again. The right to read messages"
                                    + " (Full Access) may be missing.",
                            outcome.words(),
                            Sureness.POSSIBLE,
                            null),
                    null);
        }
    }
}
