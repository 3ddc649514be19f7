package org.postroom.fetch;

import org.jspecify.annotations.Nullable;
import org.postroom.channel.StartFrom;
import org.postroom.mailbox.Mailbox.Cursor;

/**
 * A wish to read a mailbox again, in place of its cursor until the mailbox is next opened: only there can a date be
 * turned into a place.
 *
 * @param from where to begin
 * @param before the cursor as it was, null if there was none
 */
record Reread(StartFrom from, @Nullable Cursor before) {
    private static final String MARK = "reread ";

    /** How it stands where a cursor stands. */
    String value() {
        return MARK + from.word() + (before == null ? "" : " " + before.value());
    }

    static boolean is(String cursor) {
        return cursor.startsWith(MARK);
    }

    /** Reads {@link #value()}. */
    static Reread parse(String value) {
        String[] parts = value.split(" ", 3);
        return new Reread(StartFrom.parse(parts[1]), parts.length < 3 ? null : new Cursor(parts[2]));
    }
}
