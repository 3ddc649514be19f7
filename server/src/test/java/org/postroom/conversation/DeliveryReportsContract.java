package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.store.tables.Tables.MESSAGE;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Message;
import org.postroom.send.SendNews;
import org.postroom.store.Database;

/** What bounces, receipts and complaints do to our messages, their conversations and the contacts, on every database. */
interface DeliveryReportsContract {
    Instant NOW = AnsweredDesk.NOW;

    Database database();

    @Test
    default void hardBounceMarksTheAnswerTheConversationAndTheContact() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));

        Message report = desk.file(
                Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "5.1.1", "no-such-user", true)));

        assertThat(report.conversationId()).isEqualTo(answer.conversationId());
        assertThat(desk.returned(answer)).singleElement().satisfies(one -> {
            assertThat(one.address()).isEqualTo(desk.customer);
            assertThat(one.action()).isEqualTo("failed");
            assertThat(one.status()).isEqualTo("5.1.1");
            assertThat(one.code()).isEqualTo("550");
            assertThat(one.permanent()).isTrue();
            assertThat(one.reason()).isEqualTo("no-such-user");
            assertThat(one.message()).isEqualTo(report.id());
        });
        assertThat(desk.row(answer).undelivered()).isNotNull();
        assertThat(desk.row(answer).preview()).isEqualTo("Answer");
        assertThat(desk.contact(answer).invalid()).isNotNull().satisfies(why -> {
            assertThat(why.reason()).isEqualTo("no-such-user");
            assertThat(why.message()).isEqualTo(report.id());
        });
        assertThat(desk.types()).contains("message.bounced", "contact.flagged");
    }

    @Test
    default void idWhoseCaseARelayChangedIsOursAllTheSame() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));

        desk.file(Mails.bounce(
                NOW,
                answer.messageId().toUpperCase(Locale.ROOT),
                Mails.failed(desk.customer.toUpperCase(Locale.ROOT), "5.1.1", "no-such-user", true)));

        assertThat(desk.contact(answer).invalid()).isNotNull();
    }

    @Test
    default void reportAboutNobodysMessageFlagsNobody() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));

        desk.file(Mails.bounce(
                NOW, "<not.ours@elsewhere.test>", Mails.failed(desk.customer, "5.1.1", "no-such-user", true)));

        assertThat(desk.contact(answer).invalid()).isNull();
        assertThat(desk.row(answer).undelivered()).isNull();
        assertThat(desk.types()).doesNotContain("message.bounced");
    }

    @Test
    default void faultsOfSenderAndTransitAreOnlyRecorded() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(100));

        for (String reason : List.of("spam", "policy", "blocked", "content", "too-big", "relay-denied", "system")) {
            desk.file(Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "5.7.1", reason, true)));
        }
        desk.file(Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "4.4.1", "network", false)));

        assertThat(desk.returned(answer)).hasSize(8);
        assertThat(desk.contact(answer).invalid()).isNull();
        assertThat(desk.row(answer).undelivered()).isNotNull();
    }

    @Test
    default void threeSoftBouncesAfterFifteenSilentDaysMakeAnAddressInvalid() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(16));

        bounceSoftly(desk, desk.answer(answer.conversationId()));
        bounceSoftly(desk, desk.answer(answer.conversationId()));
        Contact afterTwo = desk.contact(answer);
        bounceSoftly(desk, desk.answer(answer.conversationId()));

        assertThat(afterTwo.invalid()).isNull();
        assertThat(desk.contact(answer).invalid())
                .isNotNull()
                .extracting(Views.Invalid::reason)
                .isEqualTo("mailbox-full");
    }

    @Test
    default void softBouncesCountForNothingWhileTheContactWrites() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(14));
        bounceSoftly(desk, desk.answer(answer.conversationId()));
        bounceSoftly(desk, desk.answer(answer.conversationId()));

        bounceSoftly(desk, desk.answer(answer.conversationId()));

        assertThat(desk.contact(answer).invalid()).isNull();
    }

    @Test
    default void mailFromTheContactStartsTheCountAgain() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(40));
        bounceSoftly(desk, desk.answer(answer.conversationId()));
        bounceSoftly(desk, desk.answer(answer.conversationId()));
        desk.file(Mails.letter(desk.customer, NOW.minus(Duration.ofDays(20)), answer.messageId()));

        bounceSoftly(desk, desk.answer(answer.conversationId()));

        assertThat(desk.contact(answer).invalid()).isNull();
    }

    @Test
    default void severalReportsAboutOneMessageCountOnce() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(40));

        bounceSoftly(desk, answer);
        bounceSoftly(desk, answer);
        bounceSoftly(desk, answer);

        assertThat(desk.contact(answer).invalid()).isNull();
        assertThat(desk.types()).containsOnlyOnce("message.bounced");
    }

    private static void bounceSoftly(AnsweredDesk desk, Message answer) {
        desk.file(Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "4.2.2", "mailbox-full", false)));
    }

    @Test
    default void delayAndSuccessAreNotedAndLeaveTheConversationAsItIs() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));
        desk.conversations.change(answer.conversationId(), State.CLOSED, null);

        desk.file(Mails.bounce(NOW, answer.messageId(), Mails.report(desk.customer, "delayed", "4.4.1")));
        desk.file(Mails.bounce(NOW, answer.messageId(), Mails.report(desk.customer, "delivered", "2.0.0")));
        desk.file(Mails.receipt(desk.customer, NOW, answer.messageId()));

        assertThat(desk.returned(answer))
                .extracting(Returned::action)
                .containsExactlyInAnyOrder("delayed", "delivered", "displayed");
        assertThat(desk.row(answer).state()).isEqualTo(State.CLOSED);
        assertThat(desk.row(answer).undelivered()).isNull();
        assertThat(desk.types()).doesNotContain("message.bounced");
    }

    @Test
    default void failureLeavesAClosedConversationClosedAndMarksIt() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));
        desk.conversations.change(answer.conversationId(), State.CLOSED, null);

        desk.file(Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "5.1.1", "no-such-user", true)));

        assertThat(desk.row(answer).state()).isEqualTo(State.CLOSED);
        assertThat(desk.row(answer).undelivered()).isNotNull();
        var marked = new Conversations.Filter(desk.channel, null, null, null, null, null, true);
        assertThat(desk.conversations.list(marked, null, 10).items()).hasSize(1);
        assertThat(desk.undelivered.dismiss(answer.conversationId(), null)).isTrue();
        assertThat(desk.conversations.list(marked, null, 10).items()).isEmpty();
        assertThat(desk.undelivered.dismiss(answer.conversationId(), null)).isFalse();
    }

    @Test
    default void whatCouldNotBeSentMarksTheConversationUntilTheNextMessageLeaves() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));

        desk.undelivered.on(new SendNews("message.failed", answer.conversationId(), answer.id(), Map.of()));
        boolean marked = desk.row(answer).undelivered() != null;
        desk.undelivered.on(new SendNews("message.queued", answer.conversationId(), answer.id(), Map.of()));

        assertThat(marked).isTrue();
        assertThat(desk.row(answer).undelivered()).isNull();
    }

    @Test
    default void anotherAddressStandsForTheOnlyRecipientButNotForOneOfMany() {
        AnsweredDesk alone = new AnsweredDesk(database());
        Message one = alone.answered(Duration.ofDays(1));
        AnsweredDesk many = new AnsweredDesk(database());
        Message several = many.answered(Duration.ofDays(1), "bob@b.test");

        alone.file(Mails.bounce(NOW, one.messageId(), Mails.failed("ann@moved.test", "5.1.1", "no-such-user", true)));
        many.file(
                Mails.bounce(NOW, several.messageId(), Mails.failed("ann@moved.test", "5.1.1", "no-such-user", true)));

        assertThat(alone.contact(one).invalid()).isNotNull();
        assertThat(many.contact(several).invalid()).isNull();
        assertThat(many.returned(several)).hasSize(1);
    }

    @Test
    default void complaintFlagsTheContactAndSwitchesAutomaticAnswersOff() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));

        desk.file(Mails.complaint(NOW, "abuse", null, answer.messageId()));
        Message later = desk.file(Mails.letter(desk.customer, NOW, answer.messageId()));

        assertThat(desk.contact(answer).complained())
                .isNotNull()
                .extracting(Views.Complained::type)
                .isEqualTo("abuse");
        assertThat(desk.returned(answer)).extracting(Returned::action).containsExactly("complained");
        assertThat(mayAnswer(later)).isFalse();
    }

    @Test
    default void reportThatItWasNoSpamFlagsNobody() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));

        desk.file(Mails.complaint(NOW, "not-spam", desk.customer, answer.messageId()));

        assertThat(desk.contact(answer).complained()).isNull();
    }

    @Test
    default void clearingTakesEveryFlagOff() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));
        desk.file(
                Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "5.1.1", "no-such-user", true)),
                Mails.complaint(NOW, "abuse", desk.customer, answer.messageId()));
        assertThat(desk.contacts.invalid(List.of(desk.customer))).containsKey(desk.customer);

        boolean cleared = desk.contacts.clear(desk.contact(answer).id(), "p1");
        Message later = desk.file(Mails.letter(desk.customer, NOW, answer.messageId()));

        assertThat(cleared).isTrue();
        assertThat(desk.contact(answer).invalid()).isNull();
        assertThat(desk.contact(answer).complained()).isNull();
        assertThat(mayAnswer(later)).isTrue();
        assertThat(desk.types()).contains("contact.cleared");
        assertThat(desk.contacts.clear("nobody", null)).isFalse();
    }

    @Test
    default void reportInTheSameBatchAsTheContactsFirstLetterCounts() {
        AnsweredDesk desk = new AnsweredDesk(database());
        Message answer = desk.answered(Duration.ofDays(1));
        String stranger = "new-" + UUID.randomUUID() + "@a.test";

        Message last = desk.file(
                Mails.letter(stranger, NOW, null),
                Mails.bounce(NOW, answer.messageId(), Mails.failed(desk.customer, "5.1.1", "no-such-user", true)));

        assertThat(last.conversationId()).isEqualTo(answer.conversationId());
        assertThat(desk.contact(answer).invalid()).isNotNull();
        assertThat(desk.contacts.find(desk.contact(answer).id())).isPresent();
    }

    @Test
    default void picturesOfASenderAreShownUntilThatIsTakenBack() {
        PictureSenders senders = new PictureSenders(database(), Clock.systemUTC());
        String address = "News-" + UUID.randomUUID() + "@shop.test";

        senders.add(address, "p1");
        senders.add(address, "p2");
        senders.add("no address", "p1");
        Set<String> trusted = senders.among(List.of(address, "other@shop.test", "no address"));
        senders.remove(address);

        assertThat(trusted).containsExactly(address.toLowerCase(Locale.ROOT));
        assertThat(senders.among(List.of(address))).isEmpty();
    }

    private boolean mayAnswer(Message message) {
        return database()
                .read(sql -> Objects.requireNonNull(sql.select(MESSAGE.MAY_ANSWER)
                                .from(MESSAGE)
                                .where(MESSAGE.ID.eq(message.id()))
                                .fetchOne())
                        .value1());
    }
}
