package org.postroom.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.postroom.channel.Channel;
import org.postroom.channel.Finding;
import org.postroom.channel.Security;
import org.postroom.doctor.DoctorReport.Result;
import org.postroom.doctor.DoctorReport.Step;
import org.postroom.mailbox.IncomingProbe;
import org.postroom.send.OutgoingProbe;
import org.postroom.story.TestChannels;

/** What a diagnosis does whatever the probes find. */
class DoctorTest {
    private static final Channel CHANNEL = TestChannels.smtp(1, Security.NONE, TestChannels.PASSWORD);
    private static final OutgoingProbe SENDS = (channel, trial, sendTo) ->
            trial.found(Finding.passed("outgoing: " + (sendTo == null ? "dry run" : "test mail to " + sendTo), "."));
    private static final IncomingProbe WORKS = (channel, trial) -> {
        trial.found(Finding.passed("incoming: a", "A."));
        return OptionalLong.of(7);
    };

    private static Doctor doctor(IncomingProbe incoming, Clock clock, Duration longest) {
        return new Doctor(incoming, SENDS, client -> null, clock, longest);
    }

    @Test
    void endsInTimeWhateverTheServersDoAndClosesTheirConnection() {
        CountDownLatch closed = new CountDownLatch(1);
        IncomingProbe hangs = (channel, trial) -> {
            trial.found(Finding.passed("incoming: a", "A."));
            try {
                trial.uses(closed::countDown);
                closed.await();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            trial.found(Finding.passed("incoming: too late", "B."));
            return OptionalLong.empty();
        };
        long start = System.nanoTime();

        DoctorReport report =
                doctor(hangs, Clock.systemUTC(), Duration.ofMillis(300)).test(CHANNEL);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(report.ok()).isFalse();
        assertThat(report.steps()).extracting(Step::name).containsExactly("incoming: a", "finished in time");
        await().atMost(Duration.ofSeconds(5)).until(() -> closed.getCount() == 0);
    }

    @Test
    void takesTwoMinutesAtMost() {
        assertThat(Doctor.LONGEST).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void stepsAreToldAsTheyComeAndTheListenerMayEndIt() {
        List<String> heard = new ArrayList<>();
        AtomicInteger later = new AtomicInteger();
        IncomingProbe waits = (channel, trial) -> {
            trial.found(Finding.passed("incoming: a", "A."));
            await().atMost(Duration.ofSeconds(5)).until(() -> !heard.isEmpty());
            await().atMost(Duration.ofSeconds(5)).until(trial::ended);
            later.incrementAndGet();
            return OptionalLong.empty();
        };

        DoctorReport report = doctor(waits, Clock.systemUTC(), Duration.ofSeconds(20))
                .test(CHANNEL, null, step -> {
                    heard.add(step.name());
                    return false;
                });

        assertThat(heard).containsExactly("incoming: a");
        assertThat(report.steps()).hasSize(1);
        await().atMost(Duration.ofSeconds(5)).until(() -> later.get() == 1);
    }

    @Test
    void aChannelSendsFiveTestMailsAMinute() {
        AtomicLong now = new AtomicLong(1_790_000_000);
        Doctor doctor = doctor(WORKS, settable(now), Duration.ofSeconds(20));

        for (int i = 0; i < 5; i++) {
            assertThat(doctor.test(CHANNEL, "ann@fabrikam.test", s -> true).ok())
                    .isTrue();
        }
        DoctorReport sixth = doctor.test(CHANNEL, "ann@fabrikam.test", s -> true);
        now.addAndGet(61);
        DoctorReport afterwards = doctor.test(CHANNEL, "ann@fabrikam.test", s -> true);

        assertThat(sixth.steps()).extracting(Step::name).contains("outgoing: dry run");
        assertThat(sixth.steps().getLast())
                .satisfies(step -> assertThat(step.result()).isEqualTo(Result.FAIL))
                .satisfies(step -> assertThat(step.kind()).isEqualTo("throttled"))
                .satisfies(step -> assertThat(step.remedy()).contains("Wait a minute"));
        assertThat(afterwards.ok()).isTrue();
    }

    @Test
    void testMailOfAChannelThatDoesNotSendIsAFailure() {
        DoctorReport report = new Doctor(
                        WORKS, (c, trial, to) -> {}, client -> null, Clock.systemUTC(), Duration.ofSeconds(20))
                .test(TestChannels.imap(1, Security.NONE, TestChannels.PASSWORD), "ann@fabrikam.test", s -> true);

        assertThat(report.steps().getLast().what()).contains("no outgoing mail server");
        assertThat(report.messageCount()).isEqualTo(7);
    }

    private static Clock settable(AtomicLong now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(now.get());
            }
        };
    }
}
