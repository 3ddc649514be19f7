package org.postroom.channel;

import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem;

/**
 * What keeps a channel from working.
 *
 * @param kind what ends it
 * @param what what happened and why, in plain words
 * @param remedy what to do
 * @param code the protocol's or provider's own code or words, without secrets
 */
public record ChannelProblem(
        Kind kind, String what, String remedy, @Nullable String code) {
    /** What ends the problem. */
    public enum Kind {
        /** Somebody has to sign in. */
        SIGN_IN,
        /** Somebody has to change a setting or a permission. */
        SETTINGS,
        /** The server asked for a pause. */
        THROTTLED,
        /** Waiting may help. */
        PASSING
    }

    /** Why there is no token. */
    public static ChannelProblem of(TokenProblem problem) {
        Kind kind = switch (problem.needs()) {
            case SIGN_IN, CONSENT -> Kind.SIGN_IN;
            case SETTINGS -> Kind.SETTINGS;
            case WAITING -> problem.throttled() ? Kind.THROTTLED : Kind.PASSING;
        };
        String code = problem.code() == null ? problem.error() : problem.code();
        return new ChannelProblem(kind, problem.what(), problem.remedy(), code);
    }

    /** What happened, what to do, and the code at the end. */
    public String sentence() {
        return what + " " + remedy + (code == null || code.isBlank() ? "" : " (" + code + ")");
    }
}
