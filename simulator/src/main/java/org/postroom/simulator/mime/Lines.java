package org.postroom.simulator.mime;

/** Line ends in octets; a bare LF ends a line too. */
final class Lines {
    private Lines() {}

    /** The index after the line that starts at {@code from}. */
    static int end(byte[] raw, int from, int to) {
        for (int at = from; at < to; at++) {
            if (raw[at] == '\n') {
                return at + 1;
            }
        }
        return to;
    }

    /** The end of the line {@code [from, end)} without its CR and LF. */
    static int trimmedEnd(byte[] raw, int from, int end) {
        int at = end;
        if (at > from && raw[at - 1] == '\n') {
            at--;
        }
        if (at > from && raw[at - 1] == '\r') {
            at--;
        }
        return at;
    }
}
