package org.postroom.parse;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * A content line of iCalendar (RFC 5545 section 3.1).
 *
 * @param name in upper case
 * @param parameters names in upper case
 * @param value as it stands, escapes and all
 */
record CalendarLine(String name, Map<String, String> parameters, String value) {
    private static final int MOST_PARAMETERS = 50;

    /** Null if the line, already unfolded, is none. */
    static @Nullable CalendarLine read(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ':' && line.charAt(end) != ';') {
            end++;
        }
        if (end == 0 || end == line.length()) {
            return null;
        }
        String name = line.substring(0, end).strip().toUpperCase(Locale.ROOT);
        Map<String, String> parameters = Map.of();
        while (end < line.length() && line.charAt(end) == ';') {
            int equals = line.indexOf('=', end);
            int stop = end + 1;
            boolean quoted = false;
            while (stop < line.length()) {
                char c = line.charAt(stop);
                if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && (c == ':' || c == ';')) {
                    break;
                }
                stop++;
            }
            if (equals > end && equals < stop && parameters.size() < MOST_PARAMETERS) {
                parameters = parameters.isEmpty() ? new HashMap<>() : parameters;
                parameters.put(
                        line.substring(end + 1, equals).strip().toUpperCase(Locale.ROOT),
                        line.substring(equals + 1, stop).replace("\"", "").strip());
            }
            end = stop;
        }
        return end >= line.length() ? null : new CalendarLine(name, parameters, line.substring(end + 1));
    }

    /** A parameter, empty if it has none. */
    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The value as text (section 3.3.11). */
    String text() {
        if (value.indexOf('\\') < 0) {
            return value.strip();
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                out.append(next == 'n' || next == 'N' ? '\n' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString().strip();
    }

    /** Somebody who takes part (section 3.3.3); null without an address. */
    @Nullable
    Address person() {
        String address = value.strip();
        if (address.regionMatches(true, 0, "mailto:", 0, 7)) {
            address = address.substring(7).strip();
        }
        if (address.indexOf('@') < 0) {
            address = parameter("EMAIL");
        }
        return address.indexOf('@') < 0 ? null : new Address(EncodedWords.decode(parameter("CN")), address);
    }
}
