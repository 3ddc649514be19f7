package org.postroom.channel;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A diagnosis under way: takes its findings in the order of the steps, and can be ended by another thread, which closes
 * the connection in use. Safe for use by many threads.
 */
public final class Trial {
    private final Consumer<Finding> listener;
    private @Nullable Closeable connection;
    private boolean ended;

    /** Tells the listener of every finding until it is ended. */
    public Trial(Consumer<Finding> listener) {
        this.listener = listener;
    }

    /** The next step. */
    public synchronized void found(Finding finding) {
        if (!ended) {
            listener.accept(finding);
        }
    }

    /**
     * The connection that is to be closed if this is ended.
     *
     * @throws IOException if it is ended already
     */
    public synchronized void uses(Closeable open) throws IOException {
        connection = open;
        if (ended) {
            open.close();
            throw new IOException("the test was ended");
        }
    }

    /** Ends it; nothing is told any more. */
    public synchronized void end() {
        ended = true;
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException ignored) {
                // It is over anyway.
            }
        }
    }

    /** Whether it was ended. */
    public synchronized boolean ended() {
        return ended;
    }
}
