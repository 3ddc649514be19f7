package org.postroom.conversation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Kinship.Holder;
import org.postroom.conversation.Kinship.Kin;

/**
 * Messages put into conversations in memory, as the server does with its store, as long as nobody works on them: a report
 * joins its original; else a message joins the nearest conversation it is kin to, and others that it is kin to join that.
 * Keeps ids and addresses only. Used by one thread.
 */
public final class Grouping {
    private static final String ANYBODY = "";

    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private final List<Integer> joined = new ArrayList<>();
    private final List<@Nullable Set<String>> people = new ArrayList<>();

    /** A conversation as it was when it learned the id; others may have joined it, or it another. */
    private static final class Entry {
        final int conversation;
        boolean held;

        Entry(int conversation, boolean held) {
            this.conversation = conversation;
            this.held = held;
        }
    }

    /** Adds the next message; it has the number of those before it. A message without any address may be anybody's. */
    public void add(Clues clues) {
        add(clues, Set.of());
    }

    /**
     * Adds the next message.
     *
     * @param mailbox addresses that all mail goes to, which say nothing about who takes part
     */
    public void add(Clues message, Set<String> mailbox) {
        Clues clues = message.people().isEmpty() ? message.among(Set.of(ANYBODY)) : message.without(mailbox);
        int itself = joined.size();
        joined.add(itself);
        people.add(new HashSet<>(clues.people()));
        int place = itself;
        for (String original : clues.originals()) {
            for (Entry entry : byKey.getOrDefault(original, List.of())) {
                place = entry.held && place == itself ? now(entry.conversation) : place;
            }
        }
        List<Kin<Integer>> kin = Kinship.of(clues, new Known());
        for (Kin<Integer> one : kin) {
            place = place == itself ? one.conversation() : place;
        }
        join(itself, place);
        learn(clues, now(place));
        for (Kin<Integer> one : kin) {
            join(one.conversation(), place);
        }
    }

    private void learn(Clues clues, int place) {
        if (clues.own() != null) {
            learn(clues.own(), place, true);
        }
        for (String key : clues.keys()) {
            if (!key.equals(clues.own())) {
                learn(key, place, key.equals(clues.thread()));
            }
        }
    }

    private void learn(String key, int place, boolean held) {
        List<Entry> entries = byKey.computeIfAbsent(key, k -> new ArrayList<>(1));
        for (Entry entry : entries) {
            if (now(entry.conversation) == place) {
                entry.held |= held;
                return;
            }
        }
        if (held || entries.size() < Kinship.MOST_HOLDERS) {
            entries.add(new Entry(place, held));
        }
    }

    private void join(int one, int other) {
        int from = Math.max(now(one), now(other));
        int to = Math.min(now(one), now(other));
        if (from != to) {
            joined.set(from, to);
            Set<String> more = people.set(from, null);
            if (more != null) {
                peopleOf(to).addAll(more);
            }
        }
    }

    private Set<String> peopleOf(int conversation) {
        Set<String> some = people.get(conversation);
        return some == null ? Set.of() : some;
    }

    private int now(int conversation) {
        int top = conversation;
        while (joined.get(top) != top) {
            joined.set(top, joined.get(joined.get(top)));
            top = joined.get(top);
        }
        return top;
    }

    /** The conversations, each the numbers of its messages, in the order of their first. */
    public Collection<List<Integer>> conversations() {
        Map<Integer, List<Integer>> all = new LinkedHashMap<>();
        for (int i = 0; i < joined.size(); i++) {
            all.computeIfAbsent(now(i), c -> new ArrayList<>()).add(i);
        }
        return all.values();
    }

    private final class Known implements Kinship.Memory<Integer> {
        @Override
        public List<Holder<Integer>> holders(String key) {
            return byKey.getOrDefault(key, List.of()).stream()
                    .map(entry -> new Holder<>(now(entry.conversation), entry.held))
                    .toList();
        }

        @Override
        public boolean takesPart(Integer conversation, Set<String> some) {
            Set<String> there = peopleOf(conversation);
            return there.contains(ANYBODY)
                    || some.contains(ANYBODY)
                    || some.stream().anyMatch(there::contains);
        }
    }
}
