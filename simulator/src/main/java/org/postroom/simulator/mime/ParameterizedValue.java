package org.postroom.simulator.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A header value with parameters, as in Content-Type and Content-Disposition (RFC 2045 section 5.1).
 *
 * @param value what stands before the first semicolon
 * @param parameters by lower-case name, in their order
 */
public record ParameterizedValue(String value, Map<String, String> parameters) {
    /** Reads a value; what cannot be read is left out. */
    public static ParameterizedValue parse(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int semicolon = text.indexOf(';');
        String value = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        int at = semicolon < 0 ? text.length() : semicolon + 1;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder parameter = new StringBuilder();
            at = readValue(text, equals + 1, parameter);
            if (!name.isEmpty()) {
                parameters.putIfAbsent(name, parameter.toString());
            }
        }
        return new ParameterizedValue(value, parameters);
    }

    private static int readValue(String text, int from, StringBuilder into) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            int end = text.indexOf(';', at);
            end = end < 0 ? text.length() : end;
            into.append(text, at, end);
            while (!into.isEmpty() && Character.isWhitespace(into.charAt(into.length() - 1))) {
                into.setLength(into.length() - 1);
            }
            return end + 1;
        }
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            into.append(text.charAt(at++));
        }
        int next = text.indexOf(';', at);
        return next < 0 ? text.length() : next + 1;
    }
}
