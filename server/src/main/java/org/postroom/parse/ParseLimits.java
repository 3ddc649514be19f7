package org.postroom.parse;

import java.time.Duration;

/**
 * What one message may cost. Whatever goes beyond a limit is left out and named in
 * {@link org.postroom.mail.ParsedMessage#problems()}; the raw message keeps it.
 *
 * @param maxBytes of the raw message; the rest counts for size and SHA-256 only
 * @param maxParts leaves of the MIME tree
 * @param maxDepth multiparts within multiparts
 * @param maxHeaderBytes of one header field
 * @param maxHeaders fields of one header section
 * @param maxTextBytes of plain text, decoded
 * @param maxHtmlBytes of HTML, decoded
 * @param time for one message; checked between reads and between HTML tags
 */
public record ParseLimits(
        long maxBytes,
        int maxParts,
        int maxDepth,
        int maxHeaderBytes,
        int maxHeaders,
        int maxTextBytes,
        int maxHtmlBytes,
        Duration time) {
    /** Fit for service mailboxes. */
    public static final ParseLimits DEFAULT =
            new ParseLimits(100L << 20, 1_000, 50, 64 << 10, 1_000, 2 << 20, 4 << 20, Duration.ofSeconds(20));

    /** Refuses limits below one. */
    public ParseLimits {
        if (maxBytes < 1
                || maxParts < 1
                || maxDepth < 1
                || maxHeaderBytes < 1
                || maxHeaders < 1
                || maxTextBytes < 1
                || maxHtmlBytes < 1
                || !time.isPositive()) {
            throw new IllegalArgumentException("every parse limit must be at least 1 and the time positive");
        }
    }
}
