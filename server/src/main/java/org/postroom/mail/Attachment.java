package org.postroom.mail;

import org.jspecify.annotations.Nullable;

/**
 * A part of a message that is offered as a file or shown inline. Its place in {@link ParsedMessage#attachments()} is its
 * number, by which its content is read again from the raw message.
 *
 * @param name safe on every file system, never empty
 * @param contentType type/subtype in lower case, without parameters
 * @param size decoded size in bytes
 * @param sha256 of the decoded content, lower-case hexadecimal
 * @param contentId without angle brackets
 * @param inline whether the sender meant it to be shown within the text
 */
public record Attachment(
        String name,
        String contentType,
        long size,
        String sha256,
        @Nullable String contentId,
        boolean inline) {}
