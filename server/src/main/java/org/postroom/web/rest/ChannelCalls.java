package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
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

    ChannelCalls(Channels channels, ChannelStates states) {
        this.channels = channels;
        this.states = states;
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
        ChannelJson added = saved(channels.add(body.toInput()), "");
        return ResponseEntity.created(URI.create("/api/v1/channels/" + added.id()))
                .body(added);
    }

    @Operation(operationId = "readChannel", summary = "One channel")
    @GetMapping("/{id}")
    ChannelJson read(@PathVariable String id) {
        return channels.find(id).map(this::json).orElseThrow(() -> Refusal.notFound("channel", id));
    }

    @Operation(operationId = "changeChannel", summary = "Change a channel; secrets that are left out stay")
    @PutMapping("/{id}")
    ChannelJson change(@PathVariable String id, @RequestBody ChannelJson body) {
        return saved(channels.change(id, body.toInput()), id);
    }

    @Operation(operationId = "deleteChannel", summary = "Delete a channel; its conversations stay")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!channels.delete(id)) {
            throw Refusal.notFound("channel", id);
        }
    }

    private ChannelJson saved(Channels.Saved saved, String id) {
        return switch (saved) {
            case Channels.Saved.Done(Channel channel) -> json(channel);
            case Channels.Saved.Wrong wrong -> throw Refusal.wrong(wrong.problems());
            case Channels.Saved.NoSuchChannel n -> throw Refusal.notFound("channel", id);
        };
    }

    private ChannelJson json(Channel channel) {
        return ChannelJson.of(channel, states.of(channel.id()).orElse(null));
    }
}
