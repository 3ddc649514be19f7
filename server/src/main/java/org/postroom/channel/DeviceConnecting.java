package org.postroom.channel;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.DeviceSignIn.Device;
import org.postroom.credentials.OAuthClient;
import org.postroom.store.Database;
import org.postroom.store.Jobs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** Sign-in by device code, from the code to stored tokens: one job per sign-in asks until it has ended. */
@Component
public class DeviceConnecting {
    private static final String POLL = "poll-device-sign-in";

    private final DeviceSignIn devices;
    private final ObjectProvider<Channels> channels;
    private final ObjectProvider<Jobs> jobs;
    private final Database database;
    private final ApplicationEventPublisher publisher;
    private final CustomTask<Void> poll;

    DeviceConnecting(
            DeviceSignIn devices,
            ObjectProvider<Channels> channels,
            ObjectProvider<Jobs> jobs,
            Database database,
            ApplicationEventPublisher publisher) {
        this.devices = devices;
        this.channels = channels;
        this.jobs = jobs;
        this.database = database;
        this.publisher = publisher;
        this.poll = Tasks.custom(POLL, Void.class)
                .onFailureReschedule(FixedDelay.of(Duration.ofSeconds(10)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> poll(instance.getId()));
    }

    @Bean
    CustomTask<Void> pollDeviceSignInTask() {
        return poll;
    }

    /** Gets a code, and asks for its outcome in the background from then on. */
    public DeviceSignIn.Start start(OAuthClient client) {
        DeviceSignIn.Start start = devices.start(client);
        if (start instanceof DeviceSignIn.Start.Shown(Device device)) {
            Jobs scheduler = jobs.getObject();
            scheduler.schedule(poll.instance(client.channelId()), device.nextPoll());
        }
        return start;
    }

    private CompletionHandler<Void> poll(String channelId) {
        OAuthClient client =
                channels.getObject().find(channelId).map(Channel::oauthClient).orElse(null);
        Device device = client == null ? null : devices.poll(client);
        if (device == null) {
            return (done, operations) -> operations.stop();
        }
        return switch (device.state()) {
            case WAITING -> (done, operations) -> operations.reschedule(done, device.nextPoll());
            case FAILED -> (done, operations) -> operations.stop();
            case CONNECTED -> {
                database.write(sql -> {
                    publisher.publishEvent(ChannelNews.signedIn(channelId, device.user()));
                    return channelId;
                });
                yield (done, operations) -> operations.stop();
            }
        };
    }
}
