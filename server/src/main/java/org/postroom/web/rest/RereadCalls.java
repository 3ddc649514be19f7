package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.postroom.conversation.Conversations;
import org.postroom.intake.Rereading;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages understood again. */
@RestController
@RequestMapping("/api/v1/messages/{id}/reread")
@Tag(name = "messages")
class RereadCalls {
    private final Conversations conversations;
    private final Rereading rereading;

    RereadCalls(Conversations conversations, Rereading rereading) {
        this.conversations = conversations;
        this.rereading = rereading;
    }

    @Operation(
            operationId = "rereadMessage",
            summary = "Read a message again with the channel's keys of today, and store what is understood now")
    @PostMapping
    MessageJson reread(@PathVariable String id) {
        if (conversations.message(id).isEmpty()) {
            throw Refusal.notFound("message", id);
        }
        return rereading
                .again(id)
                .map(MessageJson::of)
                .orElseThrow(() -> Refusal.conflict("Only a message that came in can be read again."));
    }
}
