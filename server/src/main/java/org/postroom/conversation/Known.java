package org.postroom.conversation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Kinship.Holder;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.postroom.store.tables.tables.records.ConversationRecord;

/** What the database knew before a batch, and what the batch adds to it as it goes. Of one thread. */
final class Known implements Kinship.Memory<String> {
    private static final int LONGEST_WAY = 20;

    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private final Map<String, ConversationRecord> conversations = new HashMap<>();
    private final Map<Long, String> byNumber = new HashMap<>();
    private final Map<String, String> followers = new HashMap<>();
    private final Map<String, Set<String>> participants = new HashMap<>();
    private final Map<String, ContactRecord> contacts = new HashMap<>();

    /** A conversation as it was when it learned an id; it may have been merged since. */
    static final class Entry {
        final String conversation;
        boolean held;

        Entry(String conversation, boolean held) {
            this.conversation = conversation;
            this.held = held;
        }
    }

    void add(String key, Entry entry) {
        byKey.computeIfAbsent(key, k -> new ArrayList<>(1)).add(entry);
    }

    void add(ConversationRecord row) {
        conversations.put(row.getId(), row);
        if (row.getNumber() != null) {
            byNumber.put(row.getNumber(), row.getId());
        }
        if (row.getFollowsId() != null) {
            followers.merge(row.getFollowsId(), row.getId(), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    Collection<ConversationRecord> conversations() {
        return conversations.values();
    }

    Map<String, ContactRecord> contacts() {
        return contacts;
    }

    List<Entry> entries(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    Set<String> participantsOf(String conversationId) {
        return participants.computeIfAbsent(conversationId, c -> new HashSet<>());
    }

    boolean hasParticipants(String conversationId) {
        return participants.containsKey(conversationId);
    }

    /** A conversation, or the one that it was merged into; null if it is none of this channel's that may matter. */
    @Nullable
    ConversationRecord now(@Nullable String id) {
        ConversationRecord row = id == null ? null : conversations.get(id);
        for (int i = 0; i < LONGEST_WAY && row != null && row.getMergedInto() != null; i++) {
            row = conversations.get(row.getMergedInto());
        }
        return row;
    }

    /** Where an id of ours is now: with the message of that id, which may have been split off, else where it began. */
    @Nullable
    ConversationRecord of(OwnMessageIds.Signed signed) {
        for (Entry entry : entries(signed.key())) {
            ConversationRecord row = entry.held ? now(entry.conversation) : null;
            if (row != null) {
                return row;
            }
        }
        return now(signed.conversation());
    }

    @Nullable
    ConversationRecord ofNumber(long number) {
        return now(byNumber.get(number));
    }

    /** The newest conversation that follows this one. */
    @Nullable
    ConversationRecord follower(ConversationRecord row) {
        ConversationRecord follower = now(followers.get(row.getId()));
        return follower == null || follower.getId().equals(row.getId()) ? null : follower;
    }

    @Override
    public List<Holder<String>> holders(String key) {
        List<Holder<String>> holders = new ArrayList<>();
        for (Entry entry : entries(key)) {
            ConversationRecord row = now(entry.conversation);
            if (row != null) {
                holders.add(new Holder<>(row.getId(), entry.held));
            }
        }
        return holders;
    }

    @Override
    public boolean takesPart(String conversation, Set<String> people) {
        Set<String> there = participants.getOrDefault(conversation, Set.of());
        return people.stream().anyMatch(there::contains);
    }
}
