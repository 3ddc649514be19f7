package org.postroom.channel;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Encryption of a connection. */
public enum Security {
    /** TLS from the first byte. */
    TLS,
    /** TLS after the server was asked for it; never without (RFC 8314 section 3). */
    STARTTLS,
    /** None: for servers on the same machine. */
    NONE;

    /** As the contract writes it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
