package org.postroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.mailbox.MailboxException;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;

/** Reading from servers that answer in every odd way the protocol allows, and some it does not. */
class ImapReadingTest {
    private final FakeTaker taker = new FakeTaker();
    private final FakeSecrets secrets = new FakeSecrets();
    private FakeImapServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeImapServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Mailbox open() throws Exception {
        return open(TestChannels.imap(server.port(), Security.NONE, TestChannels.PASSWORD));
    }

    private Mailbox open(Channel channel) throws Exception {
        Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), SSLContext.getDefault());
        return new ImapMailboxes(dialer, secrets).open(channel);
    }

    @Test
    void googlesThreadIsAskedForWhereItIsOffered() throws Exception {
        server.add("Subject: one\r\n\r\nhello\r\n");
        server.twist = (command, tag, line) -> command.startsWith("UID FETCH") && command.contains("X-GM-THRID")
                ? "* 1 FETCH (X-GM-THRID 1278455344230334865 UID 1 BODY[] {5}\r\nhello)\r\n" + tag + " OK done\r\n"
                : null;

        try (Mailbox mailbox = open()) {
            mailbox.read(mailbox.start(), 200, taker);
        }
        assertThat(taker.threads).isEmpty();

        server.capabilities += " X-GM-EXT-1";
        try (Mailbox mailbox = open()) {
            mailbox.read(mailbox.start(), 200, taker);
        }
        assertThat(taker.threads).containsEntry("7:1", "google:1278455344230334865");
    }

    @Test
    void readsAnswersThatComeByteByByte() throws Exception {
        server.byteByByte = true;
        server.add("Subject: one\r\n\r\n(brackets) {5}\r\nhello\r\n");
        server.add("");

        try (Mailbox mailbox = open()) {
            Cursor end = mailbox.read(mailbox.start(), 200, taker);

            assertThat(end).isEqualTo(new Cursor("7:2"));
        }
        assertThat(taker.messages)
                .containsEntry("7:1", "Subject: one\r\n\r\n(brackets) {5}\r\nhello\r\n")
                .containsEntry("7:2", "");
        assertThat(taker.unavailable).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 1 FETCH (X-GM-LABELS (\"a b\" {3}\r\nx)y) FLAGS (\\Seen [odd $Junk) UID 1 MODSEQ (12) BODY[] {5}\r\nhello)\r\n",
                "* 1 FETCH (BODY[] {5}\r\nhello UID 1 EMAILID (M1) THREADID NIL)\r\n",
                "* 1 FETCH (UID 1 BODY[] \"hello\")\r\n",
                "* 1 fetch (uid 1 body[] {5}\r\nhello internaldate \"bad date\")\r\n",
                "* 3 EXISTS\r\n* OK [HIGHESTMODSEQ 5] x\r\n* 1 FETCH (FLAGS (\\Seen) UID 1)\r\n* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n",
                "* 1 FETCH (UID 1 ENVELOPE (NIL \"s {3}\" ((NIL NIL \"a\" \"b\")) NIL) BODY[] {5}\r\nhello)\r\n",
                "*  1  FETCH (UID 1  BODY[]  {5}\r\nhello )\r\n",
            })
    void passesOverWhatItDoesNotKnow(String answer) throws Exception {
        server.add("hello");
        server.twist = (command, tag, line) -> command.startsWith("UID FETCH") ? answer + tag + " OK done\r\n" : null;

        try (Mailbox mailbox = open()) {
            mailbox.read(mailbox.start(), 200, taker);
        }

        assertThat(taker.messages).containsExactly(java.util.Map.entry("7:1", "hello"));
        assertThat(taker.unavailable).isEmpty();
    }

    @Test
    void asksAgainForWhatDidNotComeAndThenCallsItUnavailable() throws Exception {
        server.add("one");
        server.add("two");
        server.add("three");
        server.twist = (command, tag, line) -> switch (command.split(" \\(")[0]) {
            case "UID FETCH 1:3" ->
                FakeImapServer.fetched(1, "one") + "* 2 FETCH (BODY[] {3}\r\ntwo)\r\n" + tag + " OK\r\n";
            case "UID FETCH 3" -> tag + " NO [SERVERBUG] it is broken\r\n";
            default -> null;
        };

        try (Mailbox mailbox = open()) {
            Cursor end = mailbox.read(mailbox.start(), 200, taker);

            assertThat(end).isEqualTo(new Cursor("7:3"));
        }
        assertThat(taker.messages).containsOnlyKeys("7:1", "7:2");
        assertThat(taker.unavailable).containsOnlyKeys("7:3");
    }

    @Test
    void messageThatIsGoneMeanwhileIsNeitherTakenNorUnavailable() throws Exception {
        server.add("one");
        server.twist = (command, tag, line) -> {
            if (command.startsWith("UID FETCH")) {
                server.messages.clear();
                return "* 1 EXPUNGE\r\n" + tag + " OK done\r\n";
            }
            return null;
        };

        try (Mailbox mailbox = open()) {
            mailbox.read(mailbox.start(), 200, taker);
        }

        assertThat(taker.messages).isEmpty();
        assertThat(taker.unavailable).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO [UNAVAILABLE] Temporary failure | PASSING",
                "NO Request is throttled. Suggested Backoff Time: 1000 milliseconds | THROTTLED",
                "BAD [LIMIT] Too many commands | THROTTLED",
            })
    void busyServerIsWaitedForAndNothingIsCalledUnavailable(String refusal, Kind kind) throws Exception {
        server.add("one");
        server.twist = (command, tag, line) -> command.startsWith("UID FETCH") ? tag + " " + refusal + "\r\n" : null;

        try (Mailbox mailbox = open()) {
            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> mailbox.read(mailbox.start(), 200, taker))
                    .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(kind))
                    .satisfies(e -> assertThat(e.problem().code()).contains(refusal.substring(0, 10)));
        }
        assertThat(taker.unavailable).isEmpty();
    }

    @Test
    void tokenThatEndsWithinTheSessionIsToldApart() throws Exception {
        server.add("one");
        server.twist = (command, tag, line) -> {
            if (command.startsWith("UID SEARCH")) {
                line.write("* BYE Session invalidated - AccessTokenExpired\r\n");
                line.close();
            }
            return null;
        };

        try (Mailbox mailbox = open()) {
            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> mailbox.read(mailbox.start(), 200, taker))
                    .satisfies(e -> assertThat(e.tokenExpired()).isTrue());
        }
    }

    @Test
    void tooLargeMessageIsPassedOverAndTheNextOneRead() throws Exception {
        server.add("x".repeat(5 << 20));
        server.add("small");
        taker.largest = 1 << 20;

        try (Mailbox mailbox = open()) {
            mailbox.read(mailbox.start(), 200, taker);
        }

        assertThat(taker.messages).containsOnlyKeys("7:2");
        assertThat(taker.unavailable.get("7:1")).contains("5 MB").contains("1 MB");
    }

    @Test
    void readsOnlyWhatIsBehindTheCursorAndNoMoreThanAsked() throws Exception {
        for (int i = 0; i < 10; i++) {
            server.add("m" + i);
        }

        try (Mailbox mailbox = open()) {
            Cursor first = mailbox.read(new Cursor("7:3"), 4, taker);
            assertThat(first).isEqualTo(new Cursor("7:7"));
            assertThat(mailbox.read(first, 200, taker)).isEqualTo(new Cursor("7:10"));
            assertThat(mailbox.read(new Cursor("7:10"), 200, taker)).isEqualTo(new Cursor("7:10"));
        }
        assertThat(taker.messages).containsOnlyKeys("7:4", "7:5", "7:6", "7:7", "7:8", "7:9", "7:10");
    }

    @Test
    void cursorOfAnotherNumberingIsNotUnderstood() throws Exception {
        try (Mailbox mailbox = open()) {
            assertThat(mailbox.understands(new Cursor("7:3"))).isTrue();
            assertThat(mailbox.understands(new Cursor("70:3"))).isFalse();
            assertThat(mailbox.understands(new Cursor("6:3"))).isFalse();
        }
    }

    @Test
    void startsAtTheFirstMessageReceivedSinceATime() throws Exception {
        server.add("old");
        server.add("new");
        server.twist = (command, tag, line) -> command.startsWith("UID FETCH")
                ? "* 1 FETCH (UID 1 INTERNALDATE \"30-Oct-2026 23:59:59 +0000\")\r\n"
                        + "* 2 FETCH (UID 2 INTERNALDATE \" 1-Nov-2026 01:00:00 +0100\")\r\n" + tag + " OK done\r\n"
                : null;

        try (Mailbox mailbox = open()) {
            assertThat(mailbox.since(Instant.parse("2026-11-01T00:00:00Z"))).isEqualTo(new Cursor("7:1"));
        }
        assertThat(server.received()).contains("UID SEARCH SINCE 31-Oct-2026");
    }

    @Test
    void folderNamesGoInModifiedUtf7() throws Exception {
        Channel channel = TestChannels.imap(
                server.port(),
                Security.NONE,
                TestChannels.PASSWORD,
                "Entwürfe & \"台北\"",
                new AfterImport.Move("Erledigt/日本語"));
        server.add("one");

        try (Mailbox mailbox = open(channel)) {
            mailbox.after(channel.incoming().afterImport(), List.of("7:1"));
        }

        assertThat(server.received())
                .contains("SELECT \"Entw&APw-rfe &- \\\"&U,BTFw-\\\"\"")
                .contains("UID MOVE 1 \"Erledigt/&ZeVnLIqe-\"");
    }

    @Test
    void deletesByUidAndNeverMoreThanItsOwn() throws Exception {
        Channel channel = TestChannels.imap(
                server.port(), Security.NONE, TestChannels.PASSWORD, "INBOX", new AfterImport.Delete());

        try (Mailbox mailbox = open(channel)) {
            mailbox.after(new AfterImport.Delete(), List.of("7:1", "7:2", "7:3", "7:9", "6:5"));
        }

        assertThat(server.received())
                .contains("UID STORE 1:3,9 +FLAGS.SILENT (\\Deleted)")
                .contains("UID EXPUNGE 1:3,9");
    }

    @Test
    void withoutUidplusNothingIsExpunged() throws Exception {
        server.capabilities = "IMAP4rev1 AUTH=PLAIN SASL-IR";

        try (Mailbox mailbox = open()) {
            mailbox.after(new AfterImport.Delete(), List.of("7:1"));
        }

        assertThat(server.received()).contains("\\Deleted").doesNotContain("EXPUNGE");
    }

    @Test
    void makesTheFolderItMovesToWhenTheServerAsksForIt() throws Exception {
        server.twist = (command, tag, line) ->
                command.startsWith("UID MOVE") && !server.received().contains("CREATE")
                        ? tag + " NO [TRYCREATE] no such folder\r\n"
                        : null;

        try (Mailbox mailbox = open()) {
            mailbox.after(new AfterImport.Move("Done"), List.of("7:1"));
        }

        assertThat(server.received()).containsSubsequence("UID MOVE 1", "CREATE \"Done\"", "UID MOVE 1");
    }

    @Test
    void unknownFolderIsNamed() {
        server.twist = (command, tag, line) ->
                command.startsWith("EXAMINE") ? tag + " NO [NONEXISTENT] Mailbox doesn't exist\r\n" : null;

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(TestChannels.imap(
                        server.port(), Security.NONE, TestChannels.PASSWORD, "Nowhere", new AfterImport.Keep())))
                .satisfies(e -> assertThat(e.step()).isEqualTo(MailboxException.Step.FIND_FOLDER))
                .satisfies(e ->
                        assertThat(e.problem().sentence()).contains("Nowhere").contains("Check its name"));
    }

    @Test
    void deepNestingEndsTheSessionNotTheProgram() {
        server.twist = (command, tag, line) ->
                command.startsWith("EXAMINE") ? "* X " + "(".repeat(100_000) + "\r\n" + tag + " OK\r\n" : null;

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(this::open)
                .withMessageContaining("nests its answer");
    }

    @Test
    void lookingAgainWhereMessagesWereRemovedDoesNotHurry() throws Exception {
        server.uidNext = 50;

        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            long before = System.nanoTime();
            mailbox.awaitNews(cursor, Duration.ofMillis(700));

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(600));
        }
    }
}
