package org.postroom.send;

import static org.postroom.store.tables.Tables.OUTGOING;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.send.Delivery.State;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.OutgoingRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The outgoing table: what is to leave, and how far it is. Safe for use by many threads. */
@Service
public class Outbox {
    private final Database database;
    private final Clock clock;
    private final ApplicationEventPublisher publisher;
    private final JsonMapper json = JsonMapper.builder().build();

    Outbox(Database database, Clock clock, ApplicationEventPublisher publisher) {
        this.database = database;
        this.clock = clock;
        this.publisher = publisher;
    }

    /** Adds a message; within the transaction that makes it part of its conversation. It leaves once that is stored. */
    public void add(OutgoingMail mail) {
        Instant now = clock.instant();
        database.write(sql -> {
            int added = sql.insertInto(OUTGOING)
                    .set(OUTGOING.ID, mail.id())
                    .set(OUTGOING.CHANNEL_ID, mail.channelId())
                    .set(OUTGOING.CONVERSATION_ID, mail.conversationId())
                    .set(OUTGOING.MESSAGE_ID, mail.messageId())
                    .set(OUTGOING.ENVELOPE_FROM, mail.envelopeFrom())
                    .set(OUTGOING.RECIPIENTS_JSON, json.writeValueAsString(mail.recipients()))
                    .set(OUTGOING.SHA256, mail.sha256())
                    .set(OUTGOING.SIZE, mail.size())
                    .set(OUTGOING.STATE, State.QUEUED.word())
                    .set(OUTGOING.TRIES, 0)
                    .set(OUTGOING.NEXT_TRY_AT, now)
                    .set(OUTGOING.CREATED_AT, now)
                    .set(OUTGOING.UPDATED_AT, now)
                    .set(OUTGOING.VERSION, 1L)
                    .execute();
            publisher.publishEvent(new SendNews("message.queued", mail.conversationId(), mail.messageId(), Map.of()));
            return added;
        });
    }

    /** How far the messages of these ids are; those that never were to leave are not in it. */
    public Map<String, Delivery> deliveries(Collection<String> messageIds) {
        Map<String, Delivery> found = new HashMap<>();
        if (messageIds.isEmpty()) {
            return found;
        }
        for (OutgoingRecord row : database.read(sql -> sql.fetch(OUTGOING, OUTGOING.MESSAGE_ID.in(messageIds)))) {
            found.put(
                    row.getMessageId(),
                    new Delivery(row.getId(), state(row), row.getTries(), row.getLastReply(), row.getNextTryAt()));
        }
        return found;
    }

    /** How many messages of a channel are in each state. */
    public Map<State, Long> counts(String channelId) {
        Map<State, Long> counts = new HashMap<>();
        database.read(sql -> sql.select(OUTGOING.STATE, org.jooq.impl.DSL.count())
                        .from(OUTGOING)
                        .where(OUTGOING.CHANNEL_ID.eq(channelId))
                        .groupBy(OUTGOING.STATE)
                        .fetch())
                .forEach(row -> counts.put(
                        State.valueOf(row.value1().toUpperCase(java.util.Locale.ROOT)),
                        row.value2().longValue()));
        return counts;
    }

    private static State state(OutgoingRecord row) {
        return State.valueOf(row.getState().toUpperCase(java.util.Locale.ROOT));
    }

    /** Ids of messages that are to leave by now. */
    List<String> due(int most) {
        Instant now = clock.instant();
        return database.read(sql -> sql.select(OUTGOING.ID)
                .from(OUTGOING)
                .where(OUTGOING.STATE.in(State.QUEUED.word(), State.SENDING.word()))
                .and(OUTGOING.NEXT_TRY_AT.le(now))
                .orderBy(OUTGOING.NEXT_TRY_AT)
                .limit(most)
                .fetch(OUTGOING.ID));
    }

    /** A message about to be tried. */
    record Claimed(
            OutgoingMail mail,
            State before,
            int tries,
            Instant createdAt,
            @Nullable Instant nextTryAt) {}

    /** Looks at a message that a job holds. */
    Optional<Claimed> look(String id) {
        return database.read(sql -> sql.fetchOptional(OUTGOING, OUTGOING.ID.eq(id)))
                .map(row -> new Claimed(
                        new OutgoingMail(
                                row.getId(),
                                row.getChannelId(),
                                row.getConversationId(),
                                row.getMessageId(),
                                row.getEnvelopeFrom(),
                                json.readValue(row.getRecipientsJson(), new TypeReference<List<String>>() {}),
                                row.getSha256(),
                                row.getSize()),
                        state(row),
                        row.getTries(),
                        row.getCreatedAt(),
                        row.getNextTryAt()));
    }

    /** Notes that a try begins, durably, before a byte leaves; false if somebody else has begun. */
    boolean begin(Claimed claimed) {
        Instant now = clock.instant();
        return database.write(sql -> sql.update(OUTGOING)
                        .set(OUTGOING.STATE, State.SENDING.word())
                        .set(OUTGOING.TRIES, claimed.tries() + 1)
                        .set(OUTGOING.UPDATED_AT, now)
                        .set(OUTGOING.VERSION, OUTGOING.VERSION.plus(1))
                        .where(OUTGOING.ID.eq(claimed.mail().id()))
                        .and(OUTGOING.STATE.eq(State.QUEUED.word()))
                        .and(OUTGOING.TRIES.eq(claimed.tries()))
                        .execute()
                == 1);
    }

    /** Notes how a try ended. */
    void end(Claimed claimed, State state, String reply, @Nullable Duration pause) {
        Instant now = clock.instant();
        String type = switch (state) {
            case SENT -> "message.sent";
            case FAILED -> "message.failed";
            case UNCERTAIN -> "message.uncertain";
            case QUEUED, SENDING -> "message.delayed";
        };
        database.write(sql -> {
            sql.update(OUTGOING)
                    .set(OUTGOING.STATE, state.word())
                    .set(OUTGOING.LAST_REPLY, reply)
                    .set(OUTGOING.NEXT_TRY_AT, pause == null ? null : now.plus(pause))
                    .set(OUTGOING.UPDATED_AT, now)
                    .set(OUTGOING.VERSION, OUTGOING.VERSION.plus(1))
                    .where(OUTGOING.ID.eq(claimed.mail().id()))
                    .execute();
            publisher.publishEvent(new SendNews(
                    type, claimed.mail().conversationId(), claimed.mail().messageId(), Map.of("reply", reply)));
            return null;
        });
    }

    /** Lets a failed or uncertain message be tried again; false if it is in neither state. */
    public boolean tryAgain(String messageId) {
        Instant now = clock.instant();
        return database.write(sql -> {
            OutgoingRecord row = sql.fetchOne(
                    OUTGOING,
                    OUTGOING.MESSAGE_ID
                            .eq(messageId)
                            .and(OUTGOING.STATE.in(State.FAILED.word(), State.UNCERTAIN.word())));
            if (row == null) {
                return false;
            }
            row.setState(State.QUEUED.word());
            row.setNextTryAt(now);
            row.setCreatedAt(now);
            row.setVersion(row.getVersion() + 1);
            row.update();
            publisher.publishEvent(new SendNews("message.queued", row.getConversationId(), messageId, Map.of()));
            return true;
        });
    }
}
