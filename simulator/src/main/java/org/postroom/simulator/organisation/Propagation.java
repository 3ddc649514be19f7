package org.postroom.simulator.organisation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Permissions take a while at Microsoft until every server knows them: a right granted counts from its moment on, one
 * withdrawn ceases at once. Rights never announced here are in force. Safe for all threads.
 */
public final class Propagation {
    private final Map<String, Instant> from = new ConcurrentHashMap<>();
    private final Clock clock;

    Propagation(Clock clock) {
        this.clock = clock;
    }

    /** A right was granted and counts after the delay. */
    public void granted(String kind, String on, String who, Duration delay) {
        if (delay.isPositive()) {
            from.put(key(kind, on, who), clock.instant().plus(delay));
        }
    }

    /** A right was withdrawn; granted again, it waits again. */
    public void withdrawn(String kind, String on, String who) {
        from.remove(key(kind, on, who));
    }

    /** Whether a right that was granted counts yet. */
    public boolean inForce(String kind, String on, String who) {
        Instant moment = from.get(key(kind, on, who));
        return moment == null || !moment.isAfter(clock.instant());
    }

    private static String key(String kind, String on, String who) {
        return (kind + "|" + on + "|" + who).toLowerCase(Locale.ROOT);
    }
}
