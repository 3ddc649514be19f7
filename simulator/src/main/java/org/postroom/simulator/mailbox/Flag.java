package org.postroom.simulator.mailbox;

import java.util.Locale;
import java.util.Optional;

/** The flags Exchange keeps; it has no keywords of the user's own. */
public enum Flag {
    SEEN("\\Seen"),
    ANSWERED("\\Answered"),
    FLAGGED("\\Flagged"),
    DELETED("\\Deleted"),
    DRAFT("\\Draft"),
    MDN_SENT("$MDNSent");

    private final String word;

    Flag(String word) {
        this.word = word;
    }

    /** The flag as IMAP writes it. */
    public String word() {
        return word;
    }

    /** The flag of that word, whatever its case; empty for a keyword Exchange would drop. */
    public static Optional<Flag> of(String word) {
        for (Flag flag : values()) {
            if (flag.word.toLowerCase(Locale.ROOT).equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }
}
