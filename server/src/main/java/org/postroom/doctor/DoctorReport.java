package org.postroom.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a diagnosis found.
 *
 * @param ok no step failed
 * @param messageCount messages in the folder on the server, if it could be opened
 */
public record DoctorReport(boolean ok, @Nullable Long messageCount, List<Step> steps) {
    /** Copies the steps. */
    public DoctorReport {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param name such as {@code incoming: authenticated}
     * @param what what was seen, in plain words
     * @param remedy what to do, where it failed
     * @param code the server's or provider's own words, secrets masked
     */
    public record Step(
            String name,
            Result result,
            @Nullable String what,
            @Nullable String remedy,
            @Nullable String code) {}

    /** How a step ended. */
    public enum Result {
        PASS,
        FAIL,
        SKIPPED;

        /** As the contract writes it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
