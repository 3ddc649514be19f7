package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.FieldProblem;
import org.postroom.conversation.Rearranging.Rearranged;
import org.postroom.desk.Desk;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Merging and splitting conversations. */
@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "conversations")
class RearrangingCalls {
    private final Desk desk;

    RearrangingCalls(Desk desk) {
        this.desk = desk;
    }

    /** Where to. */
    @Schema(name = "Merge")
    record MergeJson(
            @Schema(description = "Id or number of the conversation of the same channel that all messages go into.")
            @Nullable
            String into) {}

    /** What. */
    @Schema(name = "Split")
    record SplitJson(
            @Schema(description = "Ids of the messages that go into a new conversation; not all of them.") @Nullable
            List<@Nullable String> messages) {}

    @Operation(
            operationId = "mergeConversation",
            summary =
                    "Put all messages into another conversation, which answers; the id, number and answers of this one lead there")
    @PostMapping("/{id}/merge")
    ConversationJson merge(@PathVariable String id, @RequestBody MergeJson body) {
        if (body.into() == null || body.into().isBlank()) {
            throw Refusal.wrong("into", "name the conversation to merge into, by its id or number");
        }
        return answer(id, desk.merge(id, body.into().strip(), null));
    }

    @Operation(
            operationId = "unmergeConversation",
            summary = "Take a merge back: what came from this conversation returns")
    @PostMapping("/{id}/unmerge")
    ConversationJson unmerge(@PathVariable String id) {
        return answer(id, desk.unmerge(id, null));
    }

    @Operation(operationId = "splitConversation", summary = "Put some messages into a new conversation, which answers")
    @PostMapping("/{id}/split")
    ConversationJson split(@PathVariable String id, @RequestBody SplitJson body) {
        List<String> messages = Objects.requireNonNullElse(body.messages(), List.<@Nullable String>of()).stream()
                .map(one -> Objects.requireNonNullElse(one, ""))
                .toList();
        return answer(id, desk.split(id, messages, null));
    }

    private ConversationJson answer(String id, Rearranged rearranged) {
        return switch (rearranged) {
            case Rearranged.Done(String now) ->
                ConversationJson.of(desk.open(now).orElseThrow(() -> Refusal.notFound("conversation", now)));
            case Rearranged.Wrong(FieldProblem problem) -> throw Refusal.wrong(List.of(problem));
            case Rearranged.NoSuchConversation() -> throw Refusal.notFound("conversation", id);
        };
    }
}
