package org.postroom.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mailbox as RFC 5322 section 3.4 means it: a display name, which may be empty, and an addr-spec. The address is kept
 * as written; {@link #key()} is what two addresses are compared by.
 */
public record Address(String name, String address) {
    private static final Pattern BREAKS = Pattern.compile("[\\r\\n\\t\\u0000]+");

    /** Never part of an address that mail programs write without quotes. */
    private static final String APART = " \t\n\u000B\f\r@<>\",;";

    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 255;

    /** Strips white space around both; line breaks within the name become spaces, so it can never start a header. */
    public Address {
        name = hasBreak(name) ? BREAKS.matcher(name).replaceAll(" ").strip() : name.strip();
        address = address.strip();
    }

    /** An address without a display name. */
    public static Address of(String address) {
        return new Address("", address);
    }

    /** Whether this could be written to: one {@code @} with something on both sides and no white space. */
    public static boolean plausible(String address) {
        int at = address.indexOf('@');
        return at > 0
                && isUnbroken(address, 0, at, LONGEST_LOCAL)
                && isUnbroken(address, at + 1, address.length(), LONGEST_DOMAIN);
    }

    /** @param most code points */
    private static boolean isUnbroken(String text, int from, int to, int most) {
        if (from == to || text.codePointCount(from, to) > most) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < 'A' && APART.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasBreak(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == '\t' || c == 0) {
                return true;
            }
        }
        return false;
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
