package org.postroom.send;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.Channels;
import org.postroom.send.Delivery.State;
import org.postroom.store.Database;
import org.postroom.store.Jobs;
import org.postroom.store.RawStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outgoing table: one job per message, held by one node, tried again with growing pauses for days. A
 * try whose end is unknown is never repeated by itself.
 */
@Component
class Sending {
    private static final Logger log = LoggerFactory.getLogger(Sending.class);
    private static final Duration LONGEST_TRYING = Duration.ofDays(4);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    /** Exchange Online takes three submissions at a time per mailbox; one is left for people's own programs. */
    private static final int AT_ONCE_PER_CHANNEL = 2;

    private final Outbox outbox;
    private final Channels channels;
    private final Transport transport;
    private final RawStore raw;
    private final Database database;
    private final ObjectProvider<Jobs> jobs;
    private final Clock clock;
    private final Map<String, Semaphore> busy = new ConcurrentHashMap<>();
    private final CustomTask<Void> task;

    Sending(
            Outbox outbox,
            Channels channels,
            Transport transport,
            RawStore raw,
            Database database,
            ObjectProvider<Jobs> jobs,
            Clock clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.transport = transport;
        this.raw = raw;
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
        this.task = Tasks.custom("send-message", Void.class)
                .onFailureReschedule(FixedDelay.ofSeconds(30))
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(instance.getId()));
    }

    @Bean
    CustomTask<Void> sendMessageTask() {
        return task;
    }

    /** Sees to it that every message that is due has its job, whatever was missed. */
    @Bean
    RecurringTask<Void> sweepOutgoingTask() {
        return Tasks.recurring("sweep-outgoing", FixedDelay.ofSeconds(15))
                .execute((instance, context) ->
                        outbox.due(500).forEach(id -> jobs.getObject().schedule(task.instance(id), clock.instant())));
    }

    @EventListener
    void on(SendNews news) {
        if (news.type().equals("message.queued")) {
            database.afterCommit(() -> Thread.startVirtualThread(() ->
                    outbox.due(100).forEach(id -> jobs.getObject().schedule(task.instance(id), clock.instant()))));
        }
    }

    private CompletionHandler<Void> run(String id) {
        Instant next = outbox.look(id).map(this::attempt).orElse(null);
        return next == null
                ? (done, operations) -> operations.stop()
                : (done, operations) -> operations.reschedule(done, next);
    }

    private @Nullable Instant attempt(Outbox.Claimed claimed) {
        return switch (claimed.before()) {
            case SENT, FAILED, UNCERTAIN -> null;
            case SENDING -> {
                // A crash cut the try short; whether the server has the message cannot be known from here.
                outbox.end(claimed, State.UNCERTAIN, "Postroom was stopped while the message was being sent.", null);
                yield null;
            }
            case QUEUED -> submit(claimed);
        };
    }

    private @Nullable Instant submit(Outbox.Claimed claimed) {
        Channel channel = channels.find(claimed.mail().channelId()).orElse(null);
        if (channel == null || !channel.sends()) {
            outbox.end(claimed, State.FAILED, "The channel is gone, or sends no mail any more.", null);
            return null;
        }
        Semaphore places = busy.computeIfAbsent(channel.id(), c -> new Semaphore(AT_ONCE_PER_CHANNEL));
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return clock.instant();
        }
        try {
            return outbox.begin(claimed)
                    ? note(
                            claimed,
                            transport.send(
                                    channel,
                                    claimed.mail(),
                                    () -> raw.open(claimed.mail().sha256())))
                    : null;
        } finally {
            places.release();
        }
    }

    private @Nullable Instant note(Outbox.Claimed claimed, DeliveryResult result) {
        return switch (result) {
            case DeliveryResult.Accepted(String reply, var refused) -> {
                outbox.end(
                        claimed,
                        State.SENT,
                        refused.isEmpty() ? reply : reply + "; not taken: " + String.join("; ", refused),
                        null);
                yield null;
            }
            case DeliveryResult.Refused(ChannelProblem problem) -> {
                outbox.end(claimed, State.FAILED, problem.sentence(), null);
                yield null;
            }
            case DeliveryResult.Unknown(String why) -> {
                outbox.end(claimed, State.UNCERTAIN, why, null);
                yield null;
            }
            case DeliveryResult.TryLater(ChannelProblem problem) -> later(claimed, problem);
        };
    }

    private @Nullable Instant later(Outbox.Claimed claimed, ChannelProblem problem) {
        Instant now = clock.instant();
        if (claimed.createdAt().plus(LONGEST_TRYING).isBefore(now)) {
            String words = "Given up after " + LONGEST_TRYING.toDays() + " days. " + problem.sentence();
            outbox.end(claimed, State.FAILED, words, null);
            return null;
        }
        Duration pause = pause(claimed.tries());
        log.info("Message {} is tried again in {}: {}", claimed.mail().id(), pause, problem.sentence());
        outbox.end(claimed, State.QUEUED, problem.sentence(), pause);
        return now.plus(pause);
    }

    /** Half a minute, a minute, two, … two hours. */
    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries, 12));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
