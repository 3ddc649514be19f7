package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postroom.channel.Reopening;
import org.postroom.channel.ThreadRules;
import org.postroom.channel.ThreadRules.SecureUpdate;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.MessageParser;
import org.postroom.store.Database;

/** How mail finds its conversation, on every database. */
interface ThreadsContract {
    Database database();

    private ThreadsDesk desk() {
        return new ThreadsDesk(database());
    }

    private static void assertJoined(Message message, Message other, String because) {
        assertThat(message.conversationId()).isEqualTo(other.conversationId());
        assertThat(message.threadedBecause()).isNotNull().contains(because);
    }

    private static void assertApart(Message message, Message other) {
        assertThat(message.conversationId()).isNotEqualTo(other.conversationId());
    }

    @Test
    default void strangerWithASignedIdIsToldOfAndNotLetIn() {
        ThreadsDesk desk = desk();
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message answer = desk.answer(first.conversationId(), "ann@a.test");

        Message eve =
                desk.mail("eve@e.test", "<2#@e.test>", "In-Reply-To: " + answer.messageId() + "\nCc: ann@a.test\n");

        assertApart(eve, first);
        assertThat(eve.threadedBecause())
                .contains("not joined to #" + desk.row(first).number(), "signed by us", "eve@e.test takes no part");
    }

    @Test
    default void strangerWithASignedIdIsLetInWhereThatIsEnough() {
        ThreadsDesk desk = desk().secure(SecureUpdate.SIGNED);
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message answer = desk.answer(first.conversationId(), "ann@a.test");

        assertJoined(
                desk.mail("eve@e.test", "<2#@e.test>", "References: " + answer.messageId() + "\n"),
                first,
                "signed by us");
    }

    @Test
    default void numberAloneLetsInWhoTakesPartAndEverybodyOnlyInModeZero() {
        ThreadsDesk desk = desk();
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        String number = Long.toString(desk.row(first).number());

        assertJoined(byNumber(desk, "ann@a.test", "Case " + number), first, "number " + number);
        assertJoined(byNumber(desk, "ann@a.test", "AW: [HASH" + number + "] lamp"), first, "number " + number);
        Message eve = byNumber(desk, "eve@e.test", "case " + number);
        assertApart(eve, first);
        assertThat(eve.threadedBecause()).contains("not joined to #" + number);
        desk.secure(SecureUpdate.SIGNED);
        assertApart(byNumber(desk, "eve@e.test", "Case " + number), first);
        desk.secure(SecureUpdate.NUMBER);
        assertJoined(byNumber(desk, "eve@e.test", "Case " + number), first, "number " + number);
    }

    /** HASH becomes the sign that a tag stands in for elsewhere. */
    private static Message byNumber(ThreadsDesk desk, String from, String subject) {
        String text = "From: " + from + "\nTo: " + ThreadsDesk.OWN + "\nSubject: " + subject.replace("HASH", "#")
                + "\n\nHi\n";
        ParsedMessage parsed = new MessageParser().parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return desk.file(List.of(new InboundMessage(desk.ids.next(), parsed, true, Instant.now())))
                .getFirst();
    }

    @Test
    default void numberWithoutRightIsNotSpokenOfWhereThatIsNotWanted() {
        ThreadsDesk desk = desk();
        desk.rules = new ThreadRules(
                SecureUpdate.PEOPLE, false, false, desk.rules.numberForms(), false, desk.rules.reopen(), false);
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");

        assertThat(byNumber(desk, "eve@e.test", "Case " + desk.row(first).number())
                        .threadedBecause())
                .isNull();
    }

    @Test
    default void numberInTheTextCountsOnlyWhereThatIsChosen() {
        ThreadsDesk desk = desk();
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        String text = "About case " + desk.row(first).number() + ".";

        assertApart(desk.mail("ann@a.test", "<2#@a.test>", "", text), first);
        desk.rules = new ThreadRules(
                SecureUpdate.PEOPLE, true, false, desk.rules.numberForms(), true, desk.rules.reopen(), false);
        assertJoined(desk.mail("ann@a.test", "<3#@a.test>", "", text), first, "number");
    }

    @Test
    default void numberOfAnotherChannelIsNobodysNumber() {
        ThreadsDesk desk = desk().secure(SecureUpdate.NUMBER);
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        MessageId own = desk.ownIds.make(first.conversationId(), "contoso.test");
        desk.channel = "another-" + desk.channel;

        assertApart(byNumber(desk, "ann@a.test", "Case " + desk.row(first).number()), first);
        assertApart(desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: " + own + "\n"), first);
    }

    @Test
    default void markInTheQuotedTextLeadsBackAndAForgedOneDoesNot() {
        ThreadsDesk desk = desk();
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        String mark = OwnMessageIds.mark(desk.ownIds.make(first.conversationId(), "contoso.test"));
        String forged = mark.replaceFirst("[0-9a-f]]$", "0]").equals(mark)
                ? mark.replaceFirst("[0-9a-f]]$", "1]")
                : mark.replaceFirst("[0-9a-f]]$", "0]");

        assertJoined(desk.mail("ann@a.test", "<2#@a.test>", "", "> " + mark), first, "reference in its text");
        assertJoined(
                desk.mail(
                        "ann@a.test",
                        "<3#@a.test>",
                        "MIME-Version: 1.0\nContent-Type: text/html\n",
                        "<p>Hi</p><blockquote><div style=\"font-size:1px;color:#fff\">" + mark + "</div></blockquote>"),
                first,
                "reference in its text");
        assertApart(desk.mail("ann@a.test", "<4#@a.test>", "", "> " + forged), first);
        assertApart(desk.mail("eve@e.test", "<5#@a.test>", "", "> " + mark), first);
    }

    @Test
    default void providersThreadJoinsWithinTheChannelWhoTakesPart() {
        ThreadsDesk desk = desk();
        desk.thread = "google:" + desk.tag;
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");

        assertJoined(desk.mail("ann@a.test", "<2#@a.test>", ""), first, "mail provider");
        assertApart(desk.mail("eve@e.test", "<3#@e.test>", ""), first);
        desk.channel = "another-" + desk.channel;
        assertApart(desk.mail("ann@a.test", "<4#@a.test>", ""), first);
    }

    @Test
    default void conversationsNobodyWorkedOnAreJoinedByALateParent() {
        ThreadsDesk desk = desk();
        Message grandchild = desk.mail("ann@a.test", "<3#@a.test>", "In-Reply-To: <2#@a.test>\n");
        Message sibling = desk.mail("ann@a.test", "<4#@a.test>", "In-Reply-To: <1#@a.test>\n");
        long number = desk.row(sibling).number();

        Message child = desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");

        assertThat(desk.place(sibling)).isEqualTo(grandchild.conversationId()).isEqualTo(desk.place(child));
        assertThat(desk.row(sibling).id()).isEqualTo(grandchild.conversationId());
        assertThat(desk.row(sibling).messageCount()).isEqualTo(3);
        assertThat(desk.conversations
                        .list(new Conversations.Filter(desk.channel, null, null, null, null, "" + number), null, 10)
                        .items())
                .extracting(Views.Row::id)
                .containsExactly(grandchild.conversationId());
        assertThat(desk.types()).contains("conversation.merged");
    }

    @Test
    default void conversationsSomebodyWorkedOnAreNotJoined() {
        ThreadsDesk desk = desk();
        Message one = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message two = desk.mail("ann@a.test", "<2#@a.test>", "");
        desk.answer(one.conversationId(), "ann@a.test");
        desk.answer(two.conversationId(), "ann@a.test");

        Message both = desk.mail("ann@a.test", "<3#@a.test>", "References: <1#@a.test> <2#@a.test>\n");

        assertJoined(both, two, "References <2");
        assertThat(desk.place(one)).isEqualTo(one.conversationId());
    }

    @Test
    default void eachStrangerWhoAnswersANewsletterFindsHisOwnConversationAgain() {
        ThreadsDesk desk = desk();
        Message ann = desk.mail("ann@a.test", "<1#@a.test>", "In-Reply-To: <news#@list.test>\n");
        Message bob = desk.mail("bob@b.test", "<2#@b.test>", "In-Reply-To: <news#@list.test>\n");

        assertApart(bob, ann);
        assertJoined(desk.mail("bob@b.test", "<3#@b.test>", "References: <news#@list.test>\n"), bob, "References");
    }

    @Test
    default void closedConversationIsFollowedByAnotherWhereItMayNotOpenAgain() {
        ThreadsDesk desk = desk().reopen(new Reopening.Never());
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        desk.close(first);

        Message second = desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");
        Message third = desk.mail("ann@a.test", "<3#@a.test>", "In-Reply-To: <1#@a.test>\n");
        Message automatic =
                desk.mail("ann@a.test", "<4#@a.test>", "In-Reply-To: <1#@a.test>\nAuto-Submitted: auto-replied\n");

        assertApart(second, first);
        assertThat(second.threadedBecause())
                .contains("follow-up of #" + desk.row(first).number(), "In-Reply-To");
        assertThat(desk.row(second).follows()).isEqualTo(first.conversationId());
        assertThat(desk.row(first).state()).isEqualTo(State.CLOSED);
        assertJoined(third, second, "it follows #");
        assertJoined(automatic, first, "In-Reply-To");
    }

    @Test
    default void closedConversationOpensAgainWithinTheTime() {
        ThreadsDesk desk = desk().reopen(new Reopening.Within(Duration.ofDays(14)));
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        desk.close(first);

        assertJoined(desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n"), first, "In-Reply-To");
        assertThat(desk.row(first).state()).isEqualTo(State.OPEN);
    }

    @Test
    default void contactIsTheOneWhoIsKnownOfReplyToFromAndSender() {
        ThreadsDesk desk = desk();
        desk.mail("known-#@a.test", "<1#@a.test>", "");

        assertContact(desk, "known-#@a.test", "known-#@a.test", "Reply-To: new-#@a.test\n");
        assertContact(desk, "form@shop.test", "buyer-#@b.test", "Reply-To: buyer-#@b.test\n");
        assertContact(desk, "cid-#@c.test", "cid-#@c.test", "Reply-To: " + ThreadsDesk.OWN + "\n");
        assertContact(desk, "dan-#@c.test", "dan-#@c.test", "Reply-To: no-reply@c.test\n");
        assertContact(desk, "eva-#@c.test", "eva-#@c.test", "Cc: list-#@l.test\nReply-To: list-#@l.test\n");
        assertContact(desk, ThreadsDesk.OWN, "fay-#@c.test", "Reply-To: fay-#@c.test\n");
        assertContact(desk, "noreply@shop.test", "noreply@shop.test", "");
    }

    private static void assertContact(ThreadsDesk desk, String from, String expected, String more) {
        Message mail = desk.mail(from, "<" + desk.ids.next() + "@a.test>", more);

        assertThat(desk.row(mail).contact())
                .isNotNull()
                .extracting(Views.Contact::address)
                .isEqualTo(expected.replace("#", desk.tag));
    }

    @Test
    default void copyOfOurOwnMessageDoesNotTakeItsIdAlong() {
        ThreadsDesk desk = desk();
        Message first = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message answer = desk.answer(first.conversationId(), "ann@a.test");

        Message eve = desk.mail("eve@e.test", answer.messageId(), "");

        assertApart(eve, first);
        assertJoined(
                desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: " + answer.messageId() + "\n"),
                first,
                "signed by us");
    }

    @Test
    default void tenThousandReferencesAndCirclesAreFiledInAnInstant() {
        ThreadsDesk desk = desk();
        StringBuilder many = new StringBuilder("References: <root#@a.test>");
        for (int i = 0; i < 10_000; i++) {
            many.append("\n <").append(i).append("#@a.test>");
        }
        long before = System.nanoTime();
        Message one = desk.mail("ann@a.test", "<x#@a.test>", many + "\nIn-Reply-To: <x#@a.test>\n");
        Message root = desk.mail("ann@a.test", "<root#@a.test>", "References: <x#@a.test> <root#@a.test>\n");

        assertThat(root.conversationId()).isEqualTo(one.conversationId());
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    default void theCommandAndTheServerAgree() {
        for (int seed = 0; seed < 25; seed++) {
            for (boolean strangers : new boolean[] {false, true}) {
                ThreadsDesk desk = desk();
                List<Clues> mails = GeneratedMails.of(seed, strangers);
                Grouping grouping = new Grouping();
                mails.forEach(grouping::add);

                assertThat(filed(desk, mails, 1 + seed % 7))
                        .as("seed %s, strangers %s", seed, strangers)
                        .isEqualTo(grouping.conversations().stream()
                                .map(Set::copyOf)
                                .collect(Collectors.toSet()));
            }
        }
    }

    private static Set<Set<Integer>> filed(ThreadsDesk desk, List<Clues> mails, int batch) {
        List<Message> filed = new ArrayList<>();
        for (int i = 0; i < mails.size(); i += batch) {
            filed.addAll(desk.file(mails.subList(i, Math.min(mails.size(), i + batch)).stream()
                    .map(mail -> inbound(desk, mail))
                    .toList()));
        }
        Map<String, Set<Integer>> byPlace = new java.util.HashMap<>();
        for (int i = 0; i < filed.size(); i++) {
            byPlace.computeIfAbsent(desk.place(filed.get(i)), c -> new java.util.HashSet<>())
                    .add(i);
        }
        return Set.copyOf(byPlace.values());
    }

    private static InboundMessage inbound(ThreadsDesk desk, Clues mail) {
        List<String> people = mail.people().stream().sorted().toList();
        String text = "From: " + people.getFirst() + "\nTo: " + ThreadsDesk.OWN
                + (people.size() > 1 ? "\nCc: " + people.getLast() : "")
                + (mail.own() == null ? "" : "\nMessage-ID: " + mail.own())
                + (mail.names().isEmpty()
                        ? ""
                        : "\nReferences: " + String.join(" ", mail.names().reversed()))
                + "\n\nHi " + desk.ids.next() + "\n";
        ParsedMessage parsed = new MessageParser().parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String thread = mail.thread();
        return new InboundMessage(
                desk.ids.next(),
                parsed,
                true,
                Instant.now(),
                thread == null ? null : thread.substring("thread:".length()));
    }
}
