package org.postroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.StartFrom;
import org.postroom.mailbox.MailboxException;
import org.postroom.store.RawStore;
import org.postroom.web.rest.RestTest;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/** A watch whose own side fails: it goes on by itself, and nothing is lost or comes twice. */
@Timeout(60)
class WatchFailureTest extends RestTest {
    private static final int MESSAGES = 450;

    @Autowired
    private Channels channels;

    @Autowired
    private ChannelStates states;

    @Autowired
    private Inbound inbound;

    private final Map<String, Integer> handled = new HashMap<>();
    private final List<ChannelState.Status> seen = new ArrayList<>();
    private String id = "";
    private int failuresLeft;

    @BeforeEach
    void channel() {
        id = addChannel();
        channels.enable(id, true);
        inbound.wishReread(found(), new StartFrom.All());
    }

    private Channel found() {
        return channels.find(id).orElseThrow();
    }

    private void watch(RawStore store) {
        List<ChannelWatch> watching = new ArrayList<>();
        FakeMailbox mailbox = new FakeMailbox(
                "1", Instant.now().minus(Duration.ofDays(1)), MESSAGES, () -> watching.forEach(ChannelWatch::stop));
        ChannelWatch watch = new ChannelWatch(
                id,
                new ChannelWatch.Parts(
                        channels,
                        states,
                        any -> mailbox,
                        inbound,
                        store,
                        this::handle,
                        Clock.systemUTC(),
                        new Backoff(new SecureRandom()),
                        1_000_000));
        watching.add(watch);
        assertThat(watch.run()).isPresent();
    }

    private synchronized void handle(List<InboundMail> mails) {
        if (failuresLeft-- > 0) {
            throw new IllegalStateException("the database went away");
        }
        states.of(id).ifPresent(state -> seen.add(state.status()));
        Map<String, String> done = new HashMap<>();
        mails.forEach(mail -> {
            handled.merge(mail.sourceId(), 1, Integer::sum);
            done.put(mail.id(), "message of " + mail.id());
        });
        inbound.handled(done);
    }

    private void assertAllOnce() {
        assertThat(handled).hasSize(MESSAGES);
        assertThat(handled.values()).containsOnly(1);
        assertThat(states.of(id).orElseThrow().imported()).isEqualTo(MESSAGES);
    }

    @Test
    void understandingThatFailsIsDoneLater() {
        failuresLeft = 2;

        watch(raw);

        assertAllOnce();
        assertThat(seen).contains(ChannelState.Status.FAILING);
        assertThat(states.of(id).orElseThrow().status()).isEqualTo(ChannelState.Status.CONNECTED);
    }

    @Test
    void whatCannotBeMadeDurableIsReadAgainAndLeavesNothingBehind() {
        FlakyRawStore flaky = new FlakyRawStore(raw, 2);

        watch(flaky);

        assertAllOnce();
        assertThat(flaky.flushes()).isGreaterThan(3);
        assertThat(flaky.lost()).as("staged and never kept or dropped").isEmpty();
    }

    /** What it is told meanwhile may be what was missing: a sign-in, say. */
    @Test
    void toldToStopWhileItNotesAFailureItIsWantedAtOnce() {
        List<ChannelWatch> watching = new ArrayList<>();
        ChannelWatch watch = new ChannelWatch(
                id,
                new ChannelWatch.Parts(
                        channels,
                        states,
                        any -> {
                            throw new MailboxException(
                                    MailboxException.Step.TOKEN,
                                    new ChannelProblem(
                                            ChannelProblem.Kind.SIGN_IN,
                                            "Nobody has signed in.",
                                            "Press Connect.",
                                            null),
                                    null);
                        },
                        inbound,
                        raw,
                        this::handle,
                        Clock.systemUTC(),
                        new Backoff(new SecureRandom()),
                        1_000_000));
        watching.add(watch);
        Logger logger = (Logger) LoggerFactory.getLogger(ChannelWatch.class);
        AppenderBase<ILoggingEvent> between = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                watching.forEach(ChannelWatch::stop);
            }
        };
        between.start();
        logger.addAppender(between);
        try {
            assertThat(watch.run())
                    .hasValueSatisfying(
                            next -> assertThat(next).isBefore(Instant.now().plusSeconds(1)));
        } finally {
            logger.detachAppender(between);
        }
    }
}
