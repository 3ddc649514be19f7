package org.postroom.web.channels;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelState.Status;
import org.postroom.channel.Expiry;

/**
 * A channel and how it fares, in the words of the page.
 *
 * @param word the state, as in "Failing since"
 * @param at the time that ends the word, as in "Failing since 10:30"; null if none does
 * @param ending what is told of a secret or certificate that ends soon; null if none does
 * @param dot the colour: good, bad, warn, busy or idle
 */
record ChannelRow(
        String id,
        String name,
        String address,
        String incoming,
        String outgoing,
        boolean enabled,
        Status status,
        String word,
        @Nullable Instant at,
        String dot,
        @Nullable Instant provenAt,
        long imported,
        long duplicates,
        long quarantined,
        int attempts,
        @Nullable ChannelProblem problem,
        @Nullable String ending) {

    static ChannelRow of(Channel channel, @Nullable ChannelState state, Instant now) {
        Status status = !channel.enabled() ? Status.DISABLED : state == null ? Status.STARTING : state.status();
        // A channel just enabled is shown as starting, not as what it was when it was switched off.
        Status shown = channel.enabled() && status == Status.DISABLED ? Status.STARTING : status;
        return new ChannelRow(
                channel.id(),
                channel.name(),
                channel.address(),
                channel.incoming().host(),
                channel.sends() ? channel.outgoing().host() : "",
                channel.enabled(),
                shown,
                word(shown, state),
                at(shown, state),
                dot(shown),
                state == null ? null : state.provenAt(),
                state == null ? 0 : state.imported(),
                state == null ? 0 : state.duplicates(),
                state == null ? 0 : state.quarantined(),
                state == null ? 0 : state.attempts(),
                state == null || shown == Status.DISABLED ? null : state.problem(),
                Expiry.of(channel)
                        .flatMap(expiry -> expiry.warning(now))
                        .map(Expiry.Warning::what)
                        .orElse(null));
    }

    private static String word(Status status, @Nullable ChannelState state) {
        return switch (status) {
            case STARTING -> "Starting";
            case CONNECTED -> "Connected";
            case WAITING_FOR_SIGN_IN -> "Waiting for sign-in";
            case FAILING -> "Failing since";
            case THROTTLED -> state != null && state.throttledUntil() != null ? "Throttled until" : "Throttled";
            case DISABLED -> "Disabled";
        };
    }

    private static @Nullable Instant at(Status status, @Nullable ChannelState state) {
        if (state == null) {
            return null;
        }
        return switch (status) {
            case FAILING -> state.since();
            case THROTTLED -> state.throttledUntil();
            case STARTING, CONNECTED, WAITING_FOR_SIGN_IN, DISABLED -> null;
        };
    }

    private static String dot(Status status) {
        return switch (status) {
            case STARTING -> "busy";
            case CONNECTED -> "good";
            case WAITING_FOR_SIGN_IN, THROTTLED -> "warn";
            case FAILING -> "bad";
            case DISABLED -> "idle";
        };
    }

    /** Whether this row is what somebody looks for. */
    boolean matches(String words) {
        return (name + " " + address + " " + incoming + " " + outgoing + " " + word)
                .toLowerCase(java.util.Locale.ROOT)
                .contains(words);
    }
}
