package org.postroom.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose mailbox mails come from, as far as they tell: an address that nearly all of them went to or came from. It takes
 * part in everything, and so tells nothing about who does. Mail of lists does not count.
 */
final class MailboxOwner {
    private static final int ONE_MISS_IN = 20;

    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> writers = new HashSet<>();
    private final Set<String> readers = new HashSet<>();
    private final List<Set<String>> messages = new ArrayList<>();

    /** Takes note of a message. */
    void note(Set<String> from, Set<String> to) {
        Set<String> all = new HashSet<>(from);
        all.addAll(to);
        if (!all.isEmpty()) {
            all.forEach(one -> seen.merge(one, 1, Integer::sum));
            writers.addAll(from);
            readers.addAll(to);
            messages.add(all);
        }
    }

    /** The owner's addresses; none if the mails do not tell. */
    Set<String> addresses() {
        int needed = messages.size() - messages.size() / ONE_MISS_IN;
        Set<String> everywhere = seen.entrySet().stream()
                .filter(one -> one.getValue() >= needed && readers.contains(one.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> onlyRead =
                everywhere.stream().filter(one -> !writers.contains(one)).collect(Collectors.toSet());
        if (!onlyRead.isEmpty()) {
            // Two who only read, and nobody else: then they are the ones who talk.
            return messages.stream().anyMatch(onlyRead::containsAll) ? Set.of() : onlyRead;
        }
        return everywhere.size() == 1 ? everywhere : Set.of();
    }
}
