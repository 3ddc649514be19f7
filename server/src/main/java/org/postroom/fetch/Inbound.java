package org.postroom.fetch;

import static org.postroom.store.tables.Tables.CHANNEL_CURSOR;
import static org.postroom.store.tables.Tables.INBOUND;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelNews;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.StartFrom;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.Rows;
import org.postroom.store.tables.tables.records.InboundRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * What came in: one row per message of a mailbox, named by its source id, so that nothing comes twice. Rows, cursor and
 * counts change in one transaction. Safe for use by many threads.
 */
@Service
public class Inbound {
    private static final int MOST_TRIES = 3;
    private static final String STORED = "stored";
    private static final String HANDLED = "handled";
    private static final String QUARANTINED = "quarantined";
    private static final String PENDING = "pending";
    private static final String NONE = "none";

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final ChannelStates states;
    private final ApplicationEventPublisher publisher;

    Inbound(Database database, Ids ids, Clock clock, ChannelStates states, ApplicationEventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.states = states;
        this.publisher = publisher;
    }

    /** Which mailbox and folder: servers number each by itself, often from the same start. */
    private static String place(Channel channel) {
        return channel.address().toLowerCase(Locale.ROOT) + "/"
                + channel.incoming().folder();
    }

    private static String source(Channel channel, Arrived one) {
        return place(channel) + " " + one.source().sourceId();
    }

    Optional<Cursor> cursor(Channel channel) {
        return kept(channel).filter(value -> !Reread.is(value)).map(Cursor::new);
    }

    /** The wish to read the mailbox again, if there is one. */
    Optional<Reread> reread(Channel channel) {
        return kept(channel).filter(Reread::is).map(Reread::parse);
    }

    private Optional<String> kept(Channel channel) {
        return database.read(sql -> sql.select(CHANNEL_CURSOR.CURSOR)
                .from(CHANNEL_CURSOR)
                .where(CHANNEL_CURSOR.CHANNEL_ID.eq(channel.id()))
                .and(CHANNEL_CURSOR.FOLDER.eq(place(channel)))
                .fetchOptional(CHANNEL_CURSOR.CURSOR));
    }

    /** Puts a wish to read the mailbox again in place of the cursor, which it keeps; of two wishes the later counts. */
    void wishReread(Channel channel, StartFrom from) {
        database.write(sql -> {
            Cursor before = reread(channel)
                    .map(Reread::before)
                    .or(() -> cursor(channel))
                    .orElse(null);
            keepCursor(channel, new Cursor(new Reread(from, before).value()));
            return from;
        });
    }

    /** Puts a cursor in place of a wish to read again, unless there is another wish by now. */
    void settle(Channel channel, Reread reread, Cursor cursor) {
        database.write(sql -> {
            if (reread(channel).filter(reread::equals).isPresent()) {
                keepCursor(channel, cursor);
            }
            return cursor;
        });
    }

    void keepCursor(Channel channel, Cursor cursor) {
        Instant now = clock.instant();
        database.write(sql -> sql.insertInto(CHANNEL_CURSOR)
                .set(CHANNEL_CURSOR.CHANNEL_ID, channel.id())
                .set(CHANNEL_CURSOR.FOLDER, place(channel))
                .set(CHANNEL_CURSOR.CURSOR, cursor.value())
                .set(CHANNEL_CURSOR.UPDATED_AT, now)
                .onConflict(CHANNEL_CURSOR.CHANNEL_ID, CHANNEL_CURSOR.FOLDER)
                .doUpdate()
                .set(CHANNEL_CURSOR.CURSOR, cursor.value())
                .set(CHANNEL_CURSOR.UPDATED_AT, now)
                .execute());
    }

    /**
     * Stores what arrived and moves the cursor, all or nothing. A message is a repeat if its source id is known, or if the
     * same content came under another numbering: from a server that numbered its messages anew, or from another folder.
     *
     * @return how many were new
     */
    int store(Channel channel, List<Arrived> arrived, Cursor cursor) {
        Instant now = clock.instant();
        return database.write(sql -> {
            Set<String> seen = new HashSet<>(sql.select(INBOUND.SOURCE_ID)
                    .from(INBOUND)
                    .where(INBOUND.CHANNEL_ID.eq(channel.id()))
                    .and(INBOUND.SOURCE_ID.in(
                            arrived.stream().map(a -> source(channel, a)).toList()))
                    .fetch(INBOUND.SOURCE_ID));
            Set<String> held = heldElsewhere(channel, arrived);
            List<InboundRecord> rows = new ArrayList<>();
            long quarantined = 0;
            for (Arrived one : arrived) {
                boolean repeat = !seen.add(source(channel, one))
                        || (one.raw() != null && held.contains(one.raw().sha256()));
                if (!repeat) {
                    InboundRecord row = row(channel, one, now);
                    rows.add(row);
                    quarantined += row.getState().equals(QUARANTINED) ? 1 : 0;
                }
            }
            Rows.insert(sql, rows);
            if (reread(channel).isEmpty()) {
                keepCursor(channel, cursor);
            }
            states.proven(channel.id());
            states.count(channel.id(), rows.size() - quarantined, arrived.size() - rows.size(), quarantined);
            return rows.size();
        });
    }

    private Set<String> heldElsewhere(Channel channel, List<Arrived> arrived) {
        if (arrived.isEmpty()) {
            return Set.of();
        }
        String any = source(channel, arrived.getFirst());
        String numbering = any.substring(0, any.lastIndexOf(':') + 1);
        List<String> contents = new ArrayList<>();
        for (Arrived one : arrived) {
            if (one.raw() != null) {
                contents.add(one.raw().sha256());
            }
        }
        return database.read(sql -> new HashSet<>(sql.select(INBOUND.SHA256)
                .from(INBOUND)
                .where(INBOUND.CHANNEL_ID.eq(channel.id()))
                .and(INBOUND.SHA256.in(contents))
                .and(DSL.not(INBOUND.SOURCE_ID.startsWith(numbering)))
                .fetch(INBOUND.SHA256)));
    }

    private InboundRecord row(Channel channel, Arrived one, Instant now) {
        Instant received = one.source().internalDate();
        InboundRecord row = new InboundRecord();
        row.setId(ids.next());
        row.setChannelId(channel.id());
        row.setSourceId(source(channel, one));
        row.setSha256(one.raw() == null ? "" : one.raw().sha256());
        row.setSize(one.raw() == null ? one.source().size() : one.raw().size());
        row.setInternalAt(received);
        row.setStoredAt(now);
        // A minute's grace: the clocks of server and mail server differ.
        row.setRouted(received == null || !received.isBefore(channel.createdAt().minusSeconds(60)));
        row.setState(one.raw() == null ? QUARANTINED : STORED);
        row.setProviderThread(one.source().thread());
        row.setTries(0);
        row.setProblem(one.why());
        row.setAfterImport(
                channel.incoming().afterImport().word().equals("keep") || one.raw() == null ? NONE : PENDING);
        if (one.why() != null) {
            publisher.publishEvent(quarantineNews(channel.id(), row.getId(), one.why()));
        }
        return row;
    }

    private static ChannelNews quarantineNews(String channelId, String id, String why) {
        return new ChannelNews("message.quarantined", channelId, Map.of("quarantine", id, "why", why));
    }

    /** Messages of a channel that wait to be understood, oldest first. */
    public List<InboundMail> waiting(String channelId, int most) {
        return database.read(sql -> sql.selectFrom(INBOUND)
                        .where(INBOUND.CHANNEL_ID.eq(channelId))
                        .and(INBOUND.STATE.eq(STORED))
                        .orderBy(INBOUND.ID)
                        .limit(most)
                        .fetch())
                .map(row -> new InboundMail(
                        row.getId(),
                        row.getChannelId(),
                        row.getSourceId(),
                        row.getSha256(),
                        row.getSize(),
                        row.getInternalAt(),
                        row.getStoredAt(),
                        row.getRouted(),
                        row.getProviderThread(),
                        row.getTries()));
    }

    /** Marks messages as understood; within the transaction that stores what came of them. Key: inbound id. */
    public void handled(Map<String, String> messageIds) {
        Object[][] values = messageIds.entrySet().stream()
                .map(one -> new Object[] {HANDLED, one.getValue(), one.getKey()})
                .toArray(Object[][]::new);
        database.write(sql -> sql.batch(sql.update(INBOUND)
                        .set(INBOUND.STATE, HANDLED)
                        .set(INBOUND.MESSAGE_ID, (String) null)
                        .where(INBOUND.ID.eq((String) null)))
                .bind(values)
                .execute());
    }

    /** Counts a failure; the third sends the message to quarantine. */
    public void failed(InboundMail mail, String why) {
        boolean last = mail.tries() + 1 >= MOST_TRIES;
        database.write(sql -> {
            int changed = sql.update(INBOUND)
                    .set(INBOUND.TRIES, mail.tries() + 1)
                    .set(INBOUND.PROBLEM, why)
                    .set(INBOUND.STATE, last ? QUARANTINED : STORED)
                    .where(INBOUND.ID.eq(mail.id()))
                    .and(INBOUND.STATE.eq(STORED))
                    .execute();
            if (changed > 0 && last) {
                states.count(mail.channelId(), -1, 0, 1);
                publisher.publishEvent(quarantineNews(mail.channelId(), mail.id(), why));
            }
            return changed;
        });
    }

    /** Source ids of the channel's folder whose after-import action is still to be done, by inbound id. */
    Map<String, String> pendingActions(Channel channel, int most) {
        String place = place(channel) + " ";
        Map<String, String> due = database.read(sql -> sql.select(INBOUND.ID, INBOUND.SOURCE_ID)
                .from(INBOUND)
                .where(INBOUND.CHANNEL_ID.eq(channel.id()))
                .and(INBOUND.SOURCE_ID.startsWith(place))
                .and(INBOUND.STATE.eq(HANDLED))
                .and(INBOUND.AFTER_IMPORT.eq(PENDING))
                .orderBy(INBOUND.ID)
                .limit(most)
                .fetchMap(INBOUND.ID, INBOUND.SOURCE_ID));
        due.replaceAll((id, source) -> source.substring(place.length()));
        return due;
    }

    void actionsDone(Set<String> inboundIds) {
        database.write(sql -> sql.update(INBOUND)
                .set(INBOUND.AFTER_IMPORT, "done")
                .where(INBOUND.ID.in(inboundIds))
                .execute());
    }

    /** A quarantined message, for people to see. */
    public record Quarantined(
            String id,
            String channelId,
            String sourceId,
            String sha256,
            long size,
            @Nullable String why,
            Instant storedAt) {}

    /**
     * A page of the quarantine, newest first.
     *
     * @param before the last id of the page before, or null
     */
    public List<Quarantined> quarantine(@Nullable String before, int size) {
        return database.read(sql -> sql.selectFrom(INBOUND)
                        .where(INBOUND.STATE.eq(QUARANTINED))
                        .and(before == null ? DSL.noCondition() : INBOUND.ID.lt(before))
                        .orderBy(INBOUND.ID.desc())
                        .limit(size)
                        .fetch())
                .map(Inbound::quarantined);
    }

    /** One quarantined message. */
    public Optional<Quarantined> quarantined(String id) {
        return database.read(sql -> sql.fetchOptional(INBOUND, INBOUND.ID.eq(id).and(INBOUND.STATE.eq(QUARANTINED))))
                .map(Inbound::quarantined);
    }

    private static Quarantined quarantined(InboundRecord row) {
        return new Quarantined(
                row.getId(),
                row.getChannelId(),
                row.getSourceId(),
                row.getSha256(),
                row.getSize(),
                row.getProblem(),
                row.getStoredAt());
    }

    /** Lets a quarantined message be tried again; false if it is not there, or was never had. */
    public boolean retry(String id) {
        return database.write(sql -> {
            InboundRecord row = sql.fetchOne(
                    INBOUND,
                    INBOUND.ID.eq(id).and(INBOUND.STATE.eq(QUARANTINED)).and(INBOUND.SHA256.ne("")));
            if (row == null) {
                return false;
            }
            row.setState(STORED);
            row.setTries(0);
            row.update();
            states.count(row.getChannelId(), 1, 0, -1);
            return true;
        });
    }

    /** Takes a message out of the quarantine for good; its raw bytes stay. */
    public boolean discard(String id) {
        return database.write(sql -> sql.update(INBOUND)
                        .set(INBOUND.STATE, "discarded")
                        .where(INBOUND.ID.eq(id))
                        .and(INBOUND.STATE.eq(QUARANTINED))
                        .execute()
                > 0);
    }
}
