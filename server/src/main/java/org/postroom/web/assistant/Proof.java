package org.postroom.web.assistant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the application proves itself to Entra ID. */
enum Proof {
    SECRET,
    CERTIFICATE,
    /** Not at all: a public client. */
    NONE;

    /** As the page's address writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Proof> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
