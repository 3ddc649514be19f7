package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.doctor.DoctorReport;
import org.postroom.doctor.Switching;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a working channel is to change to. */
@RestController
@RequestMapping("/api/v1/channels/{id}/next")
@Tag(name = "channels")
class NextCalls {
    private final Channels channels;
    private final ChannelStates states;
    private final Switching switching;

    NextCalls(Channels channels, ChannelStates states, Switching switching) {
        this.channels = channels;
        this.states = states;
        this.switching = switching;
    }

    /** The first failure of a test, and that nothing was changed. */
    static String words(DoctorReport report) {
        return report.steps().stream()
                        .filter(s -> s.result() == DoctorReport.Result.FAIL)
                        .findFirst()
                        .map(s -> s.what() + " " + s.remedy() + (s.code() == null ? "" : " (" + s.code() + ")"))
                        .orElse("")
                + " The channel goes on as it was.";
    }

    @Operation(
            operationId = "tryNextSettings",
            summary = "Try what a channel is to change to, and change if it works; 409 says why it does not")
    @PostMapping("/test")
    ChannelJson tryOut(@PathVariable String id) {
        channel(id);
        return switch (switching.tryOut(id)) {
            case Switching.Outcome.TakenOver(Channel changed) ->
                ChannelJson.of(changed, states.of(id).orElse(null));
            case Switching.Outcome.NeedsSignIn n ->
                throw Refusal.conflict("Somebody has to sign in first; connect the channel.");
            case Switching.Outcome.Failed(DoctorReport report) -> throw Refusal.conflict(words(report));
            case Switching.Outcome.Nothing n -> throw Refusal.notFound("settings that wait for channel", id);
        };
    }

    @Operation(operationId = "discardNextSettings", summary = "Give up what a channel was to change to")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String id) {
        channel(id);
        if (!channels.discardNext(id)) {
            throw Refusal.notFound("settings that wait for channel", id);
        }
    }

    private Channel channel(String id) {
        return channels.find(id).orElseThrow(() -> Refusal.notFound("channel", id));
    }
}
