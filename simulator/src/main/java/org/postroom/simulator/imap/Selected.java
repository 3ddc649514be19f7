package org.postroom.simulator.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.StoredMessage;

/** The folder a session has selected, as its client knows it (RFC 3501 section 7.4). Guarded by the session's lock. */
final class Selected {
    private final Folder folder;
    private final boolean readOnly;
    private final long uidValidity;
    private final List<Long> uids = new ArrayList<>();
    private final Map<Long, Long> knownChanges = new HashMap<>();
    private long synced = -1;

    /** A message by the number the client knows it under. */
    record Numbered(int number, StoredMessage message) {}

    Selected(Folder folder, boolean readOnly) {
        this.folder = folder;
        this.readOnly = readOnly;
        this.uidValidity = folder.uidValidity();
        for (StoredMessage message : folder.messages()) {
            uids.add(message.uid());
            knownChanges.put(message.uid(), message.change());
        }
    }

    Folder folder() {
        return folder;
    }

    boolean readOnly() {
        return readOnly;
    }

    int count() {
        return uids.size();
    }

    /** Messages in the set that are still there. */
    List<Numbered> find(SequenceSet set, boolean byUid) {
        long largest = byUid ? (uids.isEmpty() ? 0 : uids.getLast()) : uids.size();
        List<Numbered> found = new ArrayList<>();
        for (int i = 0; i < uids.size(); i++) {
            long key = byUid ? uids.get(i) : i + 1;
            if (set.contains(key, largest)) {
                int number = i + 1;
                Optional<StoredMessage> message = folder.find(uids.get(i));
                message.ifPresent(present -> found.add(new Numbered(number, present)));
            }
        }
        return found;
    }

    List<Numbered> all() {
        return find(new SequenceSet(List.of(new SequenceSet.Range(1, Long.MAX_VALUE))), false);
    }

    long largestUid() {
        return uids.isEmpty() ? 0 : uids.getLast();
    }

    /** The client has just been told of these flags, or asked not to be. */
    void told(StoredMessage message) {
        knownChanges.put(message.uid(), message.change());
    }

    /**
     * Tells the client what changed.
     *
     * @param expunge whether the client can bear messages going now
     * @throws ImapSession.EndedException if the folder was numbered anew underneath
     */
    void sync(ImapOutput out, boolean expunge) throws IOException {
        if (folder.uidValidity() != uidValidity) {
            throw new ImapSession.EndedException("* BYE Connection is closed. 13");
        }
        long change = folder.change();
        if (change == synced) {
            return;
        }
        List<StoredMessage> now = folder.messages();
        boolean complete = expunge || !anyGone(now);
        if (expunge) {
            removeGone(now, out);
        }
        int before = uids.size();
        for (StoredMessage message : now) {
            Long known = knownChanges.get(message.uid());
            if (known == null) {
                uids.add(message.uid());
                told(message);
            } else if (known != message.change()) {
                told(message);
                out.line("* " + (uids.indexOf(message.uid()) + 1) + " FETCH (FLAGS " + flags(message) + ")");
            }
        }
        if (uids.size() > before) {
            out.line("* " + uids.size() + " EXISTS");
            out.line("* 0 RECENT");
        }
        synced = complete ? change : -1;
    }

    private boolean anyGone(List<StoredMessage> now) {
        return now.stream()
                        .filter(message -> knownChanges.containsKey(message.uid()))
                        .count()
                < uids.size();
    }

    private void removeGone(List<StoredMessage> now, ImapOutput out) throws IOException {
        Set<Long> there = new HashSet<>();
        now.forEach(message -> there.add(message.uid()));
        for (int i = 0; i < uids.size(); ) {
            if (there.contains(uids.get(i))) {
                i++;
            } else {
                knownChanges.remove(uids.remove(i));
                out.line("* " + (i + 1) + " EXPUNGE");
            }
        }
    }

    static String flags(StoredMessage message) {
        return message.flags().stream().sorted().map(Flag::word).collect(Collectors.joining(" ", "(", ")"));
    }
}
