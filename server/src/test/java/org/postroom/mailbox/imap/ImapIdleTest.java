package org.postroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.channel.Security;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.mailbox.MailboxException;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;

/** Waiting for news. */
class ImapIdleTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeTaker taker = new FakeTaker();
    private FakeImapServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeImapServer();
        server.add("one");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Mailbox open() throws Exception {
        Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), SSLContext.getDefault());
        return new ImapMailboxes(dialer, new FakeSecrets())
                .open(TestChannels.imap(server.port(), Security.NONE, TestChannels.PASSWORD));
    }

    private static CompletableFuture<Void> waiting(Mailbox mailbox, Cursor cursor, Duration most) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                mailbox.awaitNews(cursor, most);
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private void untilIdle() {
        await().atMost(Duration.ofSeconds(10)).until(() -> server.idling != null);
    }

    @Test
    void newMailEndsTheWait() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            CompletableFuture<Void> wait = waiting(mailbox, cursor, LONG);
            untilIdle();

            server.add("two");
            Objects.requireNonNull(server.idling).write("* 2 EXISTS\r\n");

            wait.get(5, TimeUnit.SECONDS);
            mailbox.read(cursor, 200, taker);
        }
        assertThat(taker.messages).containsOnlyKeys("7:1", "7:2");
    }

    @Test
    void newMailIsNoticedAlthoughAnotherMessageWasRemoved() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            CompletableFuture<Void> wait = waiting(mailbox, cursor, LONG);
            untilIdle();

            Objects.requireNonNull(server.idling).write("* 1 EXPUNGE\r\n* 1 EXISTS\r\n* 1 RECENT\r\n");

            assertThat(wait).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void newMailBetweenFetchAndIdleIsNoticed() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            // UIDNEXT lags behind, as it may for the folder that is open; EXISTS comes with another answer.
            server.twist = (command, tag, line) -> command.startsWith("STATUS")
                    ? "* 2 EXISTS\r\n* STATUS INBOX (UIDNEXT 2 UIDVALIDITY 7)\r\n" + tag + " OK done\r\n"
                    : null;

            assertThat(waiting(mailbox, cursor, LONG)).succeedsWithin(Duration.ofSeconds(5));
            assertThat(server.received()).doesNotContain("IDLE");
        }
    }

    @Test
    void higherUidnextEndsTheWaitWhateverIdleSays() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            server.add("two");

            assertThat(waiting(mailbox, cursor, LONG)).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void wakingEndsTheWaitAndTheSessionGoesOn() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Void> wait = waiting(mailbox, cursor, LONG);
                untilIdle();

                mailbox.wake();

                assertThat(wait).succeedsWithin(Duration.ofSeconds(5));
            }
            server.add("two");
            mailbox.read(cursor, 200, taker);
        }
        assertThat(taker.messages).containsKey("7:2");
        assertThat(server.connections()).isOne();
    }

    @Test
    void quietServerIsAskedAgainAndKept() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);

            mailbox.awaitNews(cursor, Duration.ofMillis(200));
            mailbox.awaitNews(cursor, Duration.ofMillis(200));
        }
        assertThat(server.received()).containsSubsequence("IDLE", "DONE", "STATUS", "IDLE", "DONE");
        assertThat(server.connections()).isOne();
    }

    @Test
    void goodbyeDuringIdleIsTold() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            CompletableFuture<Void> wait = waiting(mailbox, cursor, LONG);
            untilIdle();

            Objects.requireNonNull(server.idling).write("* BYE Session invalidated - AccessTokenExpired\r\n");

            assertThat(wait)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            MailboxException.class,
                            e -> assertThat(e.tokenExpired()).isTrue());
        }
    }

    @Test
    void refusedIdleIsAProblemInWords() throws Exception {
        server.twist = (command, tag, line) -> command.equals("IDLE") ? tag + " NO not now\r\n" : null;

        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);

            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> mailbox.awaitNews(cursor, LONG))
                    .withMessageContaining("not now");
        }
    }

    @Test
    void closedConnectionIsTold() throws Exception {
        try (Mailbox mailbox = open()) {
            Cursor cursor = mailbox.read(mailbox.start(), 200, taker);
            CompletableFuture<Void> wait = waiting(mailbox, cursor, LONG);
            untilIdle();

            server.close();

            assertThat(wait)
                    .failsWithin(Duration.ofSeconds(5))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(MailboxException.class);
        }
    }
}
