package org.postroom.channel;

import java.util.ArrayList;
import java.util.List;

/** The steps of one direction of a diagnosis, told in their order and each once. Used by one thread. */
public final class Agenda {
    private final Trial trial;
    private final List<String> left;

    /** These steps, told to this trial. */
    public Agenda(Trial trial, List<String> names) {
        this.trial = trial;
        this.left = new ArrayList<>(names);
    }

    /** Whether the step is still to come. */
    public boolean awaits(String name) {
        return left.contains(name);
    }

    /** It went well; nothing happens if it was told before. */
    public void pass(String name, String what) {
        pass(Finding.passed(name, what));
    }

    /** It went well, perhaps with a warning. */
    public void pass(Finding finding) {
        if (left.remove(finding.name())) {
            trial.found(finding);
        }
    }

    /** It failed; a step that was told already fails as the next one. What could not be tried any more is told as such. */
    public void fail(String name, ChannelProblem problem) {
        String failed = left.contains(name) || left.isEmpty() ? name : left.getFirst();
        left.remove(failed);
        trial.found(Finding.failed(failed, problem));
        left.forEach(later -> trial.found(Finding.skipped(later)));
        left.clear();
    }
}
