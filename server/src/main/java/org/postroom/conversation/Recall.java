package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;
import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.KNOWN_MESSAGE_ID;
import static org.postroom.store.tables.Tables.PARTICIPANT;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.postroom.channel.Reopening;
import org.postroom.channel.ThreadRules;
import org.postroom.store.tables.tables.records.ConversationRecord;

/**
 * Reads what the database knows that may matter for a batch: a handful of queries, whatever the batch's size, and bounded
 * whatever ids it names. On PostgreSQL the conversations stay locked until the transaction ends, so that none is merged away
 * meanwhile.
 */
final class Recall {
    private static final int MOST_ROWS = 10_000;
    private static final int LONGEST_WAY = 20;

    private final DSLContext sql;
    private final boolean lock;
    private final String channelId;
    private final Known known = new Known();

    private Recall(DSLContext sql, boolean lock, String channelId) {
        this.sql = sql;
        this.lock = lock;
        this.channelId = channelId;
    }

    /** @param contacts addresses of contacts that are wanted besides */
    static Known load(
            DSLContext sql,
            boolean lock,
            String channelId,
            List<Letter> letters,
            ThreadRules rules,
            Set<String> contacts) {
        Recall recall = new Recall(sql, lock, channelId);
        recall.ids(letters);
        recall.follow(rules);
        Set<String> senders = new HashSet<>(contacts);
        letters.forEach(letter -> letter.senders().forEach(one -> senders.add(one.key())));
        sql.fetch(CONTACT, CONTACT.ADDRESS.in(senders))
                .forEach(row -> recall.known.contacts().put(row.getAddress(), row));
        return recall.known;
    }

    private void ids(List<Letter> letters) {
        Set<String> keys = new HashSet<>();
        Set<String> certain = new HashSet<>();
        Set<String> people = new HashSet<>();
        Set<String> wanted = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (Letter letter : letters) {
            keys.addAll(letter.clues().keys());
            certain.addAll(letter.clues().originals());
            people.addAll(letter.clues().people());
            letter.ours().forEach(one -> {
                certain.add(one.key());
                wanted.add(one.conversation());
            });
            letter.numbers().forEach(one -> numbers.add(one.number()));
        }
        keys.addAll(certain);
        Set<String> kin = new HashSet<>();
        if (!keys.isEmpty()) {
            for (var row : sql.selectFrom(KNOWN_MESSAGE_ID)
                    .where(KNOWN_MESSAGE_ID.CHANNEL_ID.eq(channelId))
                    .and(KNOWN_MESSAGE_ID.MESSAGE_ID.in(keys))
                    .orderBy(KNOWN_MESSAGE_ID.HELD.desc(), KNOWN_MESSAGE_ID.CONVERSATION_ID)
                    .limit(MOST_ROWS)
                    .fetch()) {
                known.add(row.getMessageId(), new Known.Entry(row.getConversationId(), row.getHeld()));
                (certain.contains(row.getMessageId()) ? wanted : kin).add(row.getConversationId());
            }
        }
        kin.removeAll(wanted);
        participants(kin);
        kin.stream().filter(one -> known.takesPart(one, people)).forEach(wanted::add);
        if (!wanted.isEmpty() || !numbers.isEmpty()) {
            conversations(CONVERSATION.ID.in(wanted).or(CONVERSATION.NUMBER.in(numbers)));
        }
    }

    /** Where merged ones went, and what follows those that a mail may not open again. */
    private void follow(ThreadRules rules) {
        Set<String> asked = new HashSet<>();
        for (int i = 0; i < LONGEST_WAY; i++) {
            Set<String> gone = known.conversations().stream()
                    .map(ConversationRecord::getMergedInto)
                    .filter(id -> id != null && asked.add(id) && known.now(id) == null)
                    .collect(Collectors.toSet());
            Set<String> closed = rules.reopen() instanceof Reopening.Always
                    ? Set.of()
                    : known.conversations().stream()
                            .filter(row -> row.getState().equals(State.CLOSED.word()) && row.getMergedInto() == null)
                            .map(ConversationRecord::getId)
                            .filter(id -> asked.add("after " + id))
                            .collect(Collectors.toSet());
            if (gone.isEmpty() && closed.isEmpty()) {
                break;
            }
            conversations(CONVERSATION.ID.in(gone).or(CONVERSATION.FOLLOWS_ID.in(closed)));
        }
        participants(known.conversations().stream()
                .map(ConversationRecord::getId)
                .filter(id -> !known.hasParticipants(id))
                .toList());
    }

    private void conversations(Condition which) {
        var select = sql.selectFrom(CONVERSATION)
                .where(CONVERSATION.CHANNEL_ID.eq(channelId))
                .and(which)
                .orderBy(CONVERSATION.ID)
                .limit(MOST_ROWS);
        (lock ? select.forUpdate().fetch() : select.fetch()).forEach(known::add);
    }

    private void participants(Collection<String> conversations) {
        if (!conversations.isEmpty()) {
            conversations.forEach(known::participantsOf);
            sql.fetch(PARTICIPANT, PARTICIPANT.CONVERSATION_ID.in(conversations))
                    .forEach(
                            row -> known.participantsOf(row.getConversationId()).add(row.getAddress()));
        }
    }
}
