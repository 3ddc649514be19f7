package org.postroom.person;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody may do; each may do what those below may. */
public enum Role {
    /** Sets Postroom up. */
    ADMINISTRATOR,
    /** Sees how the work goes and steers it. */
    SUPERVISOR,
    /** Answers mail. */
    AGENT;

    /** As pages and REST write it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #word()}.
     *
     * @throws IllegalArgumentException for any other word
     */
    @JsonCreator
    public static Role parse(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("use administrator, supervisor or agent");
    }
}
