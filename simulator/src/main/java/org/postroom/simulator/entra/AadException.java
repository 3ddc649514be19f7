package org.postroom.simulator.entra;

/** A request Entra refuses. */
final class AadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient AadError error;

    AadException(AadError error) {
        super("AADSTS" + error.code() + ": " + error.text());
        this.error = error;
    }

    AadError error() {
        return error;
    }
}
