package org.postroom.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an answer opens a closed conversation again, or begins one that follows it. */
public sealed interface Reopening {
    /** It opens again, however long it has been closed. */
    record Always() implements Reopening {}

    /** It never opens again by a mail. */
    record Never() implements Reopening {}

    /** It opens again for so long after it was closed. */
    record Within(Duration time) implements Reopening {}

    /**
     * Reads the contract's words.
     *
     * @throws IllegalArgumentException for any other
     */
    @JsonCreator
    static Reopening parse(String text) {
        return switch (text) {
            case "always" -> new Always();
            case "never" -> new Never();
            default -> {
                try {
                    Duration time = Duration.parse(text);
                    if (time.isPositive() && time.compareTo(Duration.ofDays(3650)) <= 0) {
                        yield new Within(time);
                    }
                } catch (DateTimeException e) {
                    // Told below.
                }
                throw new IllegalArgumentException(
                        "use always, never, or for how long as ISO 8601 writes it, such as P14D or PT12H, up to P3650D");
            }
        };
    }

    /** As the contract writes it. */
    @JsonValue
    default String word() {
        return switch (this) {
            case Always a -> "always";
            case Never n -> "never";
            case Within(Duration time) -> time.toSeconds() % 86_400 == 0 ? "P" + time.toDays() + "D" : time.toString();
        };
    }

    /** Whether a conversation closed then opens again now. */
    default boolean allows(@Nullable Instant closed, Instant now) {
        return switch (this) {
            case Always a -> true;
            case Never n -> false;
            case Within(Duration time) -> closed == null || !closed.plus(time).isBefore(now);
        };
    }
}
