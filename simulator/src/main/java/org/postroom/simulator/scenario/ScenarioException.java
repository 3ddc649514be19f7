package org.postroom.simulator.scenario;

/** A scenario file that cannot be used; the message names the file, the line, the field and what is expected. */
public final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScenarioException(String message) {
        super(message);
    }
}
