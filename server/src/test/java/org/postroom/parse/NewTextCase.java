package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cases of {@code parse/newtext}: {@code §§ title | writer}, the text, {@code §=}, the new text, {@code *} if all of it is
 * new. HTML if the title says so.
 */
record NewTextCase(String title, String writer, String text, String expected) {
    static List<NewTextCase> read(String file) {
        try (InputStream in =
                Objects.requireNonNull(NewTextCase.class.getResourceAsStream("/parse/newtext/" + file), file)) {
            List<NewTextCase> cases = new ArrayList<>();
            for (String part : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^§§ ", -1)) {
                if (!part.isBlank()) {
                    cases.add(of(part));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NewTextCase of(String part) {
        int line = part.indexOf('\n');
        int middle = part.indexOf("\n§=\n");
        String head = part.substring(0, line);
        int bar = head.indexOf(" | ");
        String text = part.substring(line + 1, middle);
        String expected = part.substring(middle + 4).strip();
        return new NewTextCase(
                bar < 0 ? head : head.substring(0, bar),
                bar < 0 ? "Ann Example" : head.substring(bar + 3),
                text,
                expected.equals("*") ? text : expected);
    }

    boolean isHtml() {
        return title.startsWith("html ");
    }

    /** White space does not count. */
    static String tidy(String text) {
        return text.replaceAll("[\\s\u00A0]+", " ").strip();
    }

    @Override
    public String toString() {
        return title;
    }
}
