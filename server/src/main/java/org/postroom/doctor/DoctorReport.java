package org.postroom.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.Finding;
import org.postroom.channel.Remedy;

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

    /** Of these steps. */
    static DoctorReport of(@Nullable Long messageCount, List<Step> steps) {
        return new DoctorReport(steps.stream().noneMatch(s -> s.result() == Result.FAIL), messageCount, steps);
    }

    /**
     * One step.
     *
     * @param name such as {@code incoming: authenticated}
     * @param what what was seen, in plain words; where it failed, what happened and why
     * @param warning what works today and may not tomorrow
     * @param kind what ends the failure: {@code sign-in}, {@code settings}, {@code throttled} or {@code passing}
     * @param sureness whether that is the cause
     * @param remedy what to do, where it failed
     * @param steps the same, one thing after the other
     * @param commands PowerShell lines to run and ways through an admin center, with the real names filled in
     * @param code the server's or provider's own words or code, secrets masked
     * @param answer the whole answer where {@code code} is a part of it, secrets masked
     */
    public record Step(
            String name,
            Result result,
            @Nullable String what,
            @Nullable String warning,

            @Schema(allowableValues = {"sign-in", "settings", "throttled", "passing"}) @Nullable
            String kind,

            ChannelProblem.@Nullable Sureness sureness,
            @Nullable String remedy,
            List<String> steps,
            List<String> commands,
            @Nullable String code,
            @Nullable String answer) {
        /** Copies the lists. */
        public Step {
            steps = List.copyOf(steps);
            commands = List.copyOf(commands);
        }

        /** As it was found. */
        static Step of(Finding finding) {
            ChannelProblem problem = finding.problem();
            if (problem != null) {
                return failed(finding.name(), problem);
            }
            return new Step(
                    finding.name(),
                    finding.reached() ? Result.PASS : Result.SKIPPED,
                    finding.what(),
                    finding.warning(),
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    null);
        }

        private static Step failed(String name, ChannelProblem problem) {
            Remedy remedy = Remedy.of(problem.remedy());
            return new Step(
                    name,
                    Result.FAIL,
                    problem.what(),
                    null,
                    problem.kind().word(),
                    problem.sureness(),
                    problem.remedy(),
                    remedy.steps(),
                    remedy.commands(),
                    problem.code(),
                    problem.answer());
        }
    }

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
