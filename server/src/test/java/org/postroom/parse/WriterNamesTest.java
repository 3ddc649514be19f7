package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriterNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Ann Example       | ann example; ann; ann e; a. example
            Example, Ann      | example, ann; ann example; ann; ann e; a. example
            Example , Ann     | example , ann; ann example; ann; ann e; a. example
            Ann Maria Example | ann maria example; ann; ann e; a. example; ann example
            ann@example.com   | ''
            Ann               | ann
            """)
    void aWriterMaySignInSeveralWays(String display, String names) {
        assertThat(String.join("; ", WriterNames.of(display))).isEqualTo(names);
    }

    @Test
    void noNameHasBlanksAtItsEndsOrIsRefused() {
        Random random = new Random(20_261_122L);
        String letters = "  ,,ab.é’\u0091\t(\uD83D\uDE00";
        for (int n = 0; n < 20_000; n++) {
            StringBuilder display = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                display.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(WriterNames.of(display.toString()))
                    .as("names of \"%s\"", display)
                    .allSatisfy(name -> assertThat(name).isEqualTo(name.strip()));
        }
    }
}
