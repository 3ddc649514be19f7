package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;
import static org.postroom.store.tables.Tables.CONVERSATION;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.postroom.mail.Address;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Conversations that we begin, not the customer. Safe for use by many threads. */
@Service
public class Beginnings {
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final ApplicationEventPublisher publisher;

    Beginnings(Database database, Ids ids, Clock clock, ApplicationEventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.publisher = publisher;
    }

    /** A number for a conversation that is to begin; it stays unused if that does not happen. */
    public long reserve() {
        return database.write(sql -> database.next(sql, "conversation", 1));
    }

    /**
     * Begins a conversation without a message; within the caller's transaction, which adds the first one by
     * {@link Conversations#addOutgoing}.
     *
     * @param id of the new conversation
     * @param number from {@link #reserve}
     * @param customer who is written to
     */
    public void begin(String id, long number, String channelId, String subject, Address customer) {
        Instant now = clock.instant();
        database.write(sql -> {
            String contactId = contact(sql, customer, now);
            sql.insertInto(CONVERSATION)
                    .set(CONVERSATION.ID, id)
                    .set(CONVERSATION.NUMBER, number)
                    .set(CONVERSATION.SUBJECT, subject)
                    .set(CONVERSATION.STATE, State.WAITING.word())
                    .set(CONVERSATION.SETTLED, true)
                    .set(CONVERSATION.CHANNEL_ID, channelId)
                    .set(CONVERSATION.CONTACT_ID, contactId)
                    .set(CONVERSATION.PREVIEW, "")
                    .set(CONVERSATION.LAST_DIRECTION, "out")
                    .set(CONVERSATION.MESSAGES, 0)
                    .set(CONVERSATION.CREATED_AT, now)
                    .set(CONVERSATION.UPDATED_AT, now)
                    .set(CONVERSATION.VERSION, 1L)
                    .execute();
            publisher.publishEvent(new ConversationNews("conversation.created", id, Map.of("channel", channelId)));
            return id;
        });
    }

    private String contact(DSLContext sql, Address customer, Instant now) {
        sql.insertInto(CONTACT)
                .set(CONTACT.ID, ids.next())
                .set(CONTACT.ADDRESS, customer.key())
                .set(CONTACT.NAME, customer.name())
                .set(CONTACT.CREATED_AT, now)
                .onConflict(CONTACT.ADDRESS)
                .doNothing()
                .execute();
        return Objects.requireNonNull(sql.select(CONTACT.ID)
                .from(CONTACT)
                .where(CONTACT.ADDRESS.eq(customer.key()))
                .fetchOne(CONTACT.ID));
    }
}
