package org.postroom.cli;

import java.util.List;

/** Why a call of a running server did not do what was asked, in words for whoever typed the command. */
final class ClientProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> details;

    /** With the exit status. */
    ClientProblem(int status, String words) {
        this(status, words, List.of());
    }

    /** With further lines, such as one for each wrong field. */
    ClientProblem(int status, String words, List<String> details) {
        super(words);
        this.status = status;
        this.details = List.copyOf(details);
    }

    int status() {
        return status;
    }

    String words() {
        return String.valueOf(getMessage());
    }

    List<String> details() {
        return details;
    }
}
