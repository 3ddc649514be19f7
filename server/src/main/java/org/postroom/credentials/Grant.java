package org.postroom.credentials;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a token comes about (RFC 6749 section 1.3). */
public enum Grant {
    /** A person signs in by browser, once (RFC 6749 section 4.1). */
    AUTHORIZATION_CODE("Authorization code"),
    /** A person signs in once, on any device that has a browser (RFC 8628). */
    DEVICE_CODE("Device code"),
    /** The application proves itself and needs nobody (RFC 6749 section 4.4). */
    CLIENT_CREDENTIALS("Client credentials"),
    /** Postroom sends a user's name and password (RFC 6749 section 4.3); for migration only. */
    PASSWORD("Password (for migration only)"),
    /** A service account's key signs for a mailbox of its domain (RFC 7523 section 2.1, as Google has it). */
    SERVICE_ACCOUNT("Service account"),
    /** The company's own service hands out tokens. */
    EXTERNAL("External token service");

    private final String label;

    Grant(String label) {
        this.label = label;
    }

    /** As RFC 6749 and the contract write it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As pages write it. */
    public String label() {
        return label;
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
        return this == AUTHORIZATION_CODE || this == DEVICE_CODE;
    }
}
