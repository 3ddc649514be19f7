package org.postroom.simulator.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The last protocol lines of all servers, newest last. Callers mask secrets before they write. Safe for all threads. */
public final class ProtocolLog {
    private static final int KEPT = 10_000;
    private static final int LONGEST_TEXT = 2_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long written;

    /** Who spoke: the client, the server, or the simulator about itself. */
    public enum Speaker {
        CLIENT,
        SERVER,
        NOTE
    }

    /**
     * One line.
     *
     * @param number counts up from 1 without gaps, so that a reader can ask for what came after
     * @param protocol {@code imap}, {@code smtp}, {@code entra}, {@code control} or {@code customer}
     * @param session the connection or request the line belongs to
     */
    public record Entry(long number, Instant at, String protocol, String session, Speaker speaker, String text) {}

    /** Adds a line; texts longer than 2,000 characters are cut. */
    public synchronized void add(String protocol, String session, Speaker speaker, String text) {
        String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        entries.addLast(new Entry(++written, Instant.now(), protocol, session, speaker, shown));
        if (entries.size() > KEPT) {
            entries.removeFirst();
        }
    }

    /** Entries numbered above {@code after} that fit, at most {@code limit} of the newest. */
    public synchronized List<Entry> since(long after, int limit, Predicate<Entry> fits) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.number() > after && fits.test(entry)) {
                found.add(entry);
            }
        }
        return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
    }
}
