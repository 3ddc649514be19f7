package org.postroom.simulator.organisation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Real time plus whatever it was advanced by: token lives pass as fast as a test wants. Safe for all threads. */
public final class SimulatorClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();

    /** Moves time on; a negative amount moves it back. Watchers run before this returns. */
    public void advance(Duration amount) {
        ahead.updateAndGet(amount::plus);
        watchers.forEach(Runnable::run);
    }

    /** Calls the watcher after each {@link #advance}. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
