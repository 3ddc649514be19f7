package org.postroom.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A transaction in the making on the current thread, and what is to be done once it is durable. */
final class Commit {
    private static final Logger log = LoggerFactory.getLogger(Commit.class);
    private static final ThreadLocal<Commit> CURRENT = new ThreadLocal<>();

    final DSLContext sql;
    private final List<Runnable> after = new ArrayList<>();
    private final Map<BiConsumer<DSLContext, ?>, List<Object>> gathered = new LinkedHashMap<>();

    Commit(DSLContext sql) {
        this.sql = sql;
    }

    static @Nullable Commit current() {
        return CURRENT.get();
    }

    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }

    void add(Runnable action) {
        after.add(action);
    }

    void gather(BiConsumer<DSLContext, ?> together, Object value) {
        gathered.computeIfAbsent(together, t -> new ArrayList<>()).add(value);
    }

    /** Hands over what was gathered, also what is gathered meanwhile. */
    @SuppressWarnings("unchecked") // gather() takes only what its consumer takes
    void handOver() {
        while (!gathered.isEmpty()) {
            Map<BiConsumer<DSLContext, ?>, List<Object>> now = new LinkedHashMap<>(gathered);
            gathered.clear();
            now.forEach((together, values) -> ((BiConsumer<DSLContext, List<Object>>) together).accept(sql, values));
        }
    }

    /** Forgets what was gathered and what was to be done: the piece has failed. */
    void forget() {
        gathered.clear();
        after.clear();
    }

    /** What was to be done after the commit so far; it is the taker's from here on. */
    List<Runnable> takeAfter() {
        List<Runnable> taken = List.copyOf(after);
        after.clear();
        return taken;
    }

    /** Runs what was to be done after the commit; a failure there cannot undo it and is only logged. */
    static void runAll(List<Runnable> actions) {
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                log.error("A follow-up of a stored change failed; the change itself is stored", e);
            }
        }
    }
}
