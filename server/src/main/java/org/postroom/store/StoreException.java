package org.postroom.store;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database or the raw storage cannot do what was asked, in words an operator can act on. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure in plain words. */
    public StoreException(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The one behind a failure, if there is one. */
    public static Optional<StoreException> behind(@Nullable Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof StoreException store) {
                return Optional.of(store);
            }
        }
        return Optional.empty();
    }

    /** Names a full disk and a read-only folder as such; everything else passes unchanged. */
    static RuntimeException named(RuntimeException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String words = words(String.valueOf(t.getMessage()));
            if (words != null) {
                return new StoreException(words, e);
            }
        }
        return e;
    }

    /** Words for a message of SQLite or of the operating system that an operator meets; null for any other. */
    static @Nullable String words(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("sqlite_full") || lower.contains("no space left") || lower.contains("disk is full")) {
            return "The disk with the data folder is full; free some space, mail waits in the mailboxes meanwhile";
        }
        if (lower.contains("sqlite_readonly")
                || lower.contains("read-only file system")
                || lower.contains("readonly database")) {
            return "The data folder is read-only; make it writable for the user who runs Postroom";
        }
        if (lower.contains("quota exceeded")) {
            return "The disk quota of the user who runs Postroom is used up";
        }
        if (lower.contains("error getting connection from data source")) {
            return "The database does not answer; Postroom goes on by itself once it does";
        }
        return null;
    }
}
