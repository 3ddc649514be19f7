package org.postroom.store;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes ids that sort by the time they were made: UUID version 7 of RFC 9562. Safe for use by many threads. */
public final class Ids {
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long last;

    /** Ids by this clock. */
    public Ids(Clock clock) {
        this.clock = clock;
    }

    /** A new id, greater than every earlier one of this object. */
    public String next() {
        long stamp;
        synchronized (this) {
            // 48 bits of milliseconds and 12 bits of counter, so that ids made within one millisecond stay in order.
            stamp = Math.max(clock.millis() << 12, last + 1);
            last = stamp;
        }
        long high = ((stamp >>> 12) << 16) | 0x7000L | (stamp & 0xfff);
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
