package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.NextSettings;
import org.postroom.doctor.DoctorReport;
import org.postroom.doctor.Switching;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Channels: adding, reading, changing, deleting. */
@RestController
@RequestMapping("/api/v1/channels")
@Tag(name = "channels")
class ChannelCalls {
    private final Channels channels;
    private final ChannelStates states;
    private final Switching switching;

    ChannelCalls(Channels channels, ChannelStates states, Switching switching) {
        this.channels = channels;
        this.states = states;
        this.switching = switching;
    }

    @Operation(operationId = "listChannels", summary = "All channels, by name")
    @GetMapping
    Listing<ChannelJson> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listing.LIMIT) int limit) {
        int size = Listing.limit(limit);
        List<Channel> page = channels.page(cursor == null ? null : Cursors.decode(cursor), size + 1);
        Map<String, ChannelState> known =
                states.of(page.stream().map(Channel::id).toList());
        return Listing.of(page, size, channel -> Cursors.encode(channel.name()))
                .map(channel -> ChannelJson.of(channel, known.get(channel.id())));
    }

    @Operation(operationId = "addChannel", summary = "Add a channel")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ChannelJson> add(@RequestBody ChannelJson body) {
        return switch (channels.add(body.toInput())) {
            case Channels.Saved.Done(Channel channel) ->
                ResponseEntity.created(URI.create("/api/v1/channels/" + channel.id()))
                        .body(json(channel));
            case Channels.Saved.Waiting(Channel channel, Channel next) -> throw new IllegalStateException(next.id());
            case Channels.Saved.Wrong wrong -> throw Refusal.wrong(wrong.problems());
            case Channels.Saved.NoSuchChannel n -> throw new IllegalStateException("a new channel is not looked for");
        };
    }

    @Operation(operationId = "readChannel", summary = "One channel")
    @GetMapping("/{id}")
    ChannelJson read(@PathVariable String id) {
        return known(id).map(this::json).orElseThrow(() -> Refusal.notFound("channel", id));
    }

    private Optional<Channel> known(String id) {
        return NextSettings.isNext(id) ? Optional.empty() : channels.find(id);
    }

    @Operation(
            operationId = "changeChannel",
            summary =
                    "Change a channel; secrets that are left out stay. A working channel's new sign-in is tried first:"
                            + " 202 if somebody has to sign in for it, 422 if it does not work; the channel goes on as it is")
    @ApiResponse(responseCode = "200", description = "Changed.")
    @ApiResponse(responseCode = "202", description = "Somebody has to sign in: see next, and connect the channel.")
    @PutMapping("/{id}")
    ResponseEntity<ChannelJson> change(@PathVariable String id, @RequestBody ChannelJson body) {
        return switch (channels.change(id, body.toInput())) {
            case Channels.Saved.Done(Channel channel) -> ResponseEntity.ok(json(channel));
            case Channels.Saved.Waiting(Channel channel, Channel next) -> tried(channel);
            case Channels.Saved.Wrong wrong -> throw Refusal.wrong(wrong.problems());
            case Channels.Saved.NoSuchChannel n -> throw Refusal.notFound("channel", id);
        };
    }

    private ResponseEntity<ChannelJson> tried(Channel channel) {
        return switch (switching.tryOut(channel.id())) {
            case Switching.Outcome.TakenOver(Channel changed) -> ResponseEntity.ok(json(changed));
            case Switching.Outcome.NeedsSignIn n -> ResponseEntity.accepted().body(json(channel));
            case Switching.Outcome.Nothing n ->
                throw Refusal.conflict("The channel's settings were changed by somebody else meanwhile.");
            case Switching.Outcome.Failed(DoctorReport report) -> {
                channels.discardNext(channel.id());
                throw Refusal.wrong("authentication", NextCalls.words(report));
            }
        };
    }

    @Operation(operationId = "deleteChannel", summary = "Delete a channel; its conversations stay")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!channels.delete(id)) {
            throw Refusal.notFound("channel", id);
        }
    }

    private ChannelJson json(Channel channel) {
        return ChannelJson.of(
                channel,
                states.of(channel.id()).orElse(null),
                channels.next(channel.id()).orElse(null));
    }
}
