package org.postroom.send;

import java.time.Clock;
import org.postroom.store.Database;

/** Outgoing tables for tests of other packages. */
public final class Outboxes {
    private Outboxes() {}

    /** One that tells nobody. */
    public static Outbox none(Database database) {
        return new Outbox(database, Clock.systemUTC(), event -> {});
    }
}
