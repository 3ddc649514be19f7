package org.postroom.web.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Cursors of lists that go on behind a name or an id. */
final class Cursors {
    private Cursors() {}

    static String encode(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String cursor) {
        try {
            String last = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            // What is not UTF-8 does not come back the same.
            if (!last.isEmpty() && last.indexOf(0) < 0 && encode(last).equals(cursor)) {
                return last;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below.
        }
        throw Refusal.unreadable("cursor", "it is not one of this list; leave it out to start at the beginning");
    }
}
