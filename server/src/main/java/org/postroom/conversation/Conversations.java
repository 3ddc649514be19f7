package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;
import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.KNOWN_MESSAGE_ID;
import static org.postroom.store.tables.Tables.MESSAGE;
import static org.postroom.store.tables.Tables.PARTICIPANT;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Page;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Bounce;
import org.postroom.mail.Findings;
import org.postroom.send.Delivery;
import org.postroom.send.Outbox;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.postroom.store.tables.tables.records.ConversationRecord;
import org.postroom.store.tables.tables.records.KnownMessageIdRecord;
import org.postroom.store.tables.tables.records.MessageRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;

/** Conversations: listing, reading, adding what we write, changing their state. Safe for use by many threads. */
@Service
public class Conversations {
    private final Database database;
    private final Clock clock;
    private final Outbox outbox;
    private final ApplicationEventPublisher publisher;

    Conversations(Database database, Clock clock, Outbox outbox, ApplicationEventPublisher publisher) {
        this.database = database;
        this.clock = clock;
        this.outbox = outbox;
        this.publisher = publisher;
    }

    /**
     * What a list is narrowed to; null members do not narrow.
     *
     * @param undelivered whether only those with an answer that did not arrive
     */
    public record Filter(
            @Nullable String channel,
            @Nullable String queue,
            @Nullable List<State> states,
            @Nullable String assignee,
            @Nullable String contactId,
            @Nullable String words,
            boolean undelivered) {
        /** Everything. */
        public static final Filter ALL = new Filter(null, null, null, null, null, null);

        /** With no regard to what did not arrive. */
        public Filter(
                @Nullable String channel,
                @Nullable String queue,
                @Nullable List<State> states,
                @Nullable String assignee,
                @Nullable String contactId,
                @Nullable String words) {
            this(channel, queue, states, assignee, contactId, words, false);
        }
    }

    /** A cursor that no list of ours made. */
    public static final class BadCursorException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        BadCursorException() {
            super("the cursor is not one of this list; leave it out to start at the beginning");
        }
    }

    /**
     * A page of conversations, the one changed last first.
     *
     * @param cursor of the page, null for the first
     * @throws BadCursorException for a cursor that is not ours
     */
    public Page<Row> list(Filter filter, @Nullable String cursor, int size) {
        List<Row> rows = database.read(sql -> select(sql)
                .and(condition(filter))
                .and(cursor == null ? DSL.noCondition() : behind(cursor))
                .orderBy(CONVERSATION.UPDATED_AT.desc(), CONVERSATION.ID.desc())
                .limit(size + 1)
                .fetch(Conversations::row));
        boolean more = rows.size() > size;
        List<Row> page = more ? rows.subList(0, size) : rows;
        return new Page<>(page, more ? cursorOf(page.getLast()) : null);
    }

    /** How many conversations match, counted up to a bound. */
    public int count(Filter filter, int most) {
        return database.read(sql -> sql.fetchCount(sql.selectOne()
                .from(CONVERSATION)
                .leftJoin(CONTACT)
                .on(CONTACT.ID.eq(CONVERSATION.CONTACT_ID))
                .where(condition(filter))
                .limit(most)));
    }

    private static SelectConditionStep<Record> select(DSLContext sql) {
        return sql.select(CONVERSATION.asterisk())
                .select(Contacts.COLUMNS)
                .from(CONVERSATION)
                .leftJoin(CONTACT)
                .on(CONTACT.ID.eq(CONVERSATION.CONTACT_ID))
                .where(DSL.noCondition());
    }

    private static Condition condition(Filter filter) {
        Condition all = CONVERSATION.MERGED_INTO.isNull();
        if (filter.channel() != null) {
            all = all.and(CONVERSATION.CHANNEL_ID.eq(filter.channel()));
        }
        if (filter.queue() != null) {
            all = all.and(CONVERSATION.QUEUE.eq(filter.queue()));
        }
        if (filter.states() != null) {
            all = all.and(CONVERSATION.STATE.in(
                    filter.states().stream().map(State::word).toList()));
        }
        if (filter.assignee() != null) {
            all = all.and(CONVERSATION.ASSIGNEE_ID.eq(filter.assignee()));
        }
        if (filter.contactId() != null) {
            all = all.and(CONVERSATION.CONTACT_ID.eq(filter.contactId()));
        }
        if (filter.undelivered()) {
            all = all.and(CONVERSATION.UNDELIVERED_AT.isNotNull());
        }
        if (filter.words() != null && !filter.words().isBlank()) {
            all = all.and(words(filter.words().strip()));
        }
        return all;
    }

    private static Condition words(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        // Digits may be the conversation's own number as well as one of the customer's, such as an order's.
        Condition number = words.matches("#?\\d{1,12}")
                ? Redirects.ofNumber(Long.parseLong(words.replace("#", "")))
                : DSL.noCondition();
        return DSL.or(
                number,
                DSL.lower(CONVERSATION.SUBJECT)
                        .contains(lower)
                        .or(DSL.lower(CONVERSATION.PREVIEW).contains(lower))
                        .or(CONTACT.ADDRESS.contains(lower))
                        .or(DSL.lower(CONTACT.NAME).contains(lower)));
    }

    private static String cursorOf(Row last) {
        String plain = last.updatedAt().toEpochMilli() + " " + last.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    private static Condition behind(String cursor) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            int space = plain.indexOf(' ');
            Instant time = Instant.ofEpochMilli(Long.parseLong(plain.substring(0, space)));
            String id = plain.substring(space + 1);
            return CONVERSATION
                    .UPDATED_AT
                    .lt(time)
                    .or(CONVERSATION.UPDATED_AT.eq(time).and(CONVERSATION.ID.lt(id)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new BadCursorException();
        }
    }

    private static Row row(Record record) {
        ConversationRecord row = record.into(CONVERSATION);
        ContactRecord contact = record.into(CONTACT);
        return new Row(
                row.getId(),
                row.getNumber(),
                row.getSubject(),
                State.parse(row.getState()),
                row.getChannelId(),
                row.getQueue(),
                row.getAssigneeId(),
                contact(row, contact),
                row.getPreview(),
                row.getLastDirection(),
                row.getMessages(),
                row.getCreatedAt(),
                row.getUpdatedAt(),
                row.getUndeliveredAt(),
                row.getFollowsId());
    }

    private static Views.@Nullable Contact contact(ConversationRecord row, ContactRecord contact) {
        if (row.getContactId() == null || contact.getAddress() == null) {
            return null;
        }
        contact.setId(row.getContactId());
        return Contacts.of(contact);
    }

    /** One conversation without its messages; of a merged one the other. */
    public Optional<Row> find(String id) {
        return database.read(sql -> select(sql).and(Redirects.of(id)).fetchOptional(Conversations::row));
    }

    /** One conversation with its messages; the newest 500 if there are more. */
    public Optional<Whole> open(String id) {
        return find(id).map(row -> new Whole(row, messages(row.id())));
    }

    private List<Message> messages(String conversationId) {
        List<MessageRecord> rows = database.read(sql -> sql.selectFrom(MESSAGE)
                .where(MESSAGE.CONVERSATION_ID.eq(conversationId))
                // As they came: a Date header is what the sender's clock says, and to the second only.
                .orderBy(MESSAGE.STORED_AT.desc(), MESSAGE.ID.desc())
                .limit(500)
                .fetch());
        List<String> sent = rows.stream()
                .filter(row -> row.getDirection().equals("out"))
                .map(MessageRecord::getId)
                .toList();
        Map<String, Delivery> deliveries = outbox.deliveries(sent);
        Map<String, List<Returned>> returned = database.read(sql -> Returns.of(sql, sent));
        List<Message> messages = new ArrayList<>();
        rows.reversed()
                .forEach(row -> messages.add(
                        message(row, deliveries.get(row.getId()), returned.getOrDefault(row.getId(), List.of()))));
        return messages;
    }

    /** One message. */
    public Optional<Message> message(String id) {
        return database.read(sql -> sql.fetchOptional(MESSAGE, MESSAGE.ID.eq(id)))
                .map(row -> message(
                        row,
                        outbox.deliveries(List.of(id)).get(id),
                        database.read(sql -> Returns.of(sql, List.of(id))).getOrDefault(id, List.of())));
    }

    private static Message message(MessageRecord row, @Nullable Delivery delivery, List<Returned> returned) {
        Writing.Recipients recipients = Writing.JSON.readValue(row.getSenderJson(), Writing.Recipients.class);
        return new Message(
                row.getId(),
                row.getConversationId(),
                row.getChannelId(),
                row.getDirection(),
                row.getKind(),
                row.getMessageId(),
                row.getDateAt(),
                new Address(row.getFromName(), row.getFromAddress()),
                recipients.to(),
                recipients.cc(),
                recipients.bcc(),
                recipients.replyTo(),
                row.getSubject(),
                row.getTextBody(),
                row.getNewText(),
                row.getHtml(),
                Writing.JSON.readValue(row.getAttachmentsJson(), new TypeReference<List<Attachment>>() {}),
                Writing.JSON.readValue(row.getProblemsJson(), new TypeReference<List<String>>() {}),
                row.getAutomaticWhy(),
                row.getThreadedBecause(),
                row.getAuthorId(),
                delivery,
                row.getBounceJson() == null ? null : Writing.JSON.readValue(row.getBounceJson(), Bounce.class),
                Writing.JSON.readValue(row.getFindingsJson(), Findings.class),
                row.getReferenceIds(),
                row.getSha256(),
                row.getSize(),
                returned);
    }

    /**
     * Adds a message that we write; within the caller's transaction.
     *
     * @param message complete but for its delivery
     */
    public void addOutgoing(Message message, State after) {
        Instant now = clock.instant();
        database.write(sql -> {
            // It may have been merged while the answer was written.
            String conversationId = sql.select(CONVERSATION.ID)
                    .from(CONVERSATION)
                    .where(Redirects.of(message.conversationId()))
                    .fetchOptional(CONVERSATION.ID)
                    .orElse(message.conversationId());
            MessageRecord row = sql.newRecord(MESSAGE);
            row.setId(message.id());
            row.setConversationId(conversationId);
            row.setChannelId(message.channel());
            row.setDirection("out");
            row.setKind(message.kind());
            row.setMessageId(message.messageId());
            row.setInReplyTo("");
            row.setReferenceIds(message.references());
            row.setDateAt(message.date());
            row.setStoredAt(now);
            row.setFromName(message.from().name());
            row.setFromAddress(message.from().address());
            row.setSenderJson(Writing.JSON.writeValueAsString(
                    new Writing.Recipients(message.to(), message.cc(), message.bcc(), message.replyTo())));
            row.setSubject(message.subject());
            row.setTextBody(message.text());
            row.setNewText(message.newText());
            row.setHtml(message.html());
            row.setAttachmentsJson(Writing.JSON.writeValueAsString(message.attachments()));
            row.setProblemsJson("[]");
            row.setFindingsJson(Writing.JSON.writeValueAsString(Findings.NONE));
            row.setMayAnswer(true);
            row.setAuthorId(message.author());
            row.setSha256(message.sha256());
            row.setSize(message.size());
            row.insert();
            sql.insertInto(KNOWN_MESSAGE_ID)
                    .set(new KnownMessageIdRecord(
                            message.channel(), OwnMessageIds.key(message.messageId()), conversationId, true))
                    .onConflictDoNothing()
                    .execute();
            List<Address> everybody = new ArrayList<>(message.to());
            everybody.addAll(message.cc());
            everybody.addAll(message.bcc());
            for (Address one : everybody) {
                sql.insertInto(PARTICIPANT)
                        .set(PARTICIPANT.CONVERSATION_ID, conversationId)
                        .set(PARTICIPANT.ADDRESS, one.key())
                        .onConflictDoNothing()
                        .execute();
            }
            return sql.update(CONVERSATION)
                    .set(CONVERSATION.STATE, after.word())
                    .set(CONVERSATION.SETTLED, true)
                    .setNull(CONVERSATION.CLOSED_AT)
                    .set(CONVERSATION.PREVIEW, Writing.preview(message.newText()))
                    .set(CONVERSATION.LAST_DIRECTION, "out")
                    .set(CONVERSATION.MESSAGES, CONVERSATION.MESSAGES.plus(1))
                    .set(CONVERSATION.UPDATED_AT, now)
                    .set(CONVERSATION.VERSION, CONVERSATION.VERSION.plus(1))
                    .where(CONVERSATION.ID.eq(conversationId))
                    .execute();
        });
    }

    /** What came of changing a state. */
    public enum Changed {
        DONE,
        ALREADY_SO,
        NO_SUCH_CONVERSATION
    }

    /** Changes a conversation's state and tells of it. */
    public Changed change(String id, State state, @Nullable String personId) {
        Instant now = clock.instant();
        return database.write(sql -> {
            ConversationRecord row = sql.fetchOne(CONVERSATION, Redirects.of(id));
            if (row == null) {
                return Changed.NO_SUCH_CONVERSATION;
            }
            if (row.getState().equals(state.word())) {
                return Changed.ALREADY_SO;
            }
            row.setState(state.word());
            row.setSettled(true);
            row.setClosedAt(state == State.CLOSED ? now : null);
            row.setUpdatedAt(now);
            row.setUndeliveredAt(null);
            row.setVersion(row.getVersion() + 1);
            row.update();
            String type = state == State.CLOSED ? "conversation.closed" : "conversation.reopened";
            publisher.publishEvent(
                    new ConversationNews(type, row.getId(), personId == null ? Map.of() : Map.of("person", personId)));
            return Changed.DONE;
        });
    }
}
