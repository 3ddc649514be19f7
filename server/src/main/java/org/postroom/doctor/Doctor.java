package org.postroom.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.channel.Finding;
import org.postroom.channel.Trial;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.doctor.DoctorReport.Step;
import org.postroom.mail.Address;
import org.postroom.mailbox.IncomingProbe;
import org.postroom.send.OutgoingProbe;

/**
 * Tries a channel step by step and says which one failed, why, and what to do. Changes nothing on the servers; sends
 * nothing but a test mail where one is asked for. Safe for use by many threads; blocks its caller for two minutes at most.
 */
public final class Doctor {
    /** The longest a diagnosis takes, whatever the servers do. */
    public static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Pattern ONE = Pattern.compile("[\\x21-\\x7e&&[^<>,;:\"()\\[\\]\\\\]]{1,254}");

    private final IncomingProbe incoming;
    private final OutgoingProbe outgoing;
    private final Obstacles obstacles;
    private final TestMails mails;
    private final Duration longest;

    /** What keeps a sign-in from even beginning, such as a tenant that does not exist. */
    public interface Obstacles {
        /** Null if nothing is known of any. */
        @Nullable
        TokenProblem of(OAuthClient client);
    }

    /** Hears of every step as it is found; on the thread of whoever asked for the diagnosis. */
    public interface Listener {
        /** Ends the diagnosis by returning false. */
        boolean found(Step step);
    }

    /** A diagnosis by these probes, which takes {@link #LONGEST} at most. */
    public Doctor(IncomingProbe incoming, OutgoingProbe outgoing, Obstacles obstacles, Clock clock) {
        this(incoming, outgoing, obstacles, clock, LONGEST);
    }

    Doctor(IncomingProbe incoming, OutgoingProbe outgoing, Obstacles obstacles, Clock clock, Duration longest) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.obstacles = obstacles;
        this.mails = new TestMails(clock);
        this.longest = longest;
    }

    /** Whether this is one plain address, which a test mail can be sent to. */
    public static boolean mayGetTestMail(String address) {
        return Address.plausible(address) && ONE.matcher(address).matches();
    }

    /** Tries both directions and sends nothing. */
    public DoctorReport test(Channel channel) {
        return test(channel, null, step -> true);
    }

    /**
     * Tries both directions.
     *
     * @param sendTo who gets a test mail, or null
     */
    public DoctorReport test(Channel channel, @Nullable String sendTo, Listener listener) {
        boolean send = sendTo != null && channel.sends() && mails.take(channel.id());
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Trial trial = new Trial(finding -> events.add(new Event.Found(finding)));
        Thread.startVirtualThread(() -> events.add(run(channel, send ? sendTo : null, trial)));
        List<Step> steps = new ArrayList<>();
        Long count = follow(channel, events, steps, trial, listener);
        if (sendTo != null && !send) {
            Step refused = Step.of(notSent(channel, sendTo));
            steps.add(refused);
            listener.found(refused);
        }
        return DoctorReport.of(count, steps);
    }

    /** What comes from the thread that tries. */
    private sealed interface Event {
        record Found(Finding finding) implements Event {}

        record Over(OptionalLong count) implements Event {}

        record Broken(RuntimeException why) implements Event {}
    }

    private Event run(Channel channel, @Nullable String sendTo, Trial trial) {
        try {
            OptionalLong count = channel.incoming().protocol().equals("none")
                    ? OptionalLong.empty()
                    : incoming.probe(channel, trial);
            if (!trial.ended()) {
                outgoing.probe(channel, trial, sendTo);
            }
            return new Event.Over(count);
        } catch (RuntimeException e) {
            return new Event.Broken(e);
        }
    }

    private @Nullable Long follow(
            Channel channel, BlockingQueue<Event> events, List<Step> steps, Trial trial, Listener listener) {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            Event event = next(events, end);
            switch (event) {
                case Event.Found(Finding finding) -> {
                    Step step = Step.of(withObstacle(channel, finding));
                    steps.add(step);
                    if (!listener.found(step)) {
                        Thread.startVirtualThread(trial::end);
                        return null;
                    }
                }
                case Event.Over(OptionalLong count) -> {
                    return count.isPresent() ? count.getAsLong() : null;
                }
                case Event.Broken(RuntimeException why) -> throw why;
                case null -> {
                    // Closing may itself wait for the server.
                    Thread.startVirtualThread(trial::end);
                    Step late = Step.of(tooLong());
                    steps.add(late);
                    listener.found(late);
                    return null;
                }
            }
        }
    }

    private static @Nullable Event next(BlockingQueue<Event> events, long end) {
        try {
            return events.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private Finding tooLong() {
        return Finding.failed(
                "finished in time",
                new ChannelProblem(
                        Kind.PASSING,
                        "The test was ended after " + longest.toSeconds()
                                + " seconds: the server of the step behind the"
                                + " last one above did not finish its answer.",
                        "Test again; if it lasts, look at that server and at what lies between, such as a firewall or a"
                                + " virus scanner.",
                        null,
                        Sureness.CERTAIN,
                        null));
    }

    private static Finding notSent(Channel channel, String sendTo) {
        String name = "outgoing: test mail to " + sendTo;
        return Finding.failed(
                name,
                channel.sends()
                        ? new ChannelProblem(
                                Kind.THROTTLED,
                                "This channel has sent five test mails within a minute, so no more was sent.",
                                "Wait a minute and test again.",
                                null,
                                Sureness.CERTAIN,
                                null)
                        : new ChannelProblem(
                                Kind.SETTINGS,
                                "This channel has no outgoing mail server, so no test mail was sent.",
                                "Edit the channel and enter an outgoing mail server.",
                                null,
                                Sureness.CERTAIN,
                                null));
    }

    /** "Press Connect" is no remedy where the sign-in cannot even begin, so what stands in its way is told instead. */
    private Finding withObstacle(Channel channel, Finding finding) {
        ChannelProblem problem = finding.problem();
        OAuthClient client = channel.oauthClient();
        if (problem == null || client == null || !Tokens.NOT_CONNECTED.equals(problem.code())) {
            return finding;
        }
        TokenProblem obstacle = obstacles.of(client);
        if (obstacle == null) {
            return finding;
        }
        return Finding.failed(
                finding.name(),
                ChannelProblem.of(obstacle).answered(obstacle.detail() == null ? obstacle.error() : obstacle.detail()));
    }
}
