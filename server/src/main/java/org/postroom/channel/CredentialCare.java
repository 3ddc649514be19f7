package org.postroom.channel;

import static org.postroom.store.tables.Tables.CREDENTIAL_WARNING;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens;
import org.postroom.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * What keeps sign-ins alive and tells people in time: refresh tokens that nobody used for a month are used, long before
 * they end of idleness after 90 days, and the end of secrets and certificates is told 30, 14, 7, 3 and 1 day ahead, once
 * each. Runs every hour, on one node.
 */
@Component
public class CredentialCare {
    private static final Logger log = LoggerFactory.getLogger(CredentialCare.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final ObjectProvider<Channels> channels;
    private final Tokens tokens;
    private final Database database;
    private final Clock clock;
    private final ApplicationEventPublisher publisher;
    private final Duration idle;
    private final MultiGauge left;

    CredentialCare(
            ObjectProvider<Channels> channels,
            Tokens tokens,
            Database database,
            Clock clock,
            ApplicationEventPublisher publisher,
            MeterRegistry metrics,
            @Value("${postroom.token-keep-alive:30d}") Duration idle) {
        this.channels = channels;
        this.tokens = tokens;
        this.database = database;
        this.clock = clock;
        this.publisher = publisher;
        this.idle = idle;
        this.left = MultiGauge.builder("postroom.credential.expiry")
                .description("Time until a client secret or certificate ends")
                .baseUnit("seconds")
                .register(metrics);
    }

    @Bean
    RecurringTask<Void> careForCredentialsTask() {
        return Tasks.recurring("care-for-credentials", FixedDelay.of(EVERY)).execute((instance, context) -> care());
    }

    /** Does what is due now. */
    public void care() {
        keepAlive();
        warn();
    }

    private void keepAlive() {
        for (String id : tokens.idle(idle)) {
            OAuthClient client =
                    channels.getObject().find(id).map(Channel::oauthClient).orElse(null);
            if (client == null || !client.auth().grant().needsPerson() || waitsForPerson(id)) {
                continue;
            }
            if (tokens.keepAlive(client, idle) instanceof Tokens.Result.Missing(var problem)) {
                log.warn("The sign-in of channel {} could not be kept alive: {}", id, problem.sentence());
            }
        }
    }

    /** Asking again changes nothing until somebody has signed in. */
    private boolean waitsForPerson(String channelId) {
        Tokens.SignedIn known = tokens.signedIn(channelId);
        return known != null
                && known.problem() != null
                && (known.problem().needs() == Needs.SIGN_IN || known.problem().needs() == Needs.CONSENT);
    }

    private void warn() {
        Instant now = clock.instant();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Channel channel : channels.getObject().all()) {
            Expiry.of(channel).ifPresent(expiry -> {
                rows.add(MultiGauge.Row.of(
                        Tags.of("channel", channel.name(), "kind", expiry.kind().word()),
                        Duration.between(now, expiry.at()).toSeconds()));
                expiry.warning(now).ifPresent(warning -> tell(channel, expiry, warning, now));
            });
        }
        left.register(rows, true);
    }

    private void tell(Channel channel, Expiry expiry, Expiry.Warning warning, Instant now) {
        database.write(sql -> {
            int added = sql.insertInto(CREDENTIAL_WARNING)
                    .set(CREDENTIAL_WARNING.CHANNEL_ID, channel.id())
                    .set(CREDENTIAL_WARNING.KIND, expiry.kind().word())
                    .set(CREDENTIAL_WARNING.EXPIRES_AT, expiry.at())
                    .set(CREDENTIAL_WARNING.DAYS, warning.days())
                    .set(CREDENTIAL_WARNING.WARNED_AT, now)
                    .onConflictDoNothing()
                    .execute();
            if (added > 0) {
                log.warn("Channel {}: {} {}", channel.name(), warning.what(), warning.remedy());
                publisher.publishEvent(new ChannelNews(
                        warning.over() ? "credential.expired" : "credential.expiring",
                        channel.id(),
                        Map.of(
                                "kind", expiry.kind().word(),
                                "expiresAt", expiry.at().toString(),
                                "days", warning.days(),
                                "what", warning.what(),
                                "remedy", warning.remedy())));
            }
            return added;
        });
    }
}
