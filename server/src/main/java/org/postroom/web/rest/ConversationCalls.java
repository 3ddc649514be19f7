package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.conversation.Conversations.Filter;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Page;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;
import org.postroom.desk.Desk;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Conversations: listing, reading, closing, opening again. */
@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "conversations")
class ConversationCalls {
    private static final int LONGEST_WORDS = 200;

    private final Desk desk;
    private final Channels channels;

    ConversationCalls(Desk desk, Channels channels) {
        this.desk = desk;
        this.channels = channels;
    }

    @Operation(operationId = "listConversations", summary = "Conversations, the one changed last first")
    @GetMapping
    Listing<ConversationJson> list(
            @Parameter(description = "Id or name of a channel.") @RequestParam(required = false) @Nullable
                    String channel,
            @RequestParam(required = false) @Nullable String queue,
            @Parameter(description = "new, open, waiting, snoozed or closed; several with commas.")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String assignee,
            @Parameter(description = "Words of subject, text or contact, or a conversation's number.")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "true for those with an answer that did not arrive and nobody has seen to.")
                    @RequestParam(defaultValue = "false")
                    boolean undelivered,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listing.LIMIT) int limit) {
        if (q != null && q.length() > LONGEST_WORDS) {
            throw Refusal.unreadable("q", "at most " + LONGEST_WORDS + " characters");
        }
        String channelId = channel == null || channel.isBlank()
                ? null
                : channels.findByIdOrName(channel).map(Channel::id).orElse(channel);
        Filter filter =
                new Filter(channelId, given(queue), states(state), given(assignee), null, given(q), undelivered);
        Page<Row> page = desk.list(filter, given(cursor), Listing.limit(limit));
        return new Listing<>(page.items(), page.next()).map(ConversationJson::of);
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static @Nullable List<State> states(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return null;
        }
        List<State> states = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            states.add(Arrays.stream(State.values())
                    .filter(state -> state.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> Refusal.unreadable(
                            "state",
                            "use "
                                    + Arrays.stream(State.values())
                                            .map(State::word)
                                            .collect(Collectors.joining(", ")))));
        }
        return states;
    }

    @Operation(operationId = "readConversation", summary = "One conversation with its messages")
    @GetMapping("/{id}")
    ConversationJson read(@PathVariable String id) {
        return ConversationJson.of(open(id));
    }

    @Operation(operationId = "closeConversation", summary = "Close a conversation")
    @PostMapping("/{id}/close")
    ConversationJson close(@PathVariable String id) {
        open(id);
        desk.close(id, null);
        return read(id);
    }

    @Operation(operationId = "reopenConversation", summary = "Open a closed conversation again")
    @PostMapping("/{id}/reopen")
    ConversationJson reopen(@PathVariable String id) {
        if (open(id).row().state() == State.CLOSED) {
            desk.reopen(id, null);
        }
        return read(id);
    }

    @Operation(
            operationId = "dismissUndelivered",
            summary = "Take off the mark that an answer did not arrive: somebody has seen to it")
    @PostMapping("/{id}/dismiss-undelivered")
    ConversationJson dismissUndelivered(@PathVariable String id) {
        open(id);
        desk.dismissUndelivered(id, null);
        return read(id);
    }

    private Whole open(String id) {
        return desk.open(id).orElseThrow(() -> Refusal.notFound("conversation", id));
    }
}
