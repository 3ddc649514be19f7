package org.postroom.event;

import static org.postroom.store.tables.Tables.EVENT;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.postroom.mail.News;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.Rows;
import org.postroom.store.tables.tables.records.EventRecord;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log of all that happened: written by the transaction that made it true, in the order of commits, readable from any
 * cursor. Safe for use by many threads.
 */
@Service
public class EventLog {
    private static final String PREFIX = "org.postroom.";

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final LiveUpdates live;
    private final JsonMapper json = JsonMapper.builder().build();
    private final BiConsumer<DSLContext, List<News>> writing = this::write;

    EventLog(Database database, Ids ids, Clock clock, LiveUpdates live) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.live = live;
    }

    /** Something that happened; the shape of the contract. */
    public record Event(
            String cursor, String id, String type, Instant time, String subject, Map<String, Object> data) {}

    @EventListener
    void on(News news) {
        database.write(sql -> {
            database.gather(writing, news);
            database.afterCommit(live::changed);
            return news;
        });
    }

    /** All news of one transaction, at its end: the counter's row is held no longer than need be. */
    private void write(DSLContext sql, List<News> all) {
        Instant now = clock.instant();
        long seq = database.next(sql, "event", all.size());
        List<EventRecord> rows = new ArrayList<>(all.size());
        for (News news : all) {
            rows.add(new EventRecord(
                    seq++,
                    ids.next(),
                    PREFIX + news.type(),
                    news.subject(),
                    now,
                    json.writeValueAsString(news.data())));
        }
        Rows.insert(sql, rows);
    }

    /**
     * Events behind a cursor, oldest first.
     *
     * @param wait how long to wait if there is none yet
     */
    public List<Event> after(long cursor, int most, Duration wait) {
        long seen = live.mark();
        List<Event> found = read(cursor, most);
        Instant end = clock.instant().plus(wait);
        while (found.isEmpty()) {
            Duration left = Duration.between(clock.instant(), end);
            if (left.isNegative() || left.isZero()) {
                return found;
            }
            // Another node's events make no sound here: look every second at the latest.
            seen = live.await(seen, left.compareTo(Duration.ofSeconds(1)) > 0 ? Duration.ofSeconds(1) : left);
            found = read(cursor, most);
        }
        return found;
    }

    /** The cursor of the newest event, 0 if there is none. */
    public long newest() {
        Long seq =
                database.read(sql -> sql.select(DSL.max(EVENT.SEQ)).from(EVENT).fetchOne(0, Long.class));
        return seq == null ? 0 : seq;
    }

    private List<Event> read(long cursor, int most) {
        return database.read(sql -> sql.selectFrom(EVENT)
                        .where(EVENT.SEQ.gt(cursor))
                        .orderBy(EVENT.SEQ)
                        .limit(most)
                        .fetch())
                .map(row -> new Event(
                        Long.toString(row.getSeq()),
                        row.getId(),
                        row.getType(),
                        row.getTimeAt(),
                        row.getSubject(),
                        json.readValue(row.getDataJson(), new TypeReference<Map<String, Object>>() {})));
    }
}
