package org.postroom.credentials;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a token comes about (RFC 6749 section 1.3). */
public enum Grant {
    /** A person signs in by browser, once (RFC 6749 section 4.1). */
    AUTHORIZATION_CODE,
    /** The application proves itself and needs nobody (RFC 6749 section 4.4). */
    CLIENT_CREDENTIALS,
    /** Postroom sends a user's name and password (RFC 6749 section 4.3); for migration only. */
    PASSWORD;

    /** As RFC 6749 and the contract write it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The grant of this word, if it is one of ours. */
    public static Optional<Grant> of(String word) {
        return Arrays.stream(values()).filter(g -> g.word().equals(word)).findFirst();
    }

    @JsonCreator
    static Grant stored(String word) {
        return of(word).orElseThrow(() -> new IllegalArgumentException("no such grant: " + word));
    }

    /** Whether a person has to sign in before there is a token. */
    public boolean needsPerson() {
        return this == AUTHORIZATION_CODE;
    }
}
