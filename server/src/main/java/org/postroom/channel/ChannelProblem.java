package org.postroom.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem;

/**
 * What keeps a channel from working.
 *
 * @param kind what ends it
 * @param what what happened and why, in plain words
 * @param remedy what to do
 * @param code the protocol's or provider's own code or words, without secrets
 * @param sureness whether that is the cause
 * @param answer the whole answer, where {@code code} is only a part of it; without secrets
 */
public record ChannelProblem(
        Kind kind,
        String what,
        String remedy,
        @Nullable String code,
        Sureness sureness,
        @Nullable String answer) {
    /** What ends the problem. */
    public enum Kind {
        /** Somebody has to sign in. */
        SIGN_IN,
        /** Somebody has to change a setting or a permission. */
        SETTINGS,
        /** The server asked for a pause. */
        THROTTLED,
        /** Waiting may help. */
        PASSING;

        /** As REST writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How sure the cause is. */
    public enum Sureness {
        /** It was seen, or the server names it. */
        CERTAIN,
        /** It is what this answer means nearly always. */
        LIKELY,
        /** One of several causes that end in the same answer. */
        POSSIBLE;

        /** As REST writes it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an older version stored says nothing of its sureness. */
    public ChannelProblem {
        sureness = sureness == null ? Sureness.LIKELY : sureness;
    }

    /** A problem that is likely what it seems. */
    public ChannelProblem(Kind kind, String what, String remedy, @Nullable String code) {
        this(kind, what, remedy, code, Sureness.LIKELY, null);
    }

    /** The same, as sure as this. */
    public ChannelProblem sure(Sureness how) {
        return new ChannelProblem(kind, what, remedy, code, how, answer);
    }

    /** The same, of this answer. */
    public ChannelProblem answered(@Nullable String words) {
        return new ChannelProblem(kind, what, remedy, words, sureness, answer);
    }

    /** Why there is no token. */
    public static ChannelProblem of(TokenProblem problem) {
        Kind kind = switch (problem.needs()) {
            case SIGN_IN, CONSENT -> Kind.SIGN_IN;
            case SETTINGS -> Kind.SETTINGS;
            case WAITING -> problem.throttled() ? Kind.THROTTLED : Kind.PASSING;
        };
        String code = problem.code() == null ? problem.error() : problem.code();
        // Without a provider's number only the class of the error is known.
        boolean answered = problem.detail() != null;
        Sureness sureness = answered && problem.code() == null ? Sureness.LIKELY : Sureness.CERTAIN;
        return new ChannelProblem(
                kind,
                problem.what(),
                problem.remedy(),
                code,
                sureness,
                problem.detail() == null ? null : Masked.words(problem.detail(), List.of()));
    }

    /** What happened, what to do, and the code at the end. */
    public String sentence() {
        return what + " " + remedy + (code == null || code.isBlank() ? "" : " (" + code + ")");
    }
}
