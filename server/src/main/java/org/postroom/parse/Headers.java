package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header section of a message or part, in order. Bodies are unfolded, raw 8-bit is read as text (RFC 6532 or a
 * guessed charset), encoded words are still encoded: see {@link #text}. Immutable once handed out.
 */
public final class Headers {
    private final List<Field> fields = new ArrayList<>();
    /** A bit for each hash of a name that is there: most that are asked for are not. */
    private long names;

    /** One field: its name in lower case and its body. */
    public record Field(String name, String body) {}

    Headers() {}

    void add(Field field) {
        fields.add(field);
        names |= 1L << field.name.hashCode();
    }

    /** Another body for the field at that place. */
    void set(int place, String body) {
        fields.set(place, new Field(fields.get(place).name, body));
    }

    private boolean mayHave(String name) {
        return (names & 1L << name.hashCode()) != 0;
    }

    int size() {
        return fields.size();
    }

    /** All fields in order. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** The first field of that name, which is given in lower case; null if there is none. */
    public @Nullable String first(String name) {
        if (!mayHave(name)) {
            return null;
        }
        for (Field field : fields) {
            if (field.name.equals(name)) {
                return field.body;
            }
        }
        return null;
    }

    /** The first field of that name that is not blank, else an empty text. */
    public String get(String name) {
        if (!mayHave(name)) {
            return "";
        }
        for (Field field : fields) {
            if (field.name.equals(name) && !field.body.isBlank()) {
                return field.body.strip();
            }
        }
        return "";
    }

    /** Every field of that name, in order. */
    public List<String> all(String name) {
        if (!mayHave(name)) {
            return List.of();
        }
        List<String> bodies = new ArrayList<>();
        for (Field field : fields) {
            if (field.name.equals(name)) {
                bodies.add(field.body);
            }
        }
        return bodies;
    }

    /** Whether a field of that name exists, blank or not. */
    public boolean has(String name) {
        return first(name) != null;
    }

    /** As {@link #get} with encoded words (RFC 2047) decoded. */
    public String text(String name) {
        return EncodedWords.decode(get(name)).strip();
    }
}
