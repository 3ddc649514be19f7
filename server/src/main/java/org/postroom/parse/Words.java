package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lists of words as they stand in the source: separated by semicolons, over as many lines as they need. */
final class Words {
    private Words() {}

    /** In order. */
    static List<String> list(String block) {
        List<String> words = new ArrayList<>();
        for (String word : block.replace('\n', ' ').split(";")) {
            // a blank at the end of a phrase may matter and is written as _
            String phrase = word.strip().replace('_', ' ');
            if (!phrase.isEmpty()) {
                words.add(phrase);
            }
        }
        return List.copyOf(words);
    }

    /** The lines of a list that lies beside the program. */
    static List<String> lines(String file) {
        try (InputStream in = Words.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing beside the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Single words without blanks, in which an underscore is an underscore. */
    static Set<String> set(String block) {
        return Set.of(block.strip().split("[;\\s]+"));
    }
}
