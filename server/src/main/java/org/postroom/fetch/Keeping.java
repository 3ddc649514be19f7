package org.postroom.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.postroom.channel.Channel;
import org.postroom.fetch.ChannelWatch.Parts;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.store.RawStore;
import org.postroom.store.RawStore.Staged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what one channel's mailbox hands out while the mailbox is read on. Batches are made durable in the order of their
 * reading, one at a time, and understood in the same order, one at a time; reading is never more than two batches ahead.
 * After a failure nothing more is kept, so that the cursor never passes what is not durable. Used by one thread.
 */
final class Keeping {
    private static final Logger log = LoggerFactory.getLogger(Keeping.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Parts parts;
    private final Channel channel;
    private final int most;
    private boolean reported;
    private CompletableFuture<Void> durable = DONE;
    private CompletableFuture<Void> understood = DONE;
    private CompletableFuture<Void> understoodBefore = DONE;

    /**
     * Keeps for one channel.
     *
     * @param most messages understood together
     */
    Keeping(Parts parts, Channel channel, int most) {
        this.parts = parts;
        this.channel = channel;
        this.most = most;
    }

    /**
     * Takes a batch over; waits for earlier ones if need be.
     *
     * @throws RuntimeException if an earlier batch could not be kept or understood; this one is dropped then
     */
    void keep(List<Arrived> batch, Cursor next) {
        try {
            await(durable);
            await(understoodBefore);
        } catch (RuntimeException e) {
            drop(parts.raw(), batch);
            throw e;
        }
        CompletableFuture<Void> before = understood;
        durable = CompletableFuture.runAsync(() -> makeDurable(batch, next), Thread::startVirtualThread);
        understood = durable.thenAcceptBothAsync(
                before, (stored, earlier) -> understandWhatWaits(), Thread::startVirtualThread);
        understoodBefore = before;
    }

    private void makeDurable(List<Arrived> batch, Cursor next) {
        try {
            parts.raw().flush(staged(batch));
            parts.inbound().store(channel, batch, next);
        } catch (RuntimeException e) {
            drop(parts.raw(), batch);
            throw e;
        }
    }

    /** Understands everything of the channel that is stored and not understood yet. */
    void understandWhatWaits() {
        for (List<InboundMail> some = parts.inbound().waiting(channel.id(), most);
                !some.isEmpty();
                some = parts.inbound().waiting(channel.id(), most)) {
            parts.handler().handle(some);
        }
    }

    /**
     * Waits until everything taken over is durable and understood.
     *
     * @throws RuntimeException if something could not be kept or understood
     */
    void finish() {
        await(durable);
        await(understood);
    }

    /** Waits likewise, when there is a failure to report already. */
    void finishQuietly() {
        boolean before = reported;
        try {
            finish();
        } catch (RuntimeException e) {
            if (!before) {
                log.warn("Channel {}: what was read last could not be kept; it is read again", channel.name(), e);
            }
        }
    }

    private void await(CompletableFuture<Void> stage) {
        try {
            stage.join();
        } catch (CompletionException e) {
            reported = true;
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    private static List<Staged> staged(List<Arrived> batch) {
        List<Staged> all = new ArrayList<>(batch.size());
        for (Arrived one : batch) {
            if (one.raw() != null) {
                all.add(one.raw());
            }
        }
        return all;
    }

    /** Removes what was taken in and will not be kept. */
    static void drop(RawStore raw, List<Arrived> batch) {
        raw.drop(staged(batch));
    }
}
