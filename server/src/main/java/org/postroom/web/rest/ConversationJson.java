package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;

/**
 * A conversation as the contract writes it.
 *
 * @param messages oldest first; left out in a list
 */
@Schema(name = "Conversation")
record ConversationJson(
        String id,
        long number,
        String subject,

        @Schema(allowableValues = {"new", "open", "waiting", "snoozed", "closed"})
        String state,

        @Schema(description = "Id of its channel.") String channel,
        @Nullable String queue,
        @Nullable String assignee,
        @Nullable Contact contact,
        List<String> tags,
        String preview,
        @Schema(allowableValues = {"in", "out"}) String lastDirection,
        int messageCount,
        Instant createdAt,
        Instant updatedAt,

        @Schema(description = "Since when an answer is known not to have arrived and nobody has seen to it.") @Nullable
        Instant undelivered,

        @Schema(description = "Id of the one it follows, which was closed too long ago to be opened again by mail.")
        @Nullable
        String follows,

        @Schema(description = "Oldest first, the newest 500; left out in a list.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<MessageJson> messages) {

    static ConversationJson of(Row row) {
        return of(row, null);
    }

    static ConversationJson of(Whole whole) {
        return of(whole.row(), whole.messages().stream().map(MessageJson::of).toList());
    }

    private static ConversationJson of(Row row, @Nullable List<MessageJson> messages) {
        return new ConversationJson(
                row.id(),
                row.number(),
                row.subject(),
                row.state().word(),
                row.channel(),
                row.queue(),
                row.assignee(),
                row.contact(),
                List.of(),
                row.preview(),
                row.lastDirection(),
                row.messageCount(),
                row.createdAt(),
                row.updatedAt(),
                row.undelivered(),
                row.follows(),
                messages);
    }
}
