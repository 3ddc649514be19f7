package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.FieldProblem;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Views.Row;
import org.postroom.reply.Replies;
import org.postroom.reply.Replies.Answered;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Answers, and messages that begin a conversation. Both are on their way when the call returns, not yet there. */
@RestController
class WritingCalls {
    private final Conversations conversations;
    private final Channels channels;
    private final Replies replies;

    WritingCalls(Conversations conversations, Channels channels, Replies replies) {
        this.conversations = conversations;
        this.channels = channels;
        this.replies = replies;
    }

    @Operation(operationId = "answerConversation", summary = "Answer a conversation")
    @Tag(name = "conversations")
    @PostMapping("/api/v1/conversations/{id}/replies")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<MessageJson> answer(@PathVariable String id, @RequestBody WrittenJson body) {
        Row conversation = conversations.find(id).orElseThrow(() -> Refusal.notFound("conversation", id));
        List<FieldProblem> problems =
                body.problems(channels.find(conversation.channel()).orElse(null));
        if (body.channel() != null && !body.channel().equals(conversation.channel())) {
            problems.add(new FieldProblem("channel", "an answer leaves by its conversation's channel; leave it out"));
        }
        if (!problems.isEmpty()) {
            throw Refusal.wrong(problems);
        }
        return accepted(replies.answer(id, body.toInput(), null), id);
    }

    @Operation(operationId = "sendMessage", summary = "Write to somebody first: begins a conversation")
    @Tag(name = "messages")
    @PostMapping("/api/v1/messages")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<MessageJson> send(@RequestBody WrittenJson body) {
        String entered = body.channel() == null ? "" : body.channel();
        Channel channel = channels.findByIdOrName(entered).orElse(null);
        List<FieldProblem> problems = new ArrayList<>(body.problems(channel));
        if (channel == null) {
            problems.add(new FieldProblem(
                    "channel",
                    entered.isEmpty() ? "this is needed: the id or name of a channel" : "there is no such channel"));
        }
        if (body.quote() != null) {
            problems.add(new FieldProblem("quote", "a first message has nothing to quote; leave it out"));
        }
        if (channel == null || !problems.isEmpty()) {
            throw Refusal.wrong(problems);
        }
        return accepted(replies.begin(channel.id(), body.toInput(), null), "");
    }

    private ResponseEntity<MessageJson> accepted(Answered answered, String conversationId) {
        return switch (answered) {
            case Answered.Queued(String messageId) ->
                ResponseEntity.accepted()
                        .location(URI.create("/api/v1/messages/" + messageId))
                        .body(conversations
                                .message(messageId)
                                .map(MessageJson::of)
                                .orElseThrow(() -> Refusal.notFound("message", messageId)));
            case Answered.Wrong(List<FieldProblem> problems) -> throw Refusal.wrong(problems);
            case Answered.NoSuchConversation n -> throw Refusal.notFound("conversation", conversationId);
        };
    }
}
