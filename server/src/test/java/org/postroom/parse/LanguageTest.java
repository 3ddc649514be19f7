package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fifteen sentences of each of 38 languages, which the tables were not made of. */
class LanguageTest {
    private static Map<String, List<String>> sentences() throws IOException {
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(LanguageTest.class.getResourceAsStream("/parse/languages.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int bar = line.indexOf('|');
                sentences
                        .computeIfAbsent(line.substring(0, bar), k -> new ArrayList<>())
                        .add(line.substring(bar + 1));
            }
        }
        return sentences;
    }

    @Test
    void singleSentencesAreToldApartOrLeftOpen() throws IOException {
        int all = 0;
        int right = 0;
        List<String> wrong = new ArrayList<>();
        for (var language : sentences().entrySet()) {
            assertThat(language.getValue()).as(language.getKey()).hasSizeGreaterThanOrEqualTo(15);
            for (String sentence : language.getValue()) {
                String found = Language.of(sentence, null);
                all++;
                if (language.getKey().equals(found)) {
                    right++;
                } else if (found != null && !language.getKey().startsWith(found)) {
                    wrong.add(language.getKey() + " taken for " + found + ": " + sentence);
                }
            }
        }

        assertThat(right).as("right of " + all).isGreaterThanOrEqualTo(all * 88 / 100);
        assertThat(wrong).hasSizeLessThanOrEqualTo(all / 100);
    }

    @Test
    void threeSentencesAreTold() throws IOException {
        int all = 0;
        int right = 0;
        List<String> wrong = new ArrayList<>();
        for (var language : sentences().entrySet()) {
            List<String> list = language.getValue();
            for (int i = 0; i + 2 < list.size(); i += 3) {
                String text = String.join(" ", list.subList(i, i + 3));
                String found = Language.of(text, null);
                all++;
                right += language.getKey().equals(found) ? 1 : 0;
                if (found != null && !language.getKey().equals(found)) {
                    wrong.add(language.getKey() + " taken for " + found + ": " + text);
                }
            }
        }

        assertThat(right).as("right of " + all).isGreaterThanOrEqualTo(all * 98 / 100);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ok", "4711", "?!", "https://shop.example/the/and/of/you", "ann@customer.example", "Xyzzy"})
    void nothingIsSaidOfTooLittle(String text) {
        assertThat(Language.of(text, "de")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ありがとう,ja", "감사합니다,ko", "谢谢,zh-Hans", "謝謝,zh-Hant", "Ευχαριστώ,el", "תודה,he", "شكرا,ar", "ขอบคุณ,th"})
    void aScriptOfOneLanguageIsEnough(String text, String language) {
        assertThat(Language.of(text, null)).isEqualTo(language);
    }

    @Test
    void aHeaderOnlyTipsTheBalance() {
        assertThat(Language.of("Could you please send me the invoice for this order?", "de"))
                .isEqualTo("en");
        assertThat(Language.of("好好好", null)).isEqualTo("zh");
        assertThat(Language.of("好好好", "zh-TW")).isEqualTo("zh-Hant");
    }

    @Test
    void itIsTheLanguageOfWhatIsNew() {
        var message = Mails.plain(
                "Ja, bitte stornieren Sie die Bestellung.\n\nOn Mon, 2 Nov 2026 at 10:00, Bob <bob@c.example>"
                        + " wrote:\n> Would you like us to cancel the order that you have placed with us last week?\n");

        assertThat(message.findings().language()).isEqualTo("de");
        assertThat(message.findings().preview()).isEqualTo("Ja, bitte stornieren Sie die Bestellung.");
    }
}
