package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Views.Message;
import org.postroom.intake.MessageContents;
import org.postroom.mail.Attachment;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Messages: as understood, as they came, and the files in them. */
@RestController
@RequestMapping("/api/v1/messages/{id}")
@Tag(name = "messages")
class MessageCalls {
    private final Conversations conversations;
    private final MessageContents contents;

    MessageCalls(Conversations conversations, MessageContents contents) {
        this.conversations = conversations;
        this.contents = contents;
    }

    @Operation(operationId = "readMessage", summary = "One message")
    @GetMapping
    MessageJson read(@PathVariable String id) {
        return MessageJson.of(message(id));
    }

    @Operation(operationId = "readRawMessage", summary = "A message byte for byte")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "message/rfc822", schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/raw")
    void raw(@PathVariable String id, HttpServletResponse response) throws IOException {
        Message message = message(id);
        try (InputStream in = contents.raw(message.sha256())) {
            response.setContentType("message/rfc822");
            response.setContentLengthLong(message.size());
            offer(response, message.id() + ".eml");
            in.transferTo(response.getOutputStream());
        }
    }

    @Operation(operationId = "readAttachment", summary = "A file of a message, by its place from 0")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
    @GetMapping("/attachments/{number}")
    void attachment(@PathVariable String id, @PathVariable int number, HttpServletResponse response)
            throws IOException {
        Message message = message(id);
        if (number < 0 || number >= message.attachments().size()) {
            throw Refusal.notFound("attachment", Integer.toString(number));
        }
        Attachment attachment = message.attachments().get(number);
        response.setContentType(type(attachment));
        offer(response, attachment.name());
        if (contents.attachment(message, number, response.getOutputStream()).isEmpty()) {
            throw Refusal.notFound("attachment", Integer.toString(number));
        }
    }

    private static String type(Attachment attachment) {
        try {
            return MediaType.parseMediaType(attachment.contentType()).toString();
        } catch (InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM_VALUE;
        }
    }

    /** To be saved, never shown: it was written by strangers. */
    private static void offer(HttpServletResponse response, String name) {
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }

    private Message message(String id) {
        return conversations.message(id).orElseThrow(() -> Refusal.notFound("message", id));
    }
}
