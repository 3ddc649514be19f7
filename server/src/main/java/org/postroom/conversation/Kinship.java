package org.postroom.conversation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which conversations a message is kin to by what others, not we, have written: ids in its header and its provider's
 * thread. Pure, and the same for the server and for the command {@code thread}; never goes by the subject.
 */
public final class Kinship {
    /** Conversations that are remembered for one id; a newsletter's is named by many. */
    static final int MOST_HOLDERS = 1_000;

    private Kinship() {}

    /**
     * A conversation that knows an id.
     *
     * @param held whether the message of that id is in it; else another message in it names the id
     */
    public record Holder<C>(C conversation, boolean held) {}

    /**
     * A conversation that a message is kin to.
     *
     * @param key what they share
     */
    public record Kin<C>(C conversation, String key, boolean held) {}

    /** What is known so far. */
    public interface Memory<C extends Comparable<C>> {
        /** Conversations that know an id or provider's thread; the lesser is the older. */
        List<Holder<C>> holders(String key);

        /** Whether one of these people takes part in it: strangers who answer one newsletter are not one conversation. */
        boolean takesPart(C conversation, Set<String> people);
    }

    /**
     * All conversations that a message is kin to, the nearest first: by the ids it names, by its own id, and only if there
     * is none of those by its provider's thread.
     */
    public static <C extends Comparable<C>> List<Kin<C>> of(Clues clues, Memory<C> memory) {
        List<Kin<C>> found = new ArrayList<>();
        Set<C> seen = new HashSet<>();
        for (String name : clues.names()) {
            add(name, clues, memory, found, seen);
        }
        if (clues.own() != null) {
            add(clues.own(), clues, memory, found, seen);
        }
        if (found.isEmpty() && clues.thread() != null) {
            add(clues.thread(), clues, memory, found, seen);
            return found.isEmpty() ? found : List.of(found.getFirst());
        }
        return found;
    }

    private static <C extends Comparable<C>> void add(
            String key, Clues clues, Memory<C> memory, List<Kin<C>> found, Set<C> seen) {
        List<Holder<C>> holders = new ArrayList<>();
        for (Holder<C> one : memory.holders(key)) {
            if (!seen.contains(one.conversation()) && memory.takesPart(one.conversation(), clues.people())) {
                holders.add(one);
            }
        }
        // Where the message itself is, before where it is only named; the older first.
        holders.sort(Comparator.comparing((Holder<C> one) -> !one.held()).thenComparing(Holder::conversation));
        for (Holder<C> one : holders) {
            if (seen.add(one.conversation())) {
                found.add(new Kin<>(one.conversation(), key, one.held()));
            }
        }
    }
}
