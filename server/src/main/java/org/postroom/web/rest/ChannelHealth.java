package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.Expiry;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.Tokens;
import org.postroom.credentials.Tokens.SignedIn;
import org.postroom.send.Delivery.State;
import org.postroom.send.Outbox;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How a channel fares. */
@RestController
@Tag(name = "channels")
class ChannelHealth {
    private final Channels channels;
    private final ChannelStates states;
    private final Tokens tokens;
    private final DeviceSignIn devices;
    private final Outbox outbox;

    ChannelHealth(Channels channels, ChannelStates states, Tokens tokens, DeviceSignIn devices, Outbox outbox) {
        this.channels = channels;
        this.states = states;
        this.tokens = tokens;
        this.devices = devices;
        this.outbox = outbox;
    }

    /**
     * How a channel fares.
     *
     * @param since when this status began
     * @param signedInUser who signed in, for OAuth 2.0
     */
    @Schema(name = "Health")
    record HealthJson(
            @Schema(
                    allowableValues = {
                        "starting",
                        "connected",
                        "waiting-for-sign-in",
                        "failing",
                        "throttled",
                        "disabled"
                    })
            String status,

            @Nullable Instant since,
            @Nullable Instant lastProvenRoundTrip,
            @Nullable Instant throttledUntil,
            @Nullable String signedInUser,
            @Nullable Instant tokenExpiry,
            @Nullable Instant secretExpiry,
            @Nullable DeviceJson deviceSignIn,
            @Nullable ProblemJson problem,
            CountsJson counts) {}

    /** What keeps a channel from working, and what to do. */
    @Schema(name = "ChannelProblem")
    record ProblemJson(
            @Schema(allowableValues = {"sign-in", "settings", "throttled", "passing"})
            String kind,

            String what,
            String remedy,
            @Nullable String code) {
        static @Nullable ProblemJson of(@Nullable ChannelProblem problem) {
            return problem == null
                    ? null
                    : new ProblemJson(
                            problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            problem.what(),
                            problem.remedy(),
                            problem.code());
        }
    }

    /** A sign-in on another device. */
    @Schema(name = "DeviceSignIn")
    record DeviceJson(
            String userCode,
            String verificationUri,

            @Schema(allowableValues = {"waiting", "connected", "failed"})
            String state,

            Instant expiresAt,
            @Nullable String problem) {
        static @Nullable DeviceJson of(DeviceSignIn.@Nullable Device device) {
            return device == null
                    ? null
                    : new DeviceJson(
                            device.userCode(),
                            device.verificationUri(),
                            device.state().name().toLowerCase(Locale.ROOT),
                            device.expires(),
                            device.problem() == null ? null : device.problem().sentence());
        }
    }

    /** Messages since the channel was added. */
    @Schema(name = "Counts")
    record CountsJson(long imported, long duplicates, long quarantined, long sent, long failed) {}

    @Operation(operationId = "readChannelHealth", summary = "How a channel fares")
    @GetMapping("/api/v1/channels/{id}/health")
    HealthJson health(@PathVariable String id) {
        Channel channel = channels.find(id).orElseThrow(() -> Refusal.notFound("channel", id));
        ChannelState state = states.of(id).orElse(null);
        SignedIn signedIn = tokens.signedIn(id);
        return new HealthJson(
                ChannelJson.word(channel, state),
                state == null ? null : state.since(),
                state == null ? null : state.provenAt(),
                state == null ? null : state.throttledUntil(),
                signedIn == null ? null : signedIn.user(),
                signedIn == null ? null : signedIn.accessExpiresAt(),
                Expiry.of(channel).map(Expiry::at).orElse(null),
                DeviceJson.of(device(channel)),
                ProblemJson.of(state == null ? null : state.problem()),
                counts(id, state));
    }

    private DeviceSignIn.@Nullable Device device(Channel channel) {
        return devices.of(
                channels.next(channel.id()).map(next -> next.channel().id()).orElse(channel.id()));
    }

    private CountsJson counts(String id, @Nullable ChannelState state) {
        Map<State, Long> outgoing = outbox.counts(id);
        return new CountsJson(
                state == null ? 0 : state.imported(),
                state == null ? 0 : state.duplicates(),
                state == null ? 0 : state.quarantined(),
                outgoing.getOrDefault(State.SENT, 0L),
                outgoing.getOrDefault(State.FAILED, 0L));
    }
}
