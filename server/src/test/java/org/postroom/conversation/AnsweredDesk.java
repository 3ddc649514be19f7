package org.postroom.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Row;
import org.postroom.mail.Address;
import org.postroom.mail.Findings;
import org.postroom.mail.News;
import org.postroom.mail.ParsedMessage;
import org.postroom.send.Outboxes;
import org.postroom.store.Database;
import org.postroom.store.Ids;

/** Everything one test needs: a channel and a customer of its own. */
final class AnsweredDesk {
    static final Instant NOW = Instant.now();

    final Database database;
    final List<News> news = new ArrayList<>();
    final Ids ids = new Ids(Clock.systemUTC());
    final OwnMessageIds ownIds = new OwnMessageIds(new byte[32]);
    final String channel = UUID.randomUUID().toString();
    final String customer = "ann-" + UUID.randomUUID() + "@a.test";
    final Filing filing;
    final Conversations conversations;
    final Contacts contacts;
    final Undelivered undelivered;

    AnsweredDesk(Database database) {
        this.database = database;
        this.filing = new Filing(database, ids, Clock.systemUTC(), ownIds, this::publish);
        this.conversations = new Conversations(database, Clock.systemUTC(), Outboxes.none(database), this::publish);
        this.contacts = new Contacts(database, this::publish);
        this.undelivered = new Undelivered(database, Clock.systemUTC(), this::publish);
    }

    private void publish(Object event) {
        news.add((News) event);
    }

    Message file(ParsedMessage... mails) {
        List<InboundMessage> batch = new ArrayList<>();
        for (ParsedMessage mail : mails) {
            batch.add(new InboundMessage(ids.next(), mail, true, NOW));
        }
        var filed = filing.file(channel, batch, Set.of("support@contoso.test"));
        return conversations
                .message(Objects.requireNonNull(filed.get(batch.getLast().inboundId())))
                .orElseThrow();
    }

    /** A customer who wrote that long ago, and our answer to it. */
    Message answered(Duration ago, String... cc) {
        Message asked = file(Mails.letter(customer, NOW.minus(ago), null));
        return answer(asked.conversationId(), cc);
    }

    Message answer(String conversation, String... cc) {
        String id = ids.next();
        conversations.addOutgoing(
                new Message(
                        id,
                        conversation,
                        channel,
                        "out",
                        "message",
                        ownIds.make(conversation, "contoso.test").value(),
                        NOW,
                        Address.of("support@contoso.test"),
                        List.of(Address.of(customer)),
                        List.of(cc).stream().map(Address::of).toList(),
                        List.of(),
                        List.of(),
                        "Re: Lamp",
                        "Answer",
                        "Answer",
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        Findings.NONE,
                        "",
                        "sha",
                        1,
                        List.of()),
                State.WAITING);
        return conversations.message(id).orElseThrow();
    }

    List<Returned> returned(Message message) {
        return conversations.message(message.id()).orElseThrow().returned();
    }

    Row row(Message message) {
        return conversations.find(message.conversationId()).orElseThrow();
    }

    Contact contact(Message message) {
        return Objects.requireNonNull(row(message).contact());
    }

    List<String> types() {
        return news.stream().map(News::type).toList();
    }
}
