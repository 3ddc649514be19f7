package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.KNOWN_MESSAGE_ID;
import static org.postroom.store.tables.Tables.MESSAGE;
import static org.postroom.store.tables.Tables.OUTGOING;
import static org.postroom.store.tables.Tables.PARTICIPANT;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Everything of one conversation goes into another: messages, ids, people, and what led to it. */
final class Moving {
    private Moving() {}

    static void all(DSLContext sql, String source, String target) {
        sql.update(MESSAGE)
                .set(MESSAGE.CONVERSATION_ID, target)
                .set(MESSAGE.MERGED_FROM, source)
                .where(MESSAGE.CONVERSATION_ID.eq(source))
                .execute();
        sql.update(OUTGOING)
                .set(OUTGOING.CONVERSATION_ID, target)
                .where(OUTGOING.CONVERSATION_ID.eq(source))
                .execute();
        ids(sql, source, target);
        sql.insertInto(PARTICIPANT, PARTICIPANT.CONVERSATION_ID, PARTICIPANT.ADDRESS)
                .select(DSL.select(DSL.inline(target), PARTICIPANT.ADDRESS)
                        .from(PARTICIPANT)
                        .where(PARTICIPANT.CONVERSATION_ID.eq(source)))
                .onConflictDoNothing()
                .execute();
        sql.update(CONVERSATION)
                .set(CONVERSATION.MERGED_INTO, target)
                .where(CONVERSATION.MERGED_INTO.eq(source))
                .execute();
        sql.update(CONVERSATION)
                .set(CONVERSATION.FOLLOWS_ID, target)
                .where(CONVERSATION.FOLLOWS_ID.eq(source))
                .and(CONVERSATION.ID.ne(target))
                .execute();
    }

    private static void ids(DSLContext sql, String source, String target) {
        var also = KNOWN_MESSAGE_ID.as("also");
        sql.update(KNOWN_MESSAGE_ID)
                .set(KNOWN_MESSAGE_ID.HELD, true)
                .where(KNOWN_MESSAGE_ID.CONVERSATION_ID.eq(target))
                .and(DSL.exists(DSL.selectOne()
                        .from(also)
                        .where(also.CONVERSATION_ID.eq(source))
                        .and(also.CHANNEL_ID.eq(KNOWN_MESSAGE_ID.CHANNEL_ID))
                        .and(also.MESSAGE_ID.eq(KNOWN_MESSAGE_ID.MESSAGE_ID))
                        .and(also.HELD.isTrue())))
                .execute();
        sql.insertInto(
                        KNOWN_MESSAGE_ID,
                        KNOWN_MESSAGE_ID.CHANNEL_ID,
                        KNOWN_MESSAGE_ID.MESSAGE_ID,
                        KNOWN_MESSAGE_ID.CONVERSATION_ID,
                        KNOWN_MESSAGE_ID.HELD)
                .select(DSL.select(
                                KNOWN_MESSAGE_ID.CHANNEL_ID,
                                KNOWN_MESSAGE_ID.MESSAGE_ID,
                                DSL.inline(target),
                                KNOWN_MESSAGE_ID.HELD)
                        .from(KNOWN_MESSAGE_ID)
                        .where(KNOWN_MESSAGE_ID.CONVERSATION_ID.eq(source)))
                .onConflictDoNothing()
                .execute();
        sql.deleteFrom(KNOWN_MESSAGE_ID)
                .where(KNOWN_MESSAGE_ID.CONVERSATION_ID.eq(source))
                .execute();
    }
}
