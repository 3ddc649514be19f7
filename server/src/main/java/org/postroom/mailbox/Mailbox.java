package org.postroom.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.AfterImport;

/**
 * An open mailbox on a server: one connection, signed in, its folder chosen. Used by one thread at a time, but for
 * {@link #wake()} and {@link #close()}; every call blocks and throws {@link MailboxException} when the server or the
 * network will not.
 */
public interface Mailbox extends AutoCloseable {
    /** How many messages the folder held when it was opened. */
    long messageCount();

    /** The place behind the last message there is now. */
    Cursor end() throws IOException;

    /** The place before the first message. */
    Cursor start() throws IOException;

    /** The place before the first message received at that time or later. */
    Cursor since(Instant time) throws IOException;

    /** Whether a cursor still means anything here; it does not once the server has numbered its messages anew. */
    boolean understands(Cursor cursor);

    /** The one of two cursors, both understood here, that lies before the other. */
    Cursor earlier(Cursor one, Cursor other);

    /**
     * Reads the messages behind a cursor, oldest first, without changing them.
     *
     * @param most how many at the most
     * @return the cursor behind the last one read; equal to {@code cursor} if there was none
     */
    <T> Cursor read(Cursor cursor, int most, MessageTaker<T> taker) throws IOException;

    /** Does to imported messages what is to be done on the server; those that are gone are passed over. */
    void after(AfterImport action, List<String> sourceIds) throws IOException;

    /**
     * Waits until there may be news behind the cursor, {@link #wake()} is called or the time is over, whichever comes
     * first. A return is no promise of news.
     */
    void awaitNews(Cursor cursor, Duration most) throws IOException;

    /** Ends a wait; may be called by any thread at any time. */
    void wake();

    @Override
    void close();

    /**
     * A place in a mailbox; only the mailbox that made it can read it.
     *
     * @param value kept in the database
     */
    record Cursor(String value) {}

    /**
     * What the server says of a message.
     *
     * @param sourceId never given to another message of this mailbox
     * @param internalDate when the server received it
     * @param thread what the provider calls its thread, such as {@code google:1278455344230334865}; null if it does not say
     */
    record SourceMessage(
            String sourceId,
            long size,
            @Nullable Instant internalDate,
            @Nullable String thread) {
        /** Of a provider that knows no threads. */
        public SourceMessage(String sourceId, long size, @Nullable Instant internalDate) {
            this(sourceId, size, internalDate, null);
        }
    }

    /**
     * Takes messages as they come off the wire.
     *
     * @param <T> what it makes of a message's bytes
     */
    interface MessageTaker<T> {
        /** Largest message it takes, in bytes. */
        long largest();

        /** Takes a message's bytes; must read {@code raw} to its end or throw. Comes before {@link #message}. */
        T take(InputStream raw) throws IOException;

        /** Which message those bytes were. */
        void message(SourceMessage source, T taken) throws IOException;

        /** A message that cannot be had: larger than {@link #largest}, or the server does not hand it out. */
        void unavailable(SourceMessage source, String why) throws IOException;
    }
}
