package org.postroom.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mailbox as RFC 5322 section 3.4 means it: a display name, which may be empty, and an addr-spec. The address is kept
 * as written; {@link #key()} is what two addresses are compared by.
 */
public record Address(String name, String address) {
    private static final Pattern BREAKS = Pattern.compile("[\\r\\n\\t\\u0000]+");
    private static final Pattern PLAUSIBLE = Pattern.compile("[^\\s@<>\",;]{1,64}@[^\\s@<>\",;]{1,255}");

    /** Strips white space around both; line breaks within the name become spaces, so it can never start a header. */
    public Address {
        name = name.isEmpty() ? name : BREAKS.matcher(name).replaceAll(" ").strip();
        address = address.strip();
    }

    /** An address without a display name. */
    public static Address of(String address) {
        return new Address("", address);
    }

    /** Whether this could be written to: one {@code @} with something on both sides and no white space. */
    public static boolean plausible(String address) {
        return PLAUSIBLE.matcher(address).matches();
    }

    /** The address in lower case: what addresses are compared and indexed by. */
    public String key() {
        return address.toLowerCase(Locale.ROOT);
    }

    /** The part after the last {@code @}, in lower case; empty if there is none. */
    public String domain() {
        int at = address.lastIndexOf('@');
        return at < 0 ? "" : address.substring(at + 1).toLowerCase(Locale.ROOT);
    }
}
