package org.postroom.web.inbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time on a page: exact for the browser, which words it in the reader's zone, and readable without it. */
record When(String exact, String text) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static When of(Instant time) {
        return new When(time.toString(), TEXT.format(time));
    }
}
