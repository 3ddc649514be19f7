package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.postroom.conversation.Rearranging.Rearranged;
import org.postroom.conversation.Views.Message;
import org.postroom.store.Database;

/** Merging and splitting, remembered by later mail, on every database. */
interface RearrangingContract {
    Database database();

    private ThreadsDesk desk() {
        return new ThreadsDesk(database());
    }

    @Test
    default void mergedConversationsIdNumberAndSignedIdsLeadToTheOther() {
        ThreadsDesk desk = desk();
        Message one = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message answer = desk.answer(one.conversationId(), "ann@a.test");
        Message two = desk.mail("ann@a.test", "<2#@a.test>", "");
        long number = desk.row(one).number();

        assertThat(desk.merged(one.conversationId(), "" + desk.row(two).number()))
                .isEqualTo(two.conversationId());

        assertThat(desk.row(one.conversationId()).id()).isEqualTo(two.conversationId());
        assertThat(desk.row(two).messageCount()).isEqualTo(3);
        assertThat(place(desk.mail("ann@a.test", "<3#@a.test>", "In-Reply-To: <1#@a.test>\n")))
                .isEqualTo(two.conversationId());
        assertThat(place(desk.mail("ann@a.test", "<4#@a.test>", "In-Reply-To: " + answer.messageId() + "\n")))
                .isEqualTo(two.conversationId());
        assertThat(place(desk.mail("ann@a.test", "<5#@a.test>", "Subject: Case " + number + "\n")))
                .isEqualTo(two.conversationId());
        assertThat(desk.place(desk.answer(one.conversationId(), "ann@a.test"))).isEqualTo(two.conversationId());
        assertThat(desk.types()).contains("conversation.merged");
    }

    private static String place(Message message) {
        return message.conversationId();
    }

    @Test
    default void mergeIsTakenBack() {
        ThreadsDesk desk = desk();
        Message one = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message two = desk.mail("bob@b.test", "<2#@b.test>", "");
        desk.close(two);
        desk.merged(one.conversationId(), two.conversationId());
        assertThat(desk.row(two).state()).isEqualTo(State.OPEN);

        assertThat(ThreadsDesk.done(desk.rearranging.unmerge(one.conversationId(), null)))
                .isEqualTo(one.conversationId());

        assertThat(desk.place(one)).isEqualTo(one.conversationId());
        assertThat(desk.row(two).state()).isEqualTo(State.CLOSED);
        assertThat(desk.row(one).messageCount()).isOne();
        assertThat(desk.row(two).messageCount()).isOne();
        assertThat(place(desk.mail("ann@a.test", "<3#@a.test>", "In-Reply-To: <1#@a.test>\n")))
                .isEqualTo(one.conversationId());
        assertThat(place(desk.mail("bob@b.test", "<4#@a.test>", "In-Reply-To: <1#@a.test>\n")))
                .isNotIn(one.conversationId(), two.conversationId());
    }

    @Test
    default void whatCannotBeMergedIsSaidClearly() {
        ThreadsDesk desk = desk();
        String one = desk.mail("ann@a.test", "<1#@a.test>", "").conversationId();
        String two = desk.mail("ann@a.test", "<2#@a.test>", "").conversationId();
        desk.channel = "other-" + desk.channel;
        String elsewhere = desk.mail("ann@a.test", "<3#@a.test>", "").conversationId();

        assertThat(ThreadsDesk.wrong(desk.rearranging.merge(one, one, null))).contains("into itself");
        assertThat(ThreadsDesk.wrong(desk.rearranging.merge(one, elsewhere, null)))
                .contains("another channel");
        assertThat(ThreadsDesk.wrong(desk.rearranging.merge(one, "no-such", null)))
                .contains("no conversation");
        assertThat(desk.rearranging.merge("no-such", one, null)).isInstanceOf(Rearranged.NoSuchConversation.class);
        desk.merged(one, two);
        assertThat(desk.merged(one, two)).isEqualTo(two);
        assertThat(ThreadsDesk.wrong(desk.rearranging.merge(two, one, null))).contains("merged into this one");
        assertThat(ThreadsDesk.wrong(desk.rearranging.unmerge(two, null))).contains("not merged");
    }

    @Test
    default void chainOfMergesLeadsToItsEnd() {
        ThreadsDesk desk = desk();
        Message one = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message two = desk.mail("ann@a.test", "<2#@a.test>", "");
        Message three = desk.mail("ann@a.test", "<3#@a.test>", "");

        desk.merged(one.conversationId(), two.conversationId());
        desk.merged(two.conversationId(), three.conversationId());

        assertThat(desk.row(one.conversationId()).id()).isEqualTo(three.conversationId());
        assertThat(place(desk.mail("ann@a.test", "<4#@a.test>", "In-Reply-To: <1#@a.test>\n")))
                .isEqualTo(three.conversationId());
    }

    @Test
    default void answersToSplitOffMessagesGoWithThemAndOthersStay() {
        ThreadsDesk desk = desk();
        Message root = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message answer = desk.answer(root.conversationId(), "ann@a.test");
        Message other = desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");
        desk.mail("ann@a.test", "<3#@a.test>", "In-Reply-To: <2#@a.test>\n");

        String fresh =
                ThreadsDesk.done(desk.rearranging.split(root.conversationId(), List.of(other.id(), answer.id()), null));

        assertThat(fresh).isNotEqualTo(root.conversationId());
        assertThat(desk.place(other)).isEqualTo(fresh);
        assertThat(desk.row(fresh).messageCount()).isEqualTo(2);
        assertThat(place(desk.mail("ann@a.test", "<4#@a.test>", "References: <1#@a.test> <2#@a.test>\n")))
                .isEqualTo(fresh);
        assertThat(place(desk.mail("ann@a.test", "<5#@a.test>", "In-Reply-To: " + answer.messageId() + "\n")))
                .isEqualTo(fresh);
        assertThat(place(desk.mail("ann@a.test", "<6#@a.test>", "In-Reply-To: <1#@a.test>\n")))
                .isEqualTo(root.conversationId());
        assertThat(place(desk.mail("ann@a.test", "<7#@a.test>", "In-Reply-To: <3#@a.test>\n")))
                .isEqualTo(root.conversationId());
        assertThat(desk.types()).contains("conversation.split", "conversation.created");
    }

    @Test
    default void whoWasSplitOffNoLongerTakesPart() {
        ThreadsDesk desk = desk();
        Message root = desk.mail("ann@a.test", "<1#@a.test>", "Cc: bob@b.test\n");
        Message answer = desk.answer(root.conversationId(), "ann@a.test");
        desk.mail("ann@a.test", "<2#@a.test>", "In-Reply-To: <1#@a.test>\n");
        desk.rearranging.split(root.conversationId(), List.of(root.id()), null);

        Message bob = desk.mail("bob@b.test", "<3#@b.test>", "In-Reply-To: " + answer.messageId() + "\n");

        assertThat(bob.threadedBecause()).contains("not joined");
    }

    @Test
    default void splitNamesWhatIsWrong() {
        ThreadsDesk desk = desk();
        Message one = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message two = desk.mail("ann@a.test", "<2#@a.test>", "");

        assertThat(ThreadsDesk.wrong(desk.rearranging.split(one.conversationId(), List.of(), null)))
                .contains("at least one");
        assertThat(ThreadsDesk.wrong(desk.rearranging.split(one.conversationId(), List.of(one.id()), null)))
                .contains("has to stay");
        assertThat(ThreadsDesk.wrong(desk.rearranging.split(one.conversationId(), List.of(two.id()), null)))
                .contains("no message");
        assertThat(desk.rearranging.split("no-such", List.of(two.id()), null))
                .isInstanceOf(Rearranged.NoSuchConversation.class);
    }

    @Test
    default void mergesAtTheSameTimeLoseNothing() throws Exception {
        ThreadsDesk desk = desk();
        Message one = desk.mail("ann@a.test", "<1#@a.test>", "");
        Message two = desk.mail("ann@a.test", "<2#@a.test>", "");
        Message three = desk.mail("ann@a.test", "<3#@a.test>", "");
        List<Callable<Rearranged>> all = List.of(
                () -> desk.rearranging.merge(one.conversationId(), two.conversationId(), null),
                () -> desk.rearranging.merge(two.conversationId(), one.conversationId(), null),
                () -> desk.rearranging.merge(three.conversationId(), one.conversationId(), null));

        try (var pool = Executors.newFixedThreadPool(3)) {
            for (Future<Rearranged> each : pool.invokeAll(all)) {
                assertThat(each.get()).isNotInstanceOf(Rearranged.NoSuchConversation.class);
            }
        }

        String place = desk.place(one);
        assertThat(desk.place(two)).isEqualTo(place);
        assertThat(desk.place(three)).isEqualTo(place);
        assertThat(desk.row(place).id()).isEqualTo(place);
        assertThat(desk.row(place).messageCount()).isEqualTo(3);
    }
}
