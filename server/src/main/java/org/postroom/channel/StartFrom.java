package org.postroom.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Which of the mail that a mailbox already holds is imported when the channel first opens it. */
public sealed interface StartFrom {
    /** None: only what arrives from now on. */
    record Now() implements StartFrom {}

    /** All of it; what is older than the channel comes in closed and is not answered. */
    record All() implements StartFrom {}

    /** What the server received at that time or later. */
    record Since(Instant time) implements StartFrom {}

    /**
     * Reads the contract's words.
     *
     * @throws IllegalArgumentException for any other
     */
    @JsonCreator
    static StartFrom parse(String text) {
        return switch (text) {
            case "now" -> new Now();
            case "all" -> new All();
            default -> new Since(time(text));
        };
    }

    private static Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("use now, all, or a date like 2026-11-01T00:00:00Z", e);
        }
    }

    /** As the contract writes it. */
    @JsonValue
    default String word() {
        return switch (this) {
            case Now n -> "now";
            case All a -> "all";
            case Since(Instant time) -> time.toString();
        };
    }
}
