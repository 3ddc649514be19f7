package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;

/** What was mended or left out in one message, each once, at most {@link #MAX}. For one thread. */
final class Problems {
    static final int MAX = 50;

    private final List<String> found = new ArrayList<>();

    void add(String problem) {
        if (found.size() < MAX && !found.contains(problem)) {
            found.add(problem);
        }
    }

    List<String> list() {
        return List.copyOf(found);
    }

    /** A value as shown in a problem: short and on one line. */
    static String quote(String value) {
        String line = value.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return "'" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "'";
    }
}
