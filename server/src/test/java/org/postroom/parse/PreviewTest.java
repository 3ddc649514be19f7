package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewTest {
    @ParameterizedTest
    @CsvSource({
        "'Hello,\n\n  it   fails.',           'Hello, it fails.'",
        "'https://a.example/x\nIt fails.',     'It fails.'",
        "'<https://a.example/x>',               ''",
        "'[cid:image001.png@01] It fails.',     'It fails.'",
        "'----------\nIt fails.',              'It fails.'",
        "'It - fails.',                         'It - fails.'",
        "'   ',                                 ''",
    })
    void isOneLineOfWords(String text, String preview) {
        assertThat(Preview.of(text.replace("\\n", "\n"))).isEqualTo(preview);
    }

    @Test
    void paddingOfNewslettersIsLeftOut() {
        String padding = "\u00A0\u200C\u034F\u200B\uFEFF\u00AD\u2007".repeat(100);

        assertThat(Preview.of("Sale!" + padding + "Now.")).isEqualTo("Sale! Now.");
        assertThat(Preview.of(padding)).isEmpty();
    }

    @Test
    void joinedEmojiStayJoined() {
        assertThat(Preview.of("A family: \uD83D\uDC68\u200D\uD83D\uDC69 here"))
                .contains("\uD83D\uDC68\u200D\uD83D\uDC69");
    }

    @Test
    void noCharacterIsCutInHalves() {
        Random random = new Random(7);
        String[] pieces = {"word ", "\uD83D\uDE00", "e\u0301", "漢", "\uD83D\uDC68\u200D\uD83D\uDC69", "long".repeat(70)
        };
        for (int n = 0; n < 2_000; n++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < 300) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }

            String preview = Preview.of(text.toString());

            assertThat(preview).hasSizeBetween(1, 200);
            int last = preview.length() - (preview.endsWith("…") ? 2 : 1);
            assertThat(Character.isHighSurrogate(preview.charAt(last))).isFalse();
            assertThat(preview.charAt(last)).isNotEqualTo('\u200D');
        }
    }
}
