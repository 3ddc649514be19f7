package org.postroom.mail;

import org.jspecify.annotations.Nullable;

/**
 * Whether a program rather than a person wrote a message.
 *
 * @param is a program wrote it
 * @param mayAnswer an automatic answer to it is allowed
 * @param why the header or rule that decided, null if nothing did
 */
public record Automatic(
        boolean is, boolean mayAnswer, @Nullable String why) {
    /** A person wrote it and may be answered. */
    public static final Automatic NO = new Automatic(false, true, null);
}
