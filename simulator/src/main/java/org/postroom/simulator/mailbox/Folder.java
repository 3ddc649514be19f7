package org.postroom.simulator.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A folder of a mailbox. Safe for all threads; watchers are called after the change, outside the folder's lock. */
public final class Folder {
    private final String name;
    private final TreeMap<Long, StoredMessage> messages = new TreeMap<>();
    private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();
    private long uidValidity;
    private long uidNext = 1;
    private long change;
    private boolean subscribed = true;

    Folder(String name, long uidValidity) {
        this.name = name;
        this.uidValidity = uidValidity;
    }

    /** Full name with {@code /} between levels. */
    public String name() {
        return name;
    }

    /** Adds a message under the next unique identifier. */
    public StoredMessage append(MessageContent content, Set<Flag> flags, Instant internalDate) {
        StoredMessage added;
        synchronized (this) {
            added = new StoredMessage(uidNext++, content, flags, internalDate, ++change);
            messages.put(added.uid(), added);
        }
        watchers.forEach(Runnable::run);
        return added;
    }

    /** All messages by ascending unique identifier. */
    public synchronized List<StoredMessage> messages() {
        return List.copyOf(messages.values());
    }

    /** The message of that unique identifier, if it is still there. */
    public synchronized Optional<StoredMessage> find(long uid) {
        return Optional.ofNullable(messages.get(uid));
    }

    /** Sets a message's flags; gives the message afterwards, or nothing where it is gone. */
    public Optional<StoredMessage> setFlags(long uid, UnaryOperator<Set<Flag>> operation) {
        StoredMessage after;
        synchronized (this) {
            StoredMessage before = messages.get(uid);
            if (before == null) {
                return Optional.empty();
            }
            Set<Flag> old = EnumSet.noneOf(Flag.class);
            old.addAll(before.flags());
            Set<Flag> flags = operation.apply(old);
            if (flags.equals(before.flags())) {
                return Optional.of(before);
            }
            after = new StoredMessage(uid, before.content(), flags, before.internalDate(), ++change);
            messages.put(uid, after);
        }
        watchers.forEach(Runnable::run);
        return Optional.of(after);
    }

    /** Removes messages for good; gives those that were there. */
    public List<StoredMessage> remove(Collection<Long> uids) {
        List<StoredMessage> removed = new ArrayList<>();
        synchronized (this) {
            for (Long uid : uids) {
                StoredMessage message = messages.remove(uid);
                if (message != null) {
                    removed.add(message);
                    change++;
                }
            }
        }
        if (!removed.isEmpty()) {
            watchers.forEach(Runnable::run);
        }
        return List.copyOf(removed);
    }

    /** Numbers every message anew under another UIDVALIDITY, as a restored or moved mailbox does. */
    public synchronized void renumber() {
        uidValidity++;
        List<StoredMessage> kept = List.copyOf(messages.values());
        messages.clear();
        uidNext = 1;
        for (StoredMessage message : kept) {
            long uid = uidNext++;
            messages.put(
                    uid, new StoredMessage(uid, message.content(), message.flags(), message.internalDate(), ++change));
        }
    }

    /** IMAP's UIDVALIDITY. */
    public synchronized long uidValidity() {
        return uidValidity;
    }

    /** IMAP's UIDNEXT. */
    public synchronized long uidNext() {
        return uidNext;
    }

    /** Counts up with every change. */
    public synchronized long change() {
        return change;
    }

    /** Whether LSUB names it. */
    public synchronized boolean subscribed() {
        return subscribed;
    }

    /** Sets whether LSUB names it. */
    public synchronized void subscribe(boolean wanted) {
        subscribed = wanted;
    }

    /** Calls the watcher after every change, in the thread that made it; the watcher must not block. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Stops what {@link #watch} began. */
    public void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }
}
