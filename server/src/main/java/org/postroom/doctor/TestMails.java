package org.postroom.doctor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How many test mails a channel sends: a few a minute, so that nobody makes a flood of them. Safe for use by many threads. */
final class TestMails {
    private static final int MOST = 5;
    private static final Duration WITHIN = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Deque<Instant>> sent = new HashMap<>();

    TestMails(Clock clock) {
        this.clock = clock;
    }

    /** Whether one more may be sent now; it is counted then. */
    synchronized boolean take(String channelId) {
        Instant now = clock.instant();
        sent.values().forEach(times -> times.removeIf(t -> t.plus(WITHIN).isBefore(now)));
        sent.values().removeIf(Deque::isEmpty);
        Deque<Instant> times = sent.computeIfAbsent(channelId, c -> new ArrayDeque<>());
        if (times.size() >= MOST) {
            return false;
        }
        times.add(now);
        return true;
    }
}
