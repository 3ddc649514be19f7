package org.postroom.send.smtp;

import java.io.IOException;
import org.postroom.channel.ChannelProblem;

/** A step on the way out that failed, with words for an administrator. */
final class SmtpFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** How far it went; in this order. */
    enum Step {
        RESOLVE("name resolved"),
        CONNECT("server reached"),
        TLS("encrypted"),
        CAPABILITIES("sign-in offered"),
        TOKEN("token obtained"),
        AUTHENTICATE("authenticated"),
        SENDER("may send as"),
        RECIPIENT("recipients taken"),
        DATA("message taken");

        final String words;

        Step(String words) {
            this.words = words;
        }
    }

    private final Step step;
    private final transient ChannelProblem problem;
    private final boolean forGood;

    /**
     * A failure.
     *
     * @param forGood whether another try of the same message cannot help
     */
    SmtpFailure(Step step, ChannelProblem problem, boolean forGood) {
        super(problem.sentence());
        this.step = step;
        this.problem = problem;
        this.forGood = forGood;
    }

    Step step() {
        return step;
    }

    ChannelProblem problem() {
        return problem;
    }

    boolean forGood() {
        return forGood;
    }
}
