package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONVERSATION;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.send.SendNews;
import org.postroom.store.Database;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Marks conversations whose answer did not arrive: when it could not be sent, or came back (see {@link Reporting}). The mark
 * goes with the next message that leaves, when the conversation is closed or opened again, and when somebody takes it off.
 * It never changes where the conversation stands. Safe for use by many threads.
 */
@Service
public class Undelivered {
    private final Database database;
    private final Clock clock;
    private final ApplicationEventPublisher publisher;

    Undelivered(Database database, Clock clock, ApplicationEventPublisher publisher) {
        this.database = database;
        this.clock = clock;
        this.publisher = publisher;
    }

    @EventListener
    void on(SendNews news) {
        switch (news.type()) {
            case "message.failed" -> mark(news.conversationId());
            case "message.queued" -> unmark(news.conversationId());
            default -> {}
        }
    }

    private void mark(String conversationId) {
        database.write(sql -> sql.update(CONVERSATION)
                .set(CONVERSATION.UNDELIVERED_AT, clock.instant())
                .where(CONVERSATION.ID.eq(conversationId))
                .execute());
    }

    private boolean unmark(String conversationId) {
        return database.write(sql -> sql.update(CONVERSATION)
                        .setNull(CONVERSATION.UNDELIVERED_AT)
                        .where(CONVERSATION.ID.eq(conversationId))
                        .and(CONVERSATION.UNDELIVERED_AT.isNotNull())
                        .execute()
                == 1);
    }

    /** Somebody has seen to it. Returns whether it was marked. */
    public boolean dismiss(String conversationId, @Nullable String personId) {
        return database.write(sql -> {
            boolean was = unmark(conversationId);
            if (was) {
                publisher.publishEvent(new ConversationNews(
                        "conversation.undelivered-dismissed",
                        conversationId,
                        personId == null ? Map.of() : Map.of("person", personId)));
            }
            return was;
        });
    }
}
