package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.MESSAGE;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.FieldProblem;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.tables.tables.records.ConversationRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Merging and splitting conversations, and taking that back. Later mail remembers it: ids go with their messages, and a
 * merged conversation's id, number and signed ids lead to the other. Safe for use by many threads and nodes.
 */
@Service
public class Rearranging {
    private static final int MOST_MESSAGES = 500;

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final Contents contents;
    private final ApplicationEventPublisher publisher;

    @Autowired
    Rearranging(
            Database database,
            Ids ids,
            Clock clock,
            OwnMessageIds ownIds,
            OwnAddresses ownAddresses,
            ApplicationEventPublisher publisher) {
        this(database, ids, clock, ownIds, ownAddresses::all, publisher);
    }

    /** @param ownAddresses addresses of our own, in lower case */
    Rearranging(
            Database database,
            Ids ids,
            Clock clock,
            OwnMessageIds ownIds,
            Supplier<Set<String>> ownAddresses,
            ApplicationEventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.contents = new Contents(ownIds, ownAddresses);
        this.publisher = publisher;
    }

    /** What came of it. */
    public sealed interface Rearranged {
        /** It is done, or was so already; the messages are in this conversation. */
        record Done(String conversationId) implements Rearranged {}

        /** Nothing was changed, and why. */
        record Wrong(FieldProblem problem) implements Rearranged {}

        /** There is no such conversation. */
        record NoSuchConversation() implements Rearranged {}
    }

    /**
     * Puts all messages of a conversation into another of the same channel.
     *
     * @param into id of the other, or its number
     * @param person who does it, null for a program
     */
    public Rearranged merge(String id, String into, @Nullable String person) {
        return database.write(sql -> {
            Condition other = into.matches("#?\\d{1,18}")
                    ? CONVERSATION.NUMBER.eq(Long.parseLong(into.replace("#", "")))
                    : CONVERSATION.ID.eq(into);
            Map<String, ConversationRecord> rows =
                    lock(sql, CONVERSATION.ID.eq(id).or(other));
            ConversationRecord source = rows.get(id);
            if (source == null) {
                return new Rearranged.NoSuchConversation();
            }
            ConversationRecord named = rows.values().stream()
                    .filter(row -> row.getId().equals(into)
                            || into.equals("#" + row.getNumber())
                            || into.equals(row.getNumber() + ""))
                    .findFirst()
                    .orElse(null);
            if (named == null) {
                return wrong("there is no conversation " + cut(into));
            }
            ConversationRecord target = end(sql, named);
            if (source.getMergedInto() != null) {
                return source.getMergedInto().equals(target.getId())
                        ? new Rearranged.Done(target.getId())
                        : wrong("#" + source.getNumber()
                                + " was merged already; merge the conversation that it went into");
            }
            if (target.getId().equals(source.getId())) {
                return wrong(
                        named.getId().equals(source.getId())
                                ? "a conversation cannot be merged into itself"
                                : "#" + named.getNumber() + " was merged into this one already");
            }
            if (!source.getChannelId().equals(target.getChannelId())) {
                return wrong(
                        "#" + target.getNumber()
                                + " belongs to another channel: its answers leave under another address. Close one of the two instead");
            }
            merge(sql, source, target, person);
            return new Rearranged.Done(target.getId());
        });
    }

    private void merge(DSLContext sql, ConversationRecord source, ConversationRecord target, @Nullable String person) {
        Instant now = clock.instant();
        State stands = State.parse(target.getState());
        State came = State.parse(source.getState());
        boolean wakes = (came == State.NEW || came == State.OPEN) && stands != State.NEW && stands != State.OPEN;
        Moving.all(sql, source.getId(), target.getId());
        source.setMergedInto(target.getId());
        source.setMergedState(wakes ? stands.word() : null);
        source.setSettled(true);
        source.setVersion(source.getVersion() + 1);
        source.update();
        if (wakes) {
            target.setState(State.OPEN.word());
            target.setClosedAt(null);
        }
        if (source.getUpdatedAt().isAfter(target.getUpdatedAt())) {
            target.setPreview(source.getPreview());
            target.setLastDirection(source.getLastDirection());
        }
        if (target.getUndeliveredAt() == null) {
            target.setUndeliveredAt(source.getUndeliveredAt());
        }
        target.setMessages(target.getMessages() + source.getMessages());
        changed(target, now);
        tell("conversation.merged", source.getId(), person, Map.of("into", target.getId()));
    }

    /** Takes a merge back: the messages that came with it return to the conversation they came from. */
    public Rearranged unmerge(String id, @Nullable String person) {
        return database.write(sql -> {
            ConversationRecord first = sql.fetchOne(CONVERSATION, CONVERSATION.ID.eq(id));
            if (first == null) {
                return new Rearranged.NoSuchConversation();
            }
            String into = first.getMergedInto();
            Map<String, ConversationRecord> rows =
                    lock(sql, CONVERSATION.ID.eq(id).or(CONVERSATION.ID.eq(into == null ? id : into)));
            ConversationRecord source = rows.get(id);
            ConversationRecord target = into == null ? null : rows.get(into);
            if (source == null || target == null || !target.getId().equals(source.getMergedInto())) {
                return wrong("this conversation is not merged");
            }
            List<String> moved = sql.select(MESSAGE.ID)
                    .from(MESSAGE)
                    .where(MESSAGE.CONVERSATION_ID.eq(target.getId()))
                    .and(MESSAGE.MERGED_FROM.eq(id))
                    .fetch(MESSAGE.ID);
            Instant now = clock.instant();
            source.setMergedInto(null);
            if (source.getMergedState() != null && target.getState().equals(State.OPEN.word())) {
                target.setState(source.getMergedState());
                target.setClosedAt(target.getState().equals(State.CLOSED.word()) ? now : null);
            }
            contents.move(sql, moved, source, target);
            changed(source, now);
            changed(target, now);
            tell("conversation.split", target.getId(), person, Map.of("into", id, "messages", moved));
            return new Rearranged.Done(id);
        });
    }

    /**
     * Puts some messages of a conversation into a new one.
     *
     * @param messageIds at least one, and not all
     * @param person who does it, null for a program
     */
    public Rearranged split(String id, List<String> messageIds, @Nullable String person) {
        return database.write(sql -> {
            ConversationRecord old =
                    lock(sql, Redirects.of(id)).values().stream().findFirst().orElse(null);
            if (old == null) {
                return new Rearranged.NoSuchConversation();
            }
            List<String> moved = messageIds.stream().distinct().toList();
            if (moved.isEmpty() || moved.size() > MOST_MESSAGES) {
                return wrong(
                        "messages",
                        moved.isEmpty() ? "name at least one message" : "at most " + MOST_MESSAGES + " messages");
            }
            Set<String> there = new HashSet<>(sql.select(MESSAGE.ID)
                    .from(MESSAGE)
                    .where(MESSAGE.CONVERSATION_ID.eq(old.getId()))
                    .fetch(MESSAGE.ID));
            for (String one : moved) {
                if (!there.contains(one)) {
                    return wrong("messages", "this conversation has no message " + cut(one));
                }
            }
            if (moved.size() == there.size()) {
                return wrong("messages", "at least one message has to stay; all of them are this conversation already");
            }
            Instant now = clock.instant();
            ConversationRecord fresh = fresh(sql, old, now);
            contents.move(sql, moved, fresh, old);
            contents.name(sql, fresh, old);
            changed(fresh, now);
            changed(old, now);
            tell("conversation.created", fresh.getId(), person, Map.of("channel", fresh.getChannelId()));
            tell("conversation.split", old.getId(), person, Map.of("into", fresh.getId(), "messages", moved));
            return new Rearranged.Done(fresh.getId());
        });
    }

    private ConversationRecord fresh(DSLContext sql, ConversationRecord old, Instant now) {
        ConversationRecord row = sql.newRecord(CONVERSATION);
        row.setId(ids.next());
        row.setNumber(database.next(sql, "conversation", 1));
        row.setSubject(old.getSubject());
        row.setState(State.NEW.word());
        row.setChannelId(old.getChannelId());
        row.setQueue(old.getQueue());
        row.setAssigneeId(old.getAssigneeId());
        row.setContactId(old.getContactId());
        row.setPreview("");
        row.setLastDirection("in");
        row.setMessages(0);
        row.setCreatedAt(now);
        row.setUpdatedAt(now);
        row.setVersion(1L);
        row.setSettled(true);
        row.insert();
        return row;
    }

    private static void changed(ConversationRecord row, Instant now) {
        row.setSettled(true);
        row.setUpdatedAt(now);
        row.setVersion(row.getVersion() + 1);
        row.update();
    }

    /** In the order of their ids on every node, so that two never wait for each other. */
    private Map<String, ConversationRecord> lock(DSLContext sql, Condition which) {
        var select = sql.selectFrom(CONVERSATION).where(which).orderBy(CONVERSATION.ID);
        Map<String, ConversationRecord> rows = new LinkedHashMap<>();
        (database.postgres() ? select.forUpdate().fetch() : select.fetch()).forEach(row -> rows.put(row.getId(), row));
        return rows;
    }

    private ConversationRecord end(DSLContext sql, ConversationRecord row) {
        String into = row.getMergedInto();
        return into == null ? row : lock(sql, CONVERSATION.ID.eq(into)).getOrDefault(into, row);
    }

    private void tell(String type, String id, @Nullable String person, Map<String, Object> data) {
        Map<String, Object> all = new LinkedHashMap<>(data);
        if (person != null) {
            all.put("person", person);
        }
        publisher.publishEvent(new ConversationNews(type, id, all));
    }

    private static Rearranged wrong(String message) {
        return wrong("into", message);
    }

    private static Rearranged wrong(String field, String message) {
        return new Rearranged.Wrong(new FieldProblem(field, message));
    }

    private static String cut(String text) {
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
    }
}
