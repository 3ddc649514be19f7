package org.postroom.web.assistant;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.doctor.DoctorReport;
import org.postroom.doctor.DoctorReport.Step;

/**
 * What a diagnosis says about each {@link Item}. A step behind a failed one says nothing, and what says nothing stays
 * "not known yet": the list never ticks off what was not seen.
 *
 * @param elsewhere what keeps the channel from working and is none of the items, such as a server that is not reached
 */
record Checklist(List<Tick> ticks, List<Step> elsewhere) {
    /** How an item stands. */
    enum State {
        DONE,
        TO_DO,
        NOT_KNOWN;

        public String word() {
            return switch (this) {
                case DONE -> "done";
                case TO_DO -> "to do";
                case NOT_KNOWN -> "not known yet";
            };
        }
    }

    /**
     * An item with its state.
     *
     * @param what what was seen
     * @param remedy what to do
     * @param commands PowerShell lines of the remedy, to copy
     * @param code the server's words
     */
    record Tick(
            Item item,
            String title,
            State state,
            @Nullable String what,
            @Nullable String remedy,
            List<String> commands,
            @Nullable String code) {}

    /** Copies the lists. */
    Checklist {
        ticks = List.copyOf(ticks);
        elsewhere = List.copyOf(elsewhere);
    }

    /** Nothing tested yet. */
    static Checklist untested(Plan plan) {
        return new ReportReading(plan, List.of()).list();
    }

    /** What a report says. */
    static Checklist of(Plan plan, DoctorReport report) {
        return new ReportReading(plan, report.steps()).list();
    }

    /** Whether all is done. */
    public boolean done() {
        return ticks.stream().allMatch(t -> t.state() == State.DONE);
    }

    /** How many are done. */
    public long count() {
        return ticks.stream().filter(t -> t.state() == State.DONE).count();
    }
}
