package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.FieldProblem;
import org.postroom.reply.ReplyInput;

/** What a program writes: an answer, or a message that begins a conversation. */
@Schema(
        name = "Written",
        description =
                "An answer or a new message: text or html is needed; a new message needs channel, to and subject too.")
record WrittenJson(
        @Schema(description = "Id or name of the channel; for a new message only.") @Nullable
        String channel,

        @Schema(
                description = "Recipients such as ann@example.com or Ann <ann@example.com>; an answer without them goes"
                        + " to everybody.")
        @Nullable
        List<String> to,

        @Nullable List<String> cc,
        @Nullable List<String> bcc,
        @Nullable String subject,
        @Nullable String text,

        @Schema(description = "Is cleaned before it leaves.") @Nullable
        String html,

        @Nullable List<FileJson> attachments,

        @Schema(description = "Whether the message being answered is quoted below; false if left out.") @Nullable
        Boolean quote,

        @Schema(description = "The channel's sendAs, or left out.") @Nullable
        String sendAs,

        @Schema(description = "Not offered by this version.") @Nullable
        Boolean draft,

        @Schema(description = "Not offered by this version.") @Nullable
        String sendAt) {
    private static final int MOST_FILES = 100;
    private static final String LATER = "not offered by this version; leave it out";

    /** A file to attach. */
    @Schema(name = "File")
    record FileJson(
            @Nullable String name,
            @Nullable String contentType,

            @Schema(type = "string", format = "byte", description = "In base64.")
            byte @Nullable [] content) {
        /** Name and type only. */
        @Override
        public String toString() {
            return "FileJson[" + name + ", " + contentType + "]";
        }
    }

    /**
     * What can be told without looking at the text and the recipients.
     *
     * @param channel whose {@code sendAs} it must be, null if there is none
     */
    List<FieldProblem> problems(@Nullable Channel channel) {
        List<FieldProblem> problems = new ArrayList<>();
        if (Boolean.TRUE.equals(draft)) {
            problems.add(new FieldProblem("draft", LATER));
        }
        if (sendAt != null) {
            problems.add(new FieldProblem("sendAt", LATER));
        }
        if (sendAs != null
                && channel != null
                && !sendAs.strip().equalsIgnoreCase(channel.outgoing().sendAs())) {
            problems.add(new FieldProblem(
                    "sendAs",
                    "this channel sends as " + channel.outgoing().sendAs() + " only; leave it out or use that"));
        }
        List<FileJson> files = Objects.requireNonNullElse(attachments, List.of());
        if (files.size() > MOST_FILES) {
            problems.add(new FieldProblem("attachments", "at most " + MOST_FILES + " files"));
        }
        for (int i = 0; i < files.size(); i++) {
            FileJson file = files.get(i);
            if (file == null || file.name() == null || file.name().isBlank()) {
                problems.add(new FieldProblem("attachments[" + i + "].name", "this is needed"));
            }
            if (file != null && (file.name() + file.contentType()).chars().anyMatch(Character::isISOControl)) {
                problems.add(new FieldProblem("attachments[" + i + "]", "no line breaks or control characters"));
            }
            if (file == null || file.content() == null) {
                problems.add(new FieldProblem("attachments[" + i + "].content", "this is needed, in base64"));
            }
        }
        return problems;
    }

    /** For {@link org.postroom.reply.Replies}, once there are no {@link #problems}. */
    ReplyInput toInput() {
        List<ReplyInput.File> files = Objects.requireNonNullElse(attachments, List.<FileJson>of()).stream()
                .map(file -> new ReplyInput.File(
                        Objects.requireNonNull(file.name()),
                        Objects.requireNonNullElse(file.contentType(), "application/octet-stream"),
                        Objects.requireNonNull(file.content())))
                .toList();
        return new ReplyInput(text, html, to, cc, bcc, subject, files, Boolean.TRUE.equals(quote));
    }
}
