package org.postroom.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.doctor.DoctorReport.Result;
import org.postroom.doctor.DoctorReport.Step;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.Mailboxes;
import org.postroom.send.OutgoingProbe;
import org.postroom.send.OutgoingProbe.Finding;
import org.springframework.stereotype.Service;

/**
 * Tries a channel step by step and says which one failed, why, and what to do. Changes nothing on the servers. Safe for
 * use by many threads; blocks its caller for as long as the servers take, a minute or two at most.
 */
@Service
public class Doctor {
    private final Mailboxes mailboxes;
    private final OutgoingProbe outgoing;
    private final Tokens tokens;

    Doctor(Mailboxes mailboxes, OutgoingProbe outgoing, Tokens tokens) {
        this.mailboxes = mailboxes;
        this.outgoing = outgoing;
        this.tokens = tokens;
    }

    /** Tries both directions. */
    public DoctorReport test(Channel channel) {
        List<Step> steps = new ArrayList<>();
        Long count = incoming(channel, steps);
        for (Finding finding : outgoing.probe(channel)) {
            steps.add(step("outgoing: " + finding.name(), finding));
        }
        boolean ok = steps.stream().noneMatch(s -> s.result() == Result.FAIL);
        return new DoctorReport(ok, count, withObstacle(channel, steps));
    }

    /** "Press Connect" is no remedy where the sign-in cannot even begin, so what stands in its way is told instead. */
    private List<Step> withObstacle(Channel channel, List<Step> steps) {
        OAuthClient client = channel.oauthClient();
        if (client == null || steps.stream().noneMatch(Doctor::nobodySignedIn)) {
            return steps;
        }
        TokenProblem obstacle = tokens.obstacle(client);
        if (obstacle == null) {
            return steps;
        }
        String words = obstacle.detail() == null ? obstacle.error() : obstacle.detail();
        return steps.stream()
                .map(s -> nobodySignedIn(s)
                        ? new Step(s.name(), Result.FAIL, obstacle.what(), obstacle.remedy(), words)
                        : s)
                .toList();
    }

    private static boolean nobodySignedIn(Step step) {
        return Tokens.NOT_CONNECTED.equals(step.code());
    }

    private @Nullable Long incoming(Channel channel, List<Step> steps) {
        try (Mailbox mailbox = mailboxes.open(channel)) {
            long count = mailbox.messageCount();
            addUpTo(channel, steps, MailboxException.Step.WORK, count);
            return count;
        } catch (MailboxException e) {
            addUpTo(channel, steps, e.step(), 0);
            ChannelProblem problem = e.problem();
            steps.add(new Step(name(e.step()), Result.FAIL, problem.what(), problem.remedy(), problem.code()));
            for (MailboxException.Step later : MailboxException.Step.values()) {
                if (later.compareTo(e.step()) > 0 && later != MailboxException.Step.WORK && applies(channel, later)) {
                    steps.add(new Step(name(later), Result.SKIPPED, null, null, null));
                }
            }
            return null;
        } catch (IOException e) {
            steps.add(new Step(
                    name(MailboxException.Step.CONNECT),
                    Result.FAIL,
                    "The connection broke: " + e.getMessage() + ".",
                    "Try again.",
                    null));
            return null;
        }
    }

    private static void addUpTo(Channel channel, List<Step> steps, MailboxException.Step end, long count) {
        for (MailboxException.Step step : MailboxException.Step.values()) {
            if (step.compareTo(end) < 0 && applies(channel, step)) {
                steps.add(new Step(name(step), Result.PASS, passed(channel, step, count), null, null));
            }
        }
    }

    private static boolean applies(Channel channel, MailboxException.Step step) {
        return switch (step) {
            case TOKEN -> channel.authentication() instanceof Authentication.OAuth2;
            case TLS -> channel.incoming().security() != org.postroom.channel.Security.NONE;
            case CONNECT, CAPABILITIES, AUTHENTICATE, OPEN_FOLDER, WORK -> true;
        };
    }

    private static String name(MailboxException.Step step) {
        return "incoming: "
                + switch (step) {
                    case CONNECT -> "server reached";
                    case TLS -> "encrypted";
                    case CAPABILITIES -> "sign-in offered";
                    case TOKEN -> "token obtained";
                    case AUTHENTICATE -> "authenticated";
                    case OPEN_FOLDER -> "mailbox opened and counted";
                    case WORK -> "folder read";
                };
    }

    private static String passed(Channel channel, MailboxException.Step step, long count) {
        Channel.Incoming incoming = channel.incoming();
        return switch (step) {
            case CONNECT -> incoming.host() + ":" + incoming.port() + " answers.";
            case TLS -> "The certificate is valid and for " + incoming.host() + ".";
            case CAPABILITIES -> "The server offers the sign-in that is needed.";
            case TOKEN -> "The identity server gave a token.";
            case AUTHENTICATE -> "The server accepted the sign-in.";
            case OPEN_FOLDER ->
                "The folder " + incoming.folder() + " of " + channel.address() + " holds " + count
                        + (count == 1 ? " message." : " messages.");
            case WORK -> "";
        };
    }

    private static Step step(String name, Finding finding) {
        ChannelProblem problem = finding.problem();
        if (problem != null) {
            return new Step(name, Result.FAIL, problem.what(), problem.remedy(), problem.code());
        }
        return new Step(name, finding.reached() ? Result.PASS : Result.SKIPPED, finding.what(), null, null);
    }
}
