package org.postroom.mailbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelProblem;

/** A mailbox that cannot be used, with the step that failed and words for an administrator. */
public final class MailboxException extends IOException {
    private static final long serialVersionUID = 1L;

    /** How far it went; in this order. */
    public enum Step {
        RESOLVE,
        CONNECT,
        TLS,
        CAPABILITIES,
        TOKEN,
        AUTHENTICATE,
        OPEN_FOLDER,
        FIND_FOLDER,
        WORK
    }

    private final Step step;
    private final transient ChannelProblem problem;
    private final boolean tokenExpired;

    /** A failure at a step. */
    public MailboxException(Step step, ChannelProblem problem, @Nullable Throwable cause) {
        this(step, problem, cause, false);
    }

    private MailboxException(Step step, ChannelProblem problem, @Nullable Throwable cause, boolean tokenExpired) {
        super(problem.sentence(), cause);
        this.step = step;
        this.problem = problem;
        this.tokenExpired = tokenExpired;
    }

    /** The access token ended within the session: connect again with a new one, at once. */
    public static MailboxException expired(String serverWords) {
        return new MailboxException(
                Step.WORK,
                new ChannelProblem(
                        ChannelProblem.Kind.PASSING,
                        "The access token ended within the session.",
                        "Postroom connects again with a new one.",
                        serverWords),
                null,
                true);
    }

    /** Which step failed. */
    public Step step() {
        return step;
    }

    /** What is wrong and what to do. */
    public ChannelProblem problem() {
        return problem;
    }

    /** Whether only the token had ended. */
    public boolean tokenExpired() {
        return tokenExpired;
    }
}
