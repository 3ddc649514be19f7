package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONVERSATION;

import org.jooq.Condition;
import org.jooq.impl.DSL;

/** A merged conversation's id and number lead to the one that it went into. */
final class Redirects {
    private Redirects() {}

    /** The conversation of an id, or the one that it was merged into. */
    static Condition of(String id) {
        var merged = CONVERSATION.as("merged");
        return CONVERSATION.ID.eq(DSL.coalesce(
                DSL.field(DSL.select(merged.MERGED_INTO).from(merged).where(merged.ID.eq(id))), DSL.val(id)));
    }

    /** The conversation of a number, and the one that it was merged into. */
    static Condition ofNumber(long number) {
        var merged = CONVERSATION.as("merged");
        return CONVERSATION
                .NUMBER
                .eq(number)
                .or(CONVERSATION.ID.eq(
                        DSL.select(merged.MERGED_INTO).from(merged).where(merged.NUMBER.eq(number))));
    }
}
