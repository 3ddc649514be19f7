package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.MessageParser;
import org.postroom.send.Outboxes;
import org.postroom.store.Database;
import org.postroom.store.Databases;
import org.postroom.store.Ids;
import org.postroom.store.StoreSettings;

/** Which conversation a message joins, why, and what it does to a closed one. */
class ThreadingTest {
    private static final Database DATABASE = open();
    private static final Ids IDS = new Ids(Clock.systemUTC());
    private static final String OWN = "support@contoso.test";

    private final List<String> news = new ArrayList<>();
    private final String channel = UUID.randomUUID().toString();
    private final String tag = UUID.randomUUID().toString().substring(0, 8);
    private final OwnMessageIds ownIds = new OwnMessageIds(new byte[32]);
    private final Filing filing = new Filing(DATABASE, IDS, Clock.systemUTC(), ownIds, this::publish);

    private static Database open() {
        try {
            Path folder = Files.createTempDirectory("postroom-threading");
            return Databases.open(new StoreSettings(folder, null, null, null), folder)
                    .database();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void publish(Object event) {
        if (event instanceof ConversationNews one) {
            news.add(one.type());
        }
    }

    /** A mail; {@code #} in it becomes this test's own tag, so that ids never meet those of other tests. */
    private ParsedMessage mail(String from, String id, String more) {
        String text =
                "From: " + from + "\nTo: " + OWN + "\nSubject: Lamp\nMessage-ID: " + id + "\n" + more + "\nHello\n";
        byte[] bytes = text.replace("#", tag).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            return new MessageParser().parse(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Message file(String from, String id, String more) {
        return file(mail(from, id, more)).getFirst();
    }

    private List<Message> file(ParsedMessage... parsed) {
        List<InboundMessage> batch = new ArrayList<>();
        for (ParsedMessage one : parsed) {
            batch.add(new InboundMessage(IDS.next(), one, true, Instant.now()));
        }
        Map<String, String> filed = filing.file(channel, batch, Set.of(OWN));
        Conversations conversations = conversations();
        return filed.values().stream()
                .map(id -> conversations.message(id).orElseThrow())
                .toList();
    }

    private Conversations conversations() {
        return new Conversations(DATABASE, Clock.systemUTC(), Outboxes.none(DATABASE), this::publish);
    }

    private static void assertJoined(Message message, Message other, String because) {
        assertThat(message.conversationId()).isEqualTo(other.conversationId());
        assertThat(message.threadedBecause()).isNotNull().contains(because);
    }

    private static void assertAlone(Message message, Message other) {
        assertThat(message.conversationId()).isNotEqualTo(other.conversationId());
        assertThat(message.threadedBecause()).isNull();
    }

    @Test
    void answerNamesTheMessageItAnswers() {
        Message first = file("ann@a.test", "<1#@a.test>", "");

        Message second = file("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");

        assertJoined(second, first, "In-Reply-To <1" + tag + "@a.test>");
    }

    @Test
    void nearestReferenceDecides() {
        Message one = file("ann@a.test", "<1#@a.test>", "");
        Message other = file("ann@a.test", "<9#@a.test>", "");
        conversations().change(one.conversationId(), State.CLOSED, null);
        conversations().change(other.conversationId(), State.CLOSED, null);

        Message third = file("ann@a.test", "<3#@a.test>", "References: <1#@a.test> <9#@a.test> <unknown#@a.test>\n");

        assertJoined(third, other, "References <9");
        assertThat(one.conversationId()).isNotEqualTo(other.conversationId());
    }

    @Test
    void sameSubjectAloneJoinsNothing() {
        assertAlone(file("ann@a.test", "<2#@a.test>", ""), file("ann@a.test", "<1#@a.test>", ""));
    }

    @Test
    void ownSignedIdFindsItsConversationWhoeverWritesOfThosePresent() {
        Message first = file("ann@a.test", "<1#@a.test>", "Cc: assistant@b.test\n");
        MessageId own = ownIds.make(first.conversationId(), "contoso.test");

        Message fromElsewhere = file("assistant@b.test", "<2#@b.test>", "In-Reply-To: " + own + "\n");
        Message shouted = file(
                "ann@a.test", "<3#@a.test>", "References: " + own.value().toUpperCase(java.util.Locale.ROOT) + "\n");

        assertJoined(fromElsewhere, first, "signed by us");
        assertJoined(shouted, first, "signed by us");
    }

    @Test
    void ownIdWithAWrongSignatureJoinsNothing() {
        Message first = file("ann@a.test", "<1#@a.test>", "");
        MessageId foreign = new OwnMessageIds("x".repeat(32).getBytes(StandardCharsets.US_ASCII))
                .make(first.conversationId(), "contoso.test");

        assertAlone(file("eve@evil.test", "<2#@evil.test>", "In-Reply-To: " + foreign + "\n"), first);
        assertThat(ownIds.conversation(foreign)).isEmpty();
        assertThat(ownIds.conversation(new MessageId("<pr.x.y.z@contoso.test>")))
                .isEmpty();
    }

    @Test
    void strangersWhoAnswerOneNewsletterStayApart() {
        Message ann = file("ann@a.test", "<1#@a.test>", "In-Reply-To: <news#@list.test>\n");

        Message bob = file("bob@b.test", "<2#@b.test>", "In-Reply-To: <news#@list.test>\n");

        assertAlone(bob, ann);
    }

    @Test
    void strangerWhoNamesAKnownMessageDoesNotJoin() {
        Message ann = file("ann@a.test", "<1#@a.test>", "");

        assertAlone(file("eve@evil.test", "<2#@evil.test>", "In-Reply-To: <1#@a.test>\n"), ann);
    }

    @Test
    void siblingsByAnUnknownReferenceJoin() {
        Message one = file("ann@a.test", "<1#@a.test>", "References: <lost#@a.test>\n");

        Message two = file("ann@a.test", "<2#@a.test>", "References: <lost#@a.test>\n");

        assertJoined(two, one, "also named by another message");
    }

    @Test
    void messageThatWasNamedBeforeItCameJoins() {
        Message answer = file("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");

        Message late = file("ann@a.test", "<1#@a.test>", "");

        assertJoined(late, answer, "named by another message");
    }

    @Test
    void somebodyInCopyMayAnswer() {
        Message first = file("ann@a.test", "<1#@a.test>", "Cc: bob@b.test\n");

        assertJoined(file("bob@b.test", "<2#@b.test>", "In-Reply-To: <1#@a.test>\n"), first, "In-Reply-To");
    }

    @Test
    void messagesOfOneBatchFindEachOther() {
        List<Message> both = file(
                mail("ann@a.test", "<1#@a.test>", ""), mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n"));

        assertJoined(both.getLast(), both.getFirst(), "In-Reply-To");
    }

    @Test
    void otherChannelsMessagesDoNotMatter() {
        Message first = file("ann@a.test", "<1#@a.test>", "");
        var elsewhere = filing.file(
                UUID.randomUUID().toString(),
                List.of(new InboundMessage(
                        IDS.next(),
                        mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n"),
                        true,
                        Instant.now())),
                Set.of(OWN));

        Message there =
                conversations().message(elsewhere.values().iterator().next()).orElseThrow();

        assertAlone(there, first);
    }

    @Test
    void reportAboutOurMessageJoinsItsConversationAndDoesNotReopenIt() {
        Message first = file("ann@a.test", "<1#@a.test>", "");
        conversations().change(first.conversationId(), State.CLOSED, null);
        MessageId own = ownIds.make(first.conversationId(), "contoso.test");

        Message report = file(
                "MAILER-DAEMON@a.test",
                "<r#@a.test>",
                "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
                        + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nFailed.\n"
                        + "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.a.test\n\n"
                        + "Final-Recipient: rfc822; ann@a.test\nAction: failed\nStatus: 5.1.1\n"
                        + "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " + own
                        + "\nSubject: Lamp\n\n--b--\n");

        assertJoined(report, first, "report about");
        assertThat(report.kind()).isEqualTo("bounce");
        assertThat(state(first)).isEqualTo(State.CLOSED);
    }

    @Test
    void personReopensAClosedConversation() {
        Message first = file("ann@a.test", "<1#@a.test>", "");
        conversations().change(first.conversationId(), State.CLOSED, null);

        file("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");

        assertThat(state(first)).isEqualTo(State.OPEN);
        assertThat(news).contains("conversation.reopened");
    }

    @Test
    void automaticMailDoesNotReopenAClosedConversation() {
        Message first = file("ann@a.test", "<1#@a.test>", "");
        conversations().change(first.conversationId(), State.CLOSED, null);
        news.clear();

        Message automatic =
                file("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\nAuto-Submitted: auto-replied\n");

        assertJoined(automatic, first, "In-Reply-To");
        assertThat(automatic.automatic()).isNotNull();
        assertThat(state(first)).isEqualTo(State.CLOSED);
        assertThat(news).containsExactly("message.received");
    }

    private @Nullable State state(Message message) {
        return Objects.requireNonNull(
                        conversations().find(message.conversationId()).orElse(null))
                .state();
    }
}
