package org.postroom.simulator.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.MessageContent;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.Tokens;
import org.postroom.simulator.testkit.Wire;

class ImapTranscriptTest {
    private static final String MAIL =
            "From: Ann <ann@fabrikam.test>\r\nSubject: Hello\r\nDate: Sun, 22 Nov 2026 10:00:00"
                    + " +0000\r\nMessage-ID: <1@fabrikam.test>\r\n\r\nBody text\r\n";

    private Simulator simulator;
    private Folder inbox;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        inbox = simulator
                .organisation()
                .mailbox("support@contoso.test")
                .orElseThrow()
                .inbox();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private void deliver() {
        inbox.append(
                new MessageContent(MAIL.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), Set.of(), Instant.now());
    }

    private Wire connected() throws Exception {
        Wire wire = Wire.tls(simulator, simulator.endpoints().imapTlsPort());
        wire.line();
        return wire;
    }

    private Wire opened(String token) throws Exception {
        Wire wire = connected();
        List<String> answer = wire.imap("A", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2("support@contoso.test", token));
        assertThat(answer).containsExactly("A OK AUTHENTICATE completed.");
        return wire;
    }

    private Wire selected() throws Exception {
        Wire wire = opened(Tokens.mail(simulator, "svc@contoso.test"));
        wire.imap("S", "SELECT INBOX");
        return wire;
    }

    @Test
    void greetsAndOffersWhatExchangeDoes() throws Exception {
        try (Wire wire = Wire.tls(simulator, simulator.endpoints().imapTlsPort())) {
            assertThat(wire.line()).startsWith("* OK The Microsoft Exchange IMAP4 service is ready. [");
            assertThat(wire.imap("1", "CAPABILITY"))
                    .containsExactly(
                            "* CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN"
                                    + " IDLE NAMESPACE LITERAL+",
                            "1 OK CAPABILITY completed.");
            assertThat(wire.imap("2", "LOGOUT"))
                    .containsExactly(
                            "* BYE Microsoft Exchange Server IMAP4 server signing off.", "2 OK LOGOUT completed.");
        }
    }

    @Test
    void twoStepAuthenticationWorksToo() throws Exception {
        try (Wire wire = connected()) {
            wire.send("1 AUTHENTICATE XOAUTH2");
            assertThat(wire.line()).isEqualTo("+ ");
            wire.send(Wire.xoauth2("support@contoso.test", Tokens.mail(simulator, "svc@contoso.test")));
            assertThat(wire.line()).isEqualTo("1 OK AUTHENTICATE completed.");
        }
    }

    @Test
    void wrongTokensAreRefused() throws Exception {
        String graph = Tokens.of(simulator, "svc@contoso.test", "https://graph.microsoft.com/Mail.Read");
        String smtpOnly = Tokens.of(simulator, "svc@contoso.test", "https://outlook.office.com/SMTP.Send");
        String old = Tokens.lasting(simulator, "svc@contoso.test", Duration.ofSeconds(-5));
        String good = Tokens.mail(simulator, "svc@contoso.test");
        List<String> answers = new ArrayList<>();

        try (Wire wire = connected()) {
            for (String token : List.of(graph, smtpOnly, old, good + "x", "nonsense")) {
                answers.addAll(wire.imap("1", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2("support@contoso.test", token)));
            }
            String off = Tokens.mail(simulator, "noimap@contoso.test");
            answers.addAll(wire.imap("1", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2("noimap@contoso.test", off)));
            answers.addAll(wire.imap("1", "AUTHENTICATE XOAUTH2 !!!"));
        }

        assertThat(answers).hasSize(7).allMatch("1 NO AUTHENTICATE failed."::equals);
    }

    @Test
    void passwordsAreRefusedUnlessTheTenantAllowsThem() throws Exception {
        try (Wire wire = connected()) {
            assertThat(wire.imap("1", "LOGIN svc@contoso.test Pa55-svc")).containsExactly("1 NO LOGIN failed.");
            simulator.organisation().tenants().getFirst().basicAuth(true);
            assertThat(wire.imap("2", "LOGIN svc@contoso.test \"Pa55-svc\"")).containsExactly("2 OK LOGIN completed.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders@contoso.test", "nobody@contoso.test", "pia@contoso.test"})
    void withoutFullAccessTheUserIsAuthenticatedButNotConnected(String mailbox) throws Exception {
        try (Wire wire = connected()) {
            String token = Tokens.mail(simulator, "svc@contoso.test");
            assertThat(wire.imap("1", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2(mailbox, token)))
                    .containsExactly("1 OK AUTHENTICATE completed.");
            assertThat(wire.imap("2", "SELECT INBOX"))
                    .containsExactly("2 BAD User is authenticated but not connected.");
            assertThat(wire.imap("3", "LIST \"\" *")).containsExactly("3 BAD User is authenticated but not connected.");
            assertThat(wire.line()).isEqualTo("* BYE Connection closed. 14");
            assertThat(wire.line()).isEqualTo("<closed>");
        }
    }

    @Test
    void oneConnectionTooManyIsNotConnected() throws Exception {
        List<Wire> wires = new ArrayList<>();
        String token = Tokens.mail(simulator, "svc@contoso.test");
        try {
            for (int i = 0; i < 20; i++) {
                wires.add(opened(token));
            }
            Wire last = opened(token);
            wires.add(last);
            assertThat(last.imap("2", "SELECT INBOX"))
                    .containsExactly("2 BAD User is authenticated but not connected.");
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    @Test
    void expiredTokenEndsAnIdlingSession() throws Exception {
        try (Wire wire = selected()) {
            wire.send("2 IDLE");
            assertThat(wire.line()).startsWith("+ IDLE accepted");
            simulator.clock().advance(Duration.ofHours(2));
            assertThat(wire.line()).isEqualTo("* BYE Session invalidated - AccessTokenExpired");
        }
    }

    @Test
    void expiredTokenEndsABusySessionAtItsNextCommand() throws Exception {
        try (Wire wire = selected()) {
            simulator.clock().advance(Duration.ofHours(2));
            assertThat(wire.imap("2", "NOOP").getFirst()).isEqualTo("* BYE Session invalidated - AccessTokenExpired");
        }
    }

    @Test
    void idlingClientHearsOfMailAtOnce() throws Exception {
        try (Wire wire = selected()) {
            wire.send("2 IDLE");
            wire.line();
            long before = System.nanoTime();
            deliver();
            assertThat(wire.until("* 0 RECENT")).containsExactly("* 1 EXISTS", "* 0 RECENT");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(wire.send("DONE").until("2 ")).containsExactly("2 OK IDLE completed.");
        }
    }

    @Test
    void fetchAnswersEveryItem() throws Exception {
        deliver();
        try (Wire wire = selected()) {
            assertThat(wire.imap("1", "UID FETCH 1:* (FLAGS RFC822.SIZE ENVELOPE)"))
                    .containsExactly(
                            "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 130 ENVELOPE (\"Sun, 22 Nov 2026 10:00:00 +0000\""
                                    + " \"Hello\" ((\"Ann\" NIL \"ann\" \"fabrikam.test\")) ((\"Ann\" NIL \"ann\""
                                    + " \"fabrikam.test\")) ((\"Ann\" NIL \"ann\" \"fabrikam.test\")) NIL NIL NIL NIL"
                                    + " \"<1@fabrikam.test>\"))",
                            "1 OK FETCH completed.");
            assertThat(wire.imap("2", "FETCH 1 (BODY.PEEK[TEXT]<5.4> BODYSTRUCTURE)"))
                    .containsExactly(
                            "* 1 FETCH (BODY[TEXT]<5> {4}",
                            "text BODYSTRUCTURE (\"TEXT\" \"PLAIN\" (\"charset\" \"us-ascii\") NIL NIL \"7BIT\" 11 1 NIL NIL"
                                    + " NIL NIL))",
                            "2 OK FETCH completed.");
            assertThat(wire.imap("3", "FETCH 1 BODY[HEADER.FIELDS (subject)]"))
                    .contains("Subject: Hello", " FLAGS (\\Seen))");
            assertThat(wire.imap("4", "FETCH 7 FLAGS")).containsExactly("4 OK FETCH completed.");
            assertThat(wire.imap("5", "FETCH 1 BODY.PEEK[3]")).contains("* 1 FETCH (BODY[3] NIL)");
        }
    }

    @Test
    void peekLeavesUnseenAndExamineLeavesAllAlone() throws Exception {
        deliver();
        try (Wire wire = selected()) {
            wire.imap("1", "FETCH 1 BODY.PEEK[]");
            assertThat(wire.imap("2", "SEARCH UNSEEN")).contains("* SEARCH 1");
            wire.imap("3", "EXAMINE INBOX");
            wire.imap("4", "FETCH 1 BODY[]");
            assertThat(wire.imap("5", "SEARCH UNSEEN")).contains("* SEARCH 1");
            assertThat(wire.imap("6", "STORE 1 +FLAGS (\\Deleted)"))
                    .containsExactly("6 NO Folder is opened read-only.");
        }
    }

    @Test
    void searchFinds() throws Exception {
        deliver();
        deliver();
        try (Wire wire = selected()) {
            assertThat(wire.imap("1", "UID SEARCH HEADER Message-ID <1@fabrikam.test> UID 2:*"))
                    .contains("* SEARCH 2");
            assertThat(wire.imap("2", "SEARCH FROM fabrikam SENTSINCE 22-Nov-2026"))
                    .contains("* SEARCH 1 2");
            assertThat(wire.imap("3", "SEARCH SENTBEFORE 22-Nov-2026")).contains("* SEARCH");
            assertThat(wire.imap("4", "SEARCH OR SUBJECT nothing TEXT \"body text\""))
                    .contains("* SEARCH 1 2");
            assertThat(wire.imap("5", "SEARCH NOT UID 1")).contains("* SEARCH 2");
        }
    }

    @Test
    void movesReportNewUidsAndShiftNumbers() throws Exception {
        deliver();
        deliver();
        try (Wire wire = selected()) {
            List<String> answer = wire.imap("1", "UID MOVE 1 Archive");
            assertThat(answer.get(0)).matches("\\* OK \\[COPYUID \\d+ 1 1\\]");
            assertThat(answer.subList(1, 3)).containsExactly("* 1 EXPUNGE", "1 OK MOVE completed.");
            wire.imap("2", "UID STORE 2 +FLAGS.SILENT (\\Deleted)");
            assertThat(wire.imap("3", "UID EXPUNGE 2")).containsExactly("* 1 EXPUNGE", "3 OK EXPUNGE completed.");
        }
    }

    @Test
    void appendReportsTheUid() throws Exception {
        try (Wire wire = opened(Tokens.mail(simulator, "svc@contoso.test"))) {
            wire.send("1 APPEND \"Sent Items\" (\\Seen) \"22-Nov-2026 10:00:00 +0100\" {" + MAIL.length() + "}");
            assertThat(wire.line()).isEqualTo("+ Ready for additional command text.");
            wire.send(MAIL);
            assertThat(wire.line()).matches("1 OK \\[APPENDUID \\d+ 1\\] APPEND completed\\.");
            assertThat(wire.imap("2", "STATUS \"Sent Items\" (MESSAGES UNSEEN UIDNEXT)"))
                    .contains("* STATUS \"Sent Items\" (MESSAGES 1 UNSEEN 0 UIDNEXT 2)");
        }
    }

    @Test
    void badSyntaxIsBadAndTheSessionGoesOn() throws Exception {
        deliver();
        List<String> bad = List.of(
                "FETCH",
                "FETCH 1",
                "FETCH 0 FLAGS",
                "FETCH 1 (FLAGS",
                "FETCH 1 BODY[",
                "FETCH x FLAGS",
                "FETCH 1 BODY[1.]",
                "STORE 1 FLAGS",
                "SEARCH",
                "SEARCH SINCE yesterday",
                "UID",
                "UID NOOP",
                "SELECT",
                "SELECT \"INBOX",
                "APPEND INBOX",
                "APPEND INBOX {99999999999}",
                "LIST \"\"",
                "STATUS INBOX (NOPE)",
                "FETCH 1 BODY[99999999999999]",
                "COPY 1",
                "SEARCH " + "(".repeat(60),
                "SEARCH " + "NOT ".repeat(200),
                "LIST \"\" " + "x".repeat(70_000),
                "STORE 1 +FLAGS (" + "a ".repeat(30),
                "ID (",
                "IDLE now");
        try (Wire wire = selected()) {
            for (String command : bad) {
                wire.imap("0", "SELECT INBOX");
                assertThat(wire.imap("1", command).getLast()).as(command).contains("BAD Command Argument Error.");
                assertThat(wire.imap("2", "NOOP").getLast()).as(command).isEqualTo("2 OK NOOP completed.");
            }
        }
    }

    @Test
    void tokenOfAnotherSimulatorIsRefused() throws Exception {
        String foreign;
        try (Simulator other = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests())) {
            foreign = Tokens.mail(other, "svc@contoso.test");
        }
        try (Wire wire = connected()) {
            assertThat(wire.imap("1", "AUTHENTICATE XOAUTH2 " + Wire.xoauth2("support@contoso.test", foreign)))
                    .containsExactly("1 NO AUTHENTICATE failed.");
        }
    }

    @Test
    void unknownAndMisplacedCommandsAreTold() throws Exception {
        try (Wire wire = connected()) {
            assertThat(wire.imap("1", "FROBNICATE")).containsExactly("1 BAD Command Error. 10");
            assertThat(wire.imap("2", "SELECT INBOX")).containsExactly("2 BAD Command received in Invalid state.");
            assertThat(wire.imap("3", "IDLE")).containsExactly("3 BAD Command received in Invalid state.");
        }
    }

    @Test
    void throttledCommandsAreTold() throws Exception {
        try (Wire wire = selected()) {
            simulator
                    .organisation()
                    .mailbox("support@contoso.test")
                    .orElseThrow()
                    .throttle(1);
            assertThat(wire.imap("1", "NOOP").getLast())
                    .startsWith("1 BAD Request is throttled. Suggested Backoff Time");
            assertThat(wire.imap("2", "NOOP").getLast()).isEqualTo("2 OK NOOP completed.");
        }
    }

    @Test
    void startTlsComesBeforeAuthentication() throws Exception {
        try (Wire wire = Wire.plain(simulator.endpoints().imapStartTlsPort())) {
            wire.line();
            assertThat(wire.imap("1", "CAPABILITY").getFirst())
                    .contains("STARTTLS", "LOGINDISABLED")
                    .doesNotContain("AUTH=");
            assertThat(wire.imap("2", "AUTHENTICATE XOAUTH2 abc")).containsExactly("2 NO AUTHENTICATE failed.");
            assertThat(wire.imap("3", "STARTTLS")).containsExactly("3 OK Begin TLS negotiation now.");
        }
    }

    @Test
    void customersReadTheirMailWithAPassword() throws Exception {
        try (Wire wire = Wire.plain(simulator.endpoints().imapStartTlsPort())) {
            wire.line();
            assertThat(wire.imap("1", "LOGIN ann@fabrikam.test customer")).containsExactly("1 OK LOGIN completed.");
            assertThat(wire.imap("2", "SELECT INBOX").getLast()).isEqualTo("2 OK [READ-WRITE] SELECT completed.");
        }
    }
}
