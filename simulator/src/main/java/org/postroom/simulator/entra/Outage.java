package org.postroom.simulator.entra;

/**
 * Answers of the token endpoint that are none.
 *
 * @param times requests still to be answered so
 * @param retryAfter seconds, 0 for no such header
 * @param body {@code json}, {@code html} or {@code empty}
 */
public record Outage(int status, int times, int retryAfter, String body) {
    /** No outage. */
    public static final Outage NONE = new Outage(200, 0, 0, "empty");
}
