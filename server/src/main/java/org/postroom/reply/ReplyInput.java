package org.postroom.reply;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as somebody wrote it; nothing checked.
 *
 * @param text plain text; needed if there is no {@code html}
 * @param html is cleaned before it leaves
 * @param to recipients; derived from the message being answered if null
 * @param quote whether the message being answered is quoted below
 */
public record ReplyInput(
        @Nullable String text,
        @Nullable String html,
        @Nullable List<String> to,
        @Nullable List<String> cc,
        @Nullable List<String> bcc,
        @Nullable String subject,
        List<File> attachments,
        boolean quote) {
    /** Copies the attachments. */
    public ReplyInput {
        attachments = List.copyOf(attachments);
    }

    /** A plain text answer to everybody, with the message quoted. */
    public static ReplyInput ofText(String text) {
        return new ReplyInput(text, null, null, null, null, null, List.of(), true);
    }

    /** A file to attach, in memory; its size is bounded by whoever took it in. */
    public record File(String name, String contentType, byte[] content) {
        /** Name and type only. */
        @Override
        public String toString() {
            return "File[" + name + ", " + contentType + ", " + content.length + " bytes]";
        }
    }
}
