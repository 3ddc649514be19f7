package org.postroom.cli;

/** What a command answers that started something and leaves it running. */
final class Background {
    /** No exit status: the program goes on until it is stopped. */
    static final int RUNS_ON = -1;

    private Background() {}
}
