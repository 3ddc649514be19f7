package org.postroom.fetch;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.postroom.channel.ChannelProblem;

/** How long a channel rests after a failure: longer each time, with jitter, so that many channels do not return at once. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration THROTTLED = Duration.ofMinutes(5);

    private static final Duration OWN = Duration.ofMillis(500);
    private static final Duration LONGEST_OWN = Duration.ofMinutes(1);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The rest before the next try.
     *
     * @param attempts failures in a row, this one not counted
     */
    Duration after(ChannelProblem.Kind kind, int attempts) {
        Duration plain = switch (kind) {
            case SIGN_IN -> LONGEST;
            case THROTTLED -> THROTTLED;
            case SETTINGS, PASSING -> doubled(attempts);
        };
        return plain.plusMillis(random.nextLong(plain.toMillis() / 5 + 1));
    }

    /** The rest after a failure that is not the mail server's: short, for it costs the server nothing. */
    Duration afterOwn(int attempts) {
        Duration rest = OWN.multipliedBy(1L << Math.min(attempts, 10));
        return rest.compareTo(LONGEST_OWN) > 0 ? LONGEST_OWN : rest;
    }

    private static Duration doubled(int attempts) {
        Duration rest = FIRST.multipliedBy(1L << Math.min(attempts, 10));
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }
}
