package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.ThreadRules;

/** How a channel's mail finds its conversation; a member that is left out stays as it is. */
@Schema(name = "Threading")
record ThreadingJson(
        @Schema(
                description =
                        "Who may write into a conversation by an id or number of ours. 2: who takes part; 1: by a signed"
                                + " id anybody; 0: by a number anybody.",
                allowableValues = {"0", "1", "2"},
                defaultValue = "2")
        @Nullable
        Integer secureUpdate,

        @Schema(description = "Whether mail that may not says in the new conversation which one it meant.") @Nullable
        Boolean updateByCreate,

        @Schema(description = "Whether the subject of answers carries the number, in the first of numberForms.")
        @Nullable
        Boolean subjectNumber,

        @Schema(description = "How a number may stand in a subject: text around {number}, and {date} if wanted.")
        @Nullable
        List<@Nullable String> numberForms,

        @Schema(description = "Whether new text and names of attachments are searched for a number too.") @Nullable
        Boolean numberInBody,

        @Schema(
                description =
                        "Whether an answer opens a closed conversation again: always, never, or for how long after it"
                                + " was closed, such as P14D.",
                defaultValue = "always")
        @Nullable
        String reopen,

        @Schema(description = "Whether answers in plain text end with a line that carries the signed id.") @Nullable
        Boolean referenceLine) {

    static ThreadingJson of(ThreadRules rules) {
        return new ThreadingJson(
                rules.secureUpdate().mode(),
                rules.updateByCreate(),
                rules.subjectNumber(),
                List.copyOf(rules.numberForms()),
                rules.numberInBody(),
                rules.reopen().word(),
                rules.referenceLine());
    }

    ChannelInput.ThreadingInput toInput() {
        return new ChannelInput.ThreadingInput(
                secureUpdate, updateByCreate, subjectNumber, numberForms, numberInBody, reopen, referenceLine);
    }
}
