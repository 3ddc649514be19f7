package org.postroom.simulator.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The mail connections open now. Safe for all threads. */
public final class Sessions {
    private final Map<String, Session> open = new ConcurrentHashMap<>();

    /**
     * A connection.
     *
     * @param protocol {@code imap} or {@code smtp}
     * @param mailbox address of the mailbox opened or sent from; null before authentication
     * @param user who authenticated; null before
     * @param tokenExpires null where no token was used
     * @param expired called once when the token has expired
     */
    public record Session(
            String id,
            String protocol,
            Instant since,
            @Nullable String mailbox,
            @Nullable String user,
            @Nullable Instant tokenExpires,
            Runnable expired) {}

    /** A new identifier for a session. */
    public static String newId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** Adds a session or replaces what is known of it. */
    public void put(Session session) {
        open.put(session.id(), session);
    }

    /**
     * Adds an authenticated session unless its mailbox has as many of that protocol as it may.
     *
     * @return whether it was added
     */
    public synchronized boolean putWithin(Session session, int most) {
        long same = count(other -> !other.id().equals(session.id())
                && other.protocol().equals(session.protocol())
                && session.mailbox() != null
                && session.mailbox().equals(other.mailbox()));
        if (same >= most) {
            return false;
        }
        open.put(session.id(), session);
        return true;
    }

    private long count(Predicate<Session> fits) {
        return open.values().stream().filter(fits).count();
    }

    /** Forgets a session that ended. */
    public void remove(String id) {
        open.remove(id);
    }

    /** All sessions, the oldest first. */
    public List<Session> all() {
        List<Session> all = new ArrayList<>(open.values());
        all.sort((a, b) -> a.since().compareTo(b.since()));
        return List.copyOf(all);
    }

    /** Ends the sessions whose token has expired by {@code now}. */
    public void expire(Instant now) {
        for (Session session : open.values()) {
            if (session.tokenExpires() != null && !session.tokenExpires().isAfter(now)) {
                session.expired().run();
            }
        }
    }
}
