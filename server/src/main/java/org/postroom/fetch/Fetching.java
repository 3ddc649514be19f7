package org.postroom.fetch;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelNews;
import org.postroom.channel.ChannelState.Status;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.StartFrom;
import org.postroom.store.Database;
import org.postroom.store.Jobs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps every enabled channel watched: one job per channel, held by one node. Safe for use by many threads. */
@Component
public class Fetching implements Jobs.Stoppable {
    private static final String WATCH = "watch-channel";
    private static final Duration SWEEP = Duration.ofSeconds(15);

    private final ObjectProvider<ChannelWatch.Parts> parts;
    private final ObjectProvider<Jobs> jobs;
    private final Inbound inbound;
    private final Channels channels;
    private final ChannelStates states;
    private final Database database;
    private final Clock clock;
    private final Map<String, ChannelWatch> running = new ConcurrentHashMap<>();
    private final CustomTask<Void> watch;
    private volatile boolean closing;

    Fetching(
            ObjectProvider<ChannelWatch.Parts> parts,
            ObjectProvider<Jobs> jobs,
            Inbound inbound,
            Channels channels,
            ChannelStates states,
            Database database,
            Clock clock) {
        this.parts = parts;
        this.jobs = jobs;
        this.inbound = inbound;
        this.channels = channels;
        this.states = states;
        this.database = database;
        this.clock = clock;
        this.watch = Tasks.custom(WATCH, Void.class)
                .onFailureReschedule(FixedDelay.ofSeconds(10))
                .onDeadExecutionRevive()
                .execute((instance, context) -> watch(instance.getId()));
    }

    @Bean
    CustomTask<Void> watchChannelTask() {
        return watch;
    }

    /** Sees to it that every enabled channel has its job, whatever was missed. */
    @Bean
    com.github.kagkarlsson.scheduler.task.helper.RecurringTask<Void> sweepChannelsTask() {
        return Tasks.recurring("sweep-channels", FixedDelay.of(SWEEP)).execute((instance, context) -> {
            for (Channel channel : channels.all()) {
                if (channel.enabled()) {
                    jobs.getObject().schedule(watch.instance(channel.id()), clock.instant());
                }
            }
        });
    }

    private CompletionHandler<Void> watch(String channelId) {
        ChannelWatch made = new ChannelWatch(channelId, parts.getObject());
        running.put(channelId, made);
        try {
            Optional<Instant> next = made.run();
            return (done, operations) -> {
                try {
                    if (next.isPresent()) {
                        operations.reschedule(done, made.isStopped() ? clock.instant() : next.get());
                    } else {
                        operations.stop();
                    }
                } finally {
                    ended(channelId, made);
                }
            };
        } catch (RuntimeException | Error e) {
            running.remove(channelId, made);
            throw e;
        }
    }

    /** The job's end is on record; who told it to stop until now, too late for that record, is heard here. */
    private void ended(String channelId, ChannelWatch ended) {
        running.remove(channelId, ended);
        if (ended.isStopped() && !closing) {
            runNow(channelId);
        }
    }

    private void runNow(String channelId) {
        if (channels.find(channelId).filter(Channel::enabled).isPresent()) {
            Jobs scheduler = jobs.getObject();
            scheduler.schedule(watch.instance(channelId), clock.instant());
            scheduler.advance(watch.instanceId(channelId), clock.instant());
        }
    }

    /** A channel's settings, sign-in or switch changed: it goes by the new ones at once. */
    public void restart(String channelId) {
        Optional<Channel> channel = channels.find(channelId);
        ChannelWatch current = running.get(channelId);
        if (channel.isPresent()) {
            states.restarted(channelId, channel.get().enabled() ? Status.STARTING : Status.DISABLED);
        }
        if (current != null) {
            current.stop();
        }
        if (current == null || running.get(channelId) != current) {
            runNow(channelId); // it has ended, or ended before it was told
        }
    }

    /** Looks for new mail at once. */
    public void fetchNow(String channelId) {
        ChannelWatch current = running.get(channelId);
        if (current != null) {
            current.lookNow();
        } else {
            jobs.getObject().advance(watch.instanceId(channelId), clock.instant());
        }
    }

    /**
     * Reads the mailbox again from there, as soon as it can be opened. What is here already is recognised by its source
     * id and not imported twice; what was not read yet is not passed over.
     */
    public void reread(Channel channel, StartFrom from) {
        inbound.wishReread(channel, from);
        restart(channel.id());
    }

    @EventListener
    void on(ChannelNews news) {
        switch (news.type()) {
            case "channel.added", "channel.changed", "channel.enabled", "channel.disabled", "channel.deleted" ->
                database.afterCommit(() -> Thread.startVirtualThread(() -> restart(news.channelId())));
            case "channel.signed-in" -> {
                if (!news.data().containsKey("next")) {
                    database.afterCommit(() -> Thread.startVirtualThread(() -> restart(news.channelId())));
                }
            }
            default -> {}
        }
    }

    @Override
    public void stopSoon() {
        closing = true;
        running.values().forEach(ChannelWatch::stop);
    }
}
