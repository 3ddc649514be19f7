package org.postroom.simulator.control;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.postroom.simulator.organisation.Propagation;

/** Rights granted and withdrawn, with the time a grant takes until it counts. */
final class Rights {
    private Rights() {}

    /** Makes {@code held} what is wanted; what is new in it counts after the delay. */
    static void replace(
            Propagation propagation,
            String kind,
            String on,
            Set<String> held,
            Collection<String> wanted,
            Duration delay) {
        for (String who : List.copyOf(held)) {
            if (!wanted.contains(who)) {
                held.remove(who);
                propagation.withdrawn(kind, on, who);
            }
        }
        for (String who : wanted) {
            if (!held.contains(who)) {
                propagation.granted(kind, on, who, delay);
                held.add(who);
            }
        }
    }
}
