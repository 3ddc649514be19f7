package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;
import static org.postroom.store.tables.Tables.KNOWN_MESSAGE_ID;
import static org.postroom.store.tables.Tables.MESSAGE;
import static org.postroom.store.tables.Tables.OUTGOING;
import static org.postroom.store.tables.Tables.PARTICIPANT;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.postroom.mail.Address;
import org.postroom.mail.MessageId;
import org.postroom.store.Rows;
import org.postroom.store.tables.tables.records.ConversationRecord;
import org.postroom.store.tables.tables.records.KnownMessageIdRecord;
import org.postroom.store.tables.tables.records.MessageRecord;
import org.postroom.store.tables.tables.records.ParticipantRecord;

/** What follows from the messages that a conversation holds: who takes part, which ids lead to it, how it looks in a list. */
final class Contents {
    private static final int MOST_NAMES = 50;

    private final OwnMessageIds ownIds;
    private final Supplier<Set<String>> ownAddresses;

    Contents(OwnMessageIds ownIds, Supplier<Set<String>> ownAddresses) {
        this.ownIds = ownIds;
        this.ownAddresses = ownAddresses;
    }

    /** Puts messages from one into another, and both in order; their rows are still to be updated. */
    void move(DSLContext sql, List<String> messageIds, ConversationRecord to, ConversationRecord from) {
        sql.update(MESSAGE)
                .set(MESSAGE.CONVERSATION_ID, to.getId())
                .setNull(MESSAGE.MERGED_FROM)
                .where(MESSAGE.ID.in(messageIds))
                .execute();
        sql.update(OUTGOING)
                .set(OUTGOING.CONVERSATION_ID, to.getId())
                .where(OUTGOING.MESSAGE_ID.in(messageIds))
                .execute();
        Set<String> own = ownAddresses.get();
        for (ConversationRecord row : List.of(to, from)) {
            follow(sql, row, own);
        }
    }

    private void follow(DSLContext sql, ConversationRecord row, Set<String> own) {
        List<MessageRecord> messages = sql.select(
                        MESSAGE.ID,
                        MESSAGE.DIRECTION,
                        MESSAGE.MESSAGE_ID,
                        MESSAGE.IN_REPLY_TO,
                        MESSAGE.REFERENCE_IDS,
                        MESSAGE.FROM_ADDRESS,
                        MESSAGE.SENDER_JSON)
                .from(MESSAGE)
                .where(MESSAGE.CONVERSATION_ID.eq(row.getId()))
                .orderBy(MESSAGE.STORED_AT, MESSAGE.ID)
                .fetchInto(MessageRecord.class);
        row.setMessages(messages.size());
        ids(sql, row, messages);
        people(sql, row, messages, own);
        if (!messages.isEmpty()) {
            MessageRecord last = messages.getLast();
            row.setLastDirection(last.getDirection());
            String words = sql.select(MESSAGE.NEW_TEXT)
                    .from(MESSAGE)
                    .where(MESSAGE.ID.eq(last.getId()))
                    .fetchOne(MESSAGE.NEW_TEXT);
            row.setPreview(Writing.preview(words == null ? "" : words));
        }
    }

    private void ids(DSLContext sql, ConversationRecord row, List<MessageRecord> messages) {
        Map<String, KnownMessageIdRecord> known = new LinkedHashMap<>();
        for (MessageRecord message : messages) {
            boolean ours = message.getDirection().equals("out");
            MessageId id = new MessageId(message.getMessageId());
            if (ours || ownIds.conversation(id).isEmpty()) {
                put(row, ours ? OwnMessageIds.key(id.value()) : id.value(), true, known);
            }
        }
        for (MessageRecord message : messages) {
            List<MessageId> names = new ArrayList<>(MessageId.all(message.getInReplyTo()));
            MessageId.all(message.getReferenceIds()).reversed().forEach(names::add);
            names.stream()
                    .limit(MOST_NAMES)
                    .filter(id -> ownIds.conversation(id).isEmpty())
                    .forEach(id -> put(row, id.value(), false, known));
        }
        sql.deleteFrom(KNOWN_MESSAGE_ID)
                .where(KNOWN_MESSAGE_ID.CONVERSATION_ID.eq(row.getId()))
                // The provider's name of a thread stays with the rest of it.
                .and(KNOWN_MESSAGE_ID.MESSAGE_ID.notLike("thread:%"))
                .execute();
        Rows.insert(sql, List.copyOf(known.values()));
    }

    private static void put(ConversationRecord row, String key, boolean held, Map<String, KnownMessageIdRecord> known) {
        known.putIfAbsent(key, new KnownMessageIdRecord(row.getChannelId(), key, row.getId(), held));
    }

    private static void people(DSLContext sql, ConversationRecord row, List<MessageRecord> messages, Set<String> own) {
        Set<String> people = new LinkedHashSet<>();
        for (MessageRecord message : messages) {
            Writing.Recipients others = Writing.JSON.readValue(message.getSenderJson(), Writing.Recipients.class);
            List<Address> all = new ArrayList<>(List.of(Address.of(message.getFromAddress())));
            all.addAll(others.replyTo());
            all.addAll(others.to());
            all.addAll(others.cc());
            all.addAll(others.bcc());
            all.stream()
                    .filter(one -> Address.plausible(one.address()) && !own.contains(one.key()))
                    .forEach(one -> people.add(one.key()));
        }
        sql.deleteFrom(PARTICIPANT)
                .where(PARTICIPANT.CONVERSATION_ID.eq(row.getId()))
                .execute();
        Rows.insert(
                sql,
                people.stream()
                        .map(one -> new ParticipantRecord(row.getId(), one))
                        .toList());
    }

    /** A split-off conversation's subject, contact and state, after its messages. */
    void name(DSLContext sql, ConversationRecord fresh, ConversationRecord old) {
        List<MessageRecord> messages = sql.select(MESSAGE.SUBJECT, MESSAGE.DIRECTION, MESSAGE.FROM_ADDRESS)
                .from(MESSAGE)
                .where(MESSAGE.CONVERSATION_ID.eq(fresh.getId()))
                .orderBy(MESSAGE.STORED_AT, MESSAGE.ID)
                .fetchInto(MessageRecord.class);
        fresh.setSubject(
                messages.getFirst().getSubject().isBlank()
                        ? old.getSubject()
                        : messages.getFirst().getSubject());
        messages.stream()
                .filter(one -> one.getDirection().equals("in"))
                .map(one -> sql.select(CONTACT.ID)
                        .from(CONTACT)
                        .where(CONTACT.ADDRESS.eq(
                                Address.of(one.getFromAddress()).key()))
                        .fetchOne(CONTACT.ID))
                .filter(one -> one != null)
                .findFirst()
                .ifPresent(fresh::setContactId);
        boolean answered = messages.stream().anyMatch(one -> one.getDirection().equals("out"));
        State state = !answered ? State.NEW : fresh.getLastDirection().equals("out") ? State.WAITING : State.OPEN;
        fresh.setState(state.word());
    }
}
