package org.postroom.simulator.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of a message or part, in their order (RFC 5322 section 2.2). */
public record Headers(List<HeaderField> fields) {
    private static final int MOST_FIELDS = 5_000;

    public Headers {
        fields = List.copyOf(fields);
    }

    /** Reads the header lines in {@code raw[from, to)}; lines that are no header are passed over. */
    static Headers parse(byte[] raw, int from, int to) {
        List<HeaderField> fields = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        int at = from;
        while (at < to && fields.size() < MOST_FIELDS) {
            int end = Lines.end(raw, at, to);
            String line = new String(raw, at, Lines.trimmedEnd(raw, at, end) - at, ISO_8859_1);
            boolean continued = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (!continued) {
                addTo(fields, current);
                current.setLength(0);
            }
            current.append(line);
            at = end;
        }
        addTo(fields, current);
        return new Headers(fields);
    }

    private static void addTo(List<HeaderField> fields, StringBuilder line) {
        int colon = line.indexOf(":");
        if (colon > 0) {
            String name = line.substring(0, colon).strip();
            fields.add(new HeaderField(name, line.substring(colon + 1).strip()));
        }
    }

    /** The first field of that name, whatever its case. */
    public Optional<String> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .findFirst();
    }

    /** All fields of that name, whatever its case. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }
}
