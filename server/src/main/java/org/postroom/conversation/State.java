package org.postroom.conversation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a conversation stands. */
public enum State {
    /** Nobody has answered yet. */
    NEW,
    /** The customer wrote last, after an answer. */
    OPEN,
    /** We wrote last. */
    WAITING,
    /** Put off. */
    SNOOZED,
    /** Done. */
    CLOSED;

    /** As the contract writes it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the contract's word. */
    public static State parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
