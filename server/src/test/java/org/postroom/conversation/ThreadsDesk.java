package org.postroom.conversation;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Reopening;
import org.postroom.channel.ThreadRules;
import org.postroom.channel.ThreadRules.SecureUpdate;
import org.postroom.conversation.Rearranging.Rearranged;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Row;
import org.postroom.mail.Address;
import org.postroom.mail.Findings;
import org.postroom.mail.MessageId;
import org.postroom.mail.News;
import org.postroom.parse.MessageParser;
import org.postroom.send.Outboxes;
import org.postroom.store.Database;
import org.postroom.store.Ids;

/** A channel of its own that gets mail; {@code #} in a mail becomes its tag, so that ids never meet those of other tests. */
final class ThreadsDesk {
    static final String OWN = "support@contoso.test";

    final List<News> news = new ArrayList<>();
    final Ids ids = new Ids(Clock.systemUTC());
    final OwnMessageIds ownIds = new OwnMessageIds(new byte[32]);
    final Conversations conversations;
    final Rearranging rearranging;
    final String tag = UUID.randomUUID().toString().substring(0, 8);
    String channel = UUID.randomUUID().toString();
    ThreadRules rules = ThreadRules.DEFAULT;

    @Nullable
    String thread;

    Set<String> own = Set.of(OWN);
    private final Filing filing;

    ThreadsDesk(Database database) {
        filing = new Filing(database, ids, Clock.systemUTC(), ownIds, c -> rules, this::publish);
        conversations = new Conversations(database, Clock.systemUTC(), Outboxes.none(database), this::publish);
        rearranging = new Rearranging(database, ids, Clock.systemUTC(), ownIds, () -> own, this::publish);
    }

    private void publish(Object event) {
        news.add((News) event);
    }

    ThreadsDesk secure(SecureUpdate secure) {
        rules = new ThreadRules(secure, true, false, rules.numberForms(), false, rules.reopen(), false);
        return this;
    }

    ThreadsDesk reopen(Reopening reopen) {
        rules = new ThreadRules(rules.secureUpdate(), true, false, rules.numberForms(), false, reopen, false);
        return this;
    }

    /** From somebody to the channel, with more header lines. */
    Message mail(String from, String id, String more) {
        return mail(from, id, more, "Hello");
    }

    Message mail(String from, String id, String more, String body) {
        String subject = more.contains("Subject:") ? "" : "Subject: Lamp\n";
        return raw("From: " + from + "\nTo: " + OWN + "\n" + subject + "Message-ID: " + id + "\n" + more + "\n" + body
                + "\n");
    }

    Message raw(String text) {
        byte[] bytes = text.replace("#", tag).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return file(List.of(
                        new InboundMessage(ids.next(), new MessageParser().parse(bytes), true, Instant.now(), thread)))
                .getFirst();
    }

    List<Message> file(List<InboundMessage> batch) {
        return filing.file(channel, batch, own).values().stream()
                .map(id -> conversations.message(id).orElseThrow())
                .toList();
    }

    /** Our answer in a conversation. */
    Message answer(String conversation, String to) {
        String id = ids.next();
        MessageId own = ownIds.make(conversation, "contoso.test");
        conversations.addOutgoing(
                new Message(
                        id,
                        conversation,
                        channel,
                        "out",
                        "message",
                        own.value(),
                        Instant.now(),
                        Address.of(OWN),
                        List.of(Address.of(to)),
                        List.of(),
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

    Row row(Message message) {
        return row(message.conversationId());
    }

    Row row(String conversation) {
        return conversations.find(conversation).orElseThrow();
    }

    void close(Message message) {
        conversations.change(message.conversationId(), State.CLOSED, null);
    }

    /** Where a message is now. */
    String place(Message message) {
        return conversations.message(message.id()).orElseThrow().conversationId();
    }

    String merged(String from, String into) {
        return done(rearranging.merge(from, into, null));
    }

    static String done(Rearranged rearranged) {
        return ((Rearranged.Done) rearranged).conversationId();
    }

    static String wrong(Rearranged rearranged) {
        return ((Rearranged.Wrong) rearranged).problem().message();
    }

    List<String> types() {
        return news.stream().map(News::type).toList();
    }
}
