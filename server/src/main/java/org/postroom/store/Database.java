package org.postroom.store;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * The database, whichever it is. Statements are jOOQ's and the same on SQLite and PostgreSQL; what differs is behind
 * this interface. Safe for use by many threads; every call blocks its caller.
 */
public interface Database {
    /** Runs statements that only read, outside any transaction of ours unless called within {@link #write}. */
    <T> T read(Function<DSLContext, T> work);

    /**
     * Runs statements in one transaction and returns once it is durable. Within another {@code write} on the same thread
     * it joins that transaction. What {@code work} throws undoes its statements and reaches the caller.
     *
     * <p>{@code work} must be quick and do no input or output but these statements: on SQLite all writing of the process
     * waits for it.
     */
    <T> T write(Function<DSLContext, T> work);

    /** Runs something after the surrounding {@link #write} is durable; at once if there is none. */
    default void afterCommit(Runnable action) {
        Commit current = Commit.current();
        if (current == null) {
            action.run();
        } else {
            current.add(action);
        }
    }

    /**
     * Gathers a value within a {@link #write}; whoever writes them gets all values of the transaction at its end, still
     * within it, in their order.
     *
     * @param together the same object for all values that belong together; not called if the transaction fails
     * @throws IllegalStateException outside a write
     */
    default <T extends Object> void gather(BiConsumer<DSLContext, List<T>> together, T value) {
        Commit current = Commit.current();
        if (current == null) {
            throw new IllegalStateException("only within a write");
        }
        current.gather(together, value);
    }

    /**
     * Runs {@code work} while nobody else, on any node, holds the lock of that name. {@code work} may take seconds, and
     * may call {@link #write}.
     */
    <T> T locked(String name, Function<DSLContext, T> work);

    /** The next value of a counter: greater than all before it, and in the order of commits. Only within a write. */
    long next(DSLContext sql, String counter, int howMany);

    /** Whether this is PostgreSQL. */
    boolean postgres();
}
