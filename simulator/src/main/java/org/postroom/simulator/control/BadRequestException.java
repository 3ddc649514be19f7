package org.postroom.simulator.control;

/** A call that cannot be carried out; the message names the field and what is expected. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    static BadRequestException field(String name, String expected) {
        return new BadRequestException(400, name + ": " + expected);
    }

    static BadRequestException notFound(String what) {
        return new BadRequestException(404, "there is no " + what);
    }

    int status() {
        return status;
    }
}
