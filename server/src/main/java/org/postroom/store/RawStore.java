package org.postroom.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where raw messages are kept, byte for byte, under the SHA-256 of their content; the same content is kept once. Safe
 * for use by many threads.
 */
public interface RawStore {
    /**
     * Takes in a message, not yet durable.
     *
     * @param limit most bytes to take
     * @throws TooBigException if there are more; nothing is kept then
     * @throws IOException if {@code in} fails
     * @throws StoreException if it cannot be written
     */
    Staged stage(InputStream in, long limit) throws IOException;

    /** Makes all of these durable; on return they may be named in the database. */
    void flush(List<Staged> staged);

    /** Removes what was taken in and is not to be kept; what is durable already stays. */
    void drop(List<Staged> staged);

    /** Opens a kept message; the caller closes it. */
    InputStream open(String sha256);

    /** Whether it is kept. */
    boolean holds(String sha256);

    /**
     * A message taken in.
     *
     * @param sha256 lower-case hexadecimal
     * @param size in bytes
     */
    record Staged(String sha256, long size, java.nio.file.Path file) {}

    /** A message larger than the limit. */
    final class TooBigException extends IOException {
        private static final long serialVersionUID = 1L;

        /** More than {@code limit} bytes came. */
        public TooBigException(long limit) {
            super("The message is larger than " + limit + " bytes");
        }
    }
}
