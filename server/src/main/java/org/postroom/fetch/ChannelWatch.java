package org.postroom.fetch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelState.Status;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.StartFrom;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.Mailboxes;
import org.postroom.store.RawStore;
import org.postroom.store.RawStore.Staged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel being watched: its mailbox open, new mail stored and handed on as it comes, until it is told to stop or
 * something fails. Runs on one thread; {@link #stop} and {@link #lookNow} may come from any.
 */
final class ChannelWatch {
    private static final Logger log = LoggerFactory.getLogger(ChannelWatch.class);
    private static final int BATCH = 200;
    /** A session whose token ends sooner is no session to go on from at once. */
    private static final Duration SHORTEST_SESSION = Duration.ofSeconds(30);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final String channelId;
    private final Parts parts;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile @Nullable Mailbox open;

    /** What every watch works with. */
    record Parts(
            Channels channels,
            ChannelStates states,
            Mailboxes mailboxes,
            Inbound inbound,
            RawStore raw,
            InboundHandler handler,
            Clock clock,
            Backoff backoff,
            long largestMessage) {}

    ChannelWatch(String channelId, Parts parts) {
        this.channelId = channelId;
        this.parts = parts;
    }

    /** Ends the watch soon. */
    void stop() {
        stopped = true;
        stopping.countDown();
        lookNow();
    }

    /** Whether it was told to stop, be it after it had ended. */
    boolean isStopped() {
        return stopped;
    }

    /** Ends a wait for news, if there is one. */
    void lookNow() {
        Mailbox mailbox = open;
        if (mailbox != null) {
            mailbox.wake();
        }
    }

    /**
     * Watches until stopped.
     *
     * @return when to go on, or empty if the channel is gone or switched off
     */
    Optional<Instant> run() {
        int ownFailures = 0;
        while (!stopped) {
            Instant begun = parts.clock().instant();
            try {
                Optional<Channel> channel = parts.channels().find(channelId);
                if (channel.isEmpty() || !channel.get().enabled()) {
                    channel.ifPresent(c -> parts.states().restarted(channelId, Status.DISABLED));
                    return Optional.empty();
                }
                Instant next = session(channel.get(), begun);
                if (next != null) {
                    // told to stop while the failure was noted: what it was told may be what was missing
                    return Optional.of(stopped ? parts.clock().instant() : next);
                }
            } catch (RuntimeException e) {
                // The job is kept meanwhile: a database that is away could not take note of its end.
                ownFailures = lasted(begun) ? 0 : ownFailures + 1;
                log.error("Channel {} stopped by a failure of ours; it goes on by itself", channelId, e);
                noteOwn(e);
                pause(parts.backoff().afterOwn(ownFailures));
            }
        }
        return Optional.of(parts.clock().instant());
    }

    /** Watches in one session; when to go on after a failure, or null to go on at once. */
    private @Nullable Instant session(Channel channel, Instant begun) {
        try {
            watch(channel);
            return null;
        } catch (MailboxException e) {
            return e.tokenExpired() && lasted(begun) ? null : rest(channel, e.problem());
        } catch (IOException e) {
            String words = "The connection to the mail server broke: " + e.getMessage() + ".";
            return rest(channel, new ChannelProblem(Kind.PASSING, words, "Postroom tries again by itself.", null));
        }
    }

    private boolean lasted(Instant begun) {
        return begun.plus(SHORTEST_SESSION).isBefore(parts.clock().instant());
    }

    private void noteOwn(RuntimeException why) {
        String words = "Postroom could not store what came: " + why.getMessage() + ".";
        try {
            parts.states()
                    .failing(
                            channelId,
                            new ChannelProblem(Kind.PASSING, words, "Mail waits in the mailbox meanwhile.", null),
                            null);
        } catch (RuntimeException e) {
            log.debug("The state of channel {} could not be stored", channelId, e);
        }
    }

    private void pause(Duration rest) {
        try {
            if (stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("Channel {} is told to stop", channelId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private Instant rest(Channel channel, ChannelProblem problem) {
        int attempts = parts.states().of(channelId).map(ChannelState::attempts).orElse(0);
        Instant next = parts.clock().instant().plus(parts.backoff().after(problem.kind(), attempts));
        if (stopped) {
            return parts.clock().instant();
        }
        log.warn("Channel {}: {} Next try at {}", channel.name(), problem.sentence(), next);
        try {
            parts.states().failing(channelId, problem, next);
        } catch (RuntimeException e) {
            log.error("The state of channel {} could not be stored", channel.name(), e);
        }
        return next;
    }

    /** Returns when the channel's settings have changed or the watch is stopped. */
    private void watch(Channel channel) throws IOException {
        Keeping keeping = new Keeping(parts, channel, BATCH);
        keeping.understandWhatWaits();
        try (Mailbox mailbox = parts.mailboxes().open(channel)) {
            open = mailbox;
            parts.states().proven(channelId);
            Cursor cursor = startingPoint(channel, mailbox);
            if (!mailbox.understands(cursor)) {
                log.warn(
                        "Channel {}: the server numbered its messages anew; repeats are recognised by content",
                        channel.name());
                cursor = renumbered(channel, mailbox);
            }
            while (!stopped && unchanged(channel)) {
                Cursor next = readOnce(mailbox, cursor, keeping);
                if (next.equals(cursor)) {
                    keeping.finish();
                    actOnServer(channel, mailbox);
                    parts.states().proven(channelId);
                    mailbox.awaitNews(cursor, LONGEST_WAIT);
                    keeping.understandWhatWaits();
                } else {
                    actOnServer(channel, mailbox);
                }
                cursor = next;
            }
            keeping.finish();
        } finally {
            open = null;
            keeping.finishQuietly();
        }
    }

    private boolean unchanged(Channel channel) {
        return parts.channels()
                .find(channelId)
                .filter(now -> now.version() == channel.version())
                .isPresent();
    }

    private Cursor startingPoint(Channel channel, Mailbox mailbox) throws IOException {
        Optional<Reread> reread = parts.inbound().reread(channel);
        if (reread.isPresent()) {
            Cursor again = place(channel, reread.get(), mailbox);
            parts.inbound().settle(channel, reread.get(), again);
            return again;
        }
        Optional<Cursor> known = parts.inbound().cursor(channel);
        if (known.isPresent()) {
            return known.get();
        }
        Cursor first = place(channel.incoming().startFrom(), mailbox);
        parts.inbound().keepCursor(channel, first);
        return first;
    }

    /** Never behind the place where reading would have gone on: what was not read yet is not passed over. */
    private static Cursor place(Channel channel, Reread reread, Mailbox mailbox) throws IOException {
        Cursor again = place(reread.from(), mailbox);
        Cursor before = reread.before();
        if (before == null) {
            return mailbox.earlier(again, place(channel.incoming().startFrom(), mailbox));
        }
        return mailbox.earlier(again, mailbox.understands(before) ? before : renumbered(channel, mailbox));
    }

    private static Cursor place(StartFrom from, Mailbox mailbox) throws IOException {
        return switch (from) {
            case StartFrom.Now n -> mailbox.end();
            case StartFrom.All a -> mailbox.start();
            case StartFrom.Since(Instant time) -> mailbox.since(time);
        };
    }

    /** Where reading begins once old cursors mean nothing: not before what was to be imported in the first place. */
    private static Cursor renumbered(Channel channel, Mailbox mailbox) throws IOException {
        return switch (channel.incoming().startFrom()) {
            case StartFrom.Now n -> mailbox.since(channel.createdAt().minusSeconds(60));
            case StartFrom.All a -> mailbox.start();
            case StartFrom.Since(Instant time) -> mailbox.since(time);
        };
    }

    private Cursor readOnce(Mailbox mailbox, Cursor cursor, Keeping keeping) throws IOException {
        Collector collector = new Collector();
        Cursor next;
        try {
            next = mailbox.read(cursor, BATCH, collector);
        } catch (IOException | RuntimeException e) {
            Keeping.drop(parts.raw(), collector.arrived);
            throw e;
        }
        if (!next.equals(cursor) || !collector.arrived.isEmpty()) {
            keeping.keep(collector.arrived, next);
        }
        return next;
    }

    private void actOnServer(Channel channel, Mailbox mailbox) throws IOException {
        for (Map<String, String> due = parts.inbound().pendingActions(channel, BATCH);
                !due.isEmpty();
                due = parts.inbound().pendingActions(channel, BATCH)) {
            mailbox.after(channel.incoming().afterImport(), List.copyOf(due.values()));
            parts.inbound().actionsDone(due.keySet());
        }
    }

    /** Stages what comes off the wire. */
    private final class Collector implements Mailbox.MessageTaker<Staged> {
        private final List<Arrived> arrived = new ArrayList<>();

        @Override
        public long largest() {
            return parts.largestMessage();
        }

        @Override
        public Staged take(java.io.InputStream raw) throws IOException {
            return parts.raw().stage(raw, parts.largestMessage());
        }

        @Override
        public void message(Mailbox.SourceMessage source, Staged taken) {
            arrived.add(new Arrived(source, taken, null));
        }

        @Override
        public void unavailable(Mailbox.SourceMessage source, String why) {
            arrived.add(new Arrived(source, null, why));
        }
    }
}
