package org.postroom.simulator.imap;

import org.jspecify.annotations.Nullable;

/** Strings as IMAP writes them (RFC 3501 section 4.3). */
final class ImapText {
    private ImapText() {}

    /** {@code NIL}, a quoted string, or a literal where a quoted string will not do. */
    static String nstring(@Nullable String value) {
        return value == null ? "NIL" : string(value);
    }

    static String string(String value) {
        boolean quotable = value.length() < 1000 && value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return quotable ? quoted(value) : "{" + value.length() + "}\r\n" + value;
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** A folder name: an atom where it can be one. */
    static String name(String name) {
        return name.matches("[A-Za-z0-9._/&+,-]+") ? name : string(name);
    }
}
