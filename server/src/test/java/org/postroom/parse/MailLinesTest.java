package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MailLinesTest {
    private static final String ALPHABET = "ab Z\t\u00A0@/.:>＞：9٣é日\n\n\u200B'_-";

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(40); n > 0; n--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** What a line is known to have is what stands in it. */
    @Test
    void signsAreThoseOfTheLine() {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 20_000; round++) {
            String text = text(random, ALPHABET);
            MailLines lines = new MailLines(text);
            String[] expected = text.split("\n", -1);
            assertThat(lines.count()).isEqualTo(expected.length);
            boolean greater = false;
            for (int k = 0; k < expected.length; k++) {
                String line = expected[k];
                assertThat(lines.has(k, MailLines.AT)).as(text).isEqualTo(line.contains("@"));
                assertThat(lines.has(k, MailLines.SLASH)).as(text).isEqualTo(line.contains("/"));
                assertThat(lines.has(k, MailLines.POINT)).as(text).isEqualTo(line.contains("."));
                assertThat(lines.has(k, MailLines.COLON)).as(text).isEqualTo(line.contains(":") || line.contains("："));
                assertThat(lines.has(k, MailLines.GREATER))
                        .as(text)
                        .isEqualTo(line.contains(">") || line.contains("＞"));
                assertThat(lines.has(k, MailLines.DIGIT))
                        .as(text)
                        .isEqualTo(line.chars().anyMatch(Character::isDigit));
                assertThat(lines.digits(k)).as(text).isEqualTo((int)
                        line.chars().filter(Character::isDigit).count());
                greater |= lines.has(k, MailLines.GREATER);
            }
            assertThat(lines.has(MailLines.GREATER)).isEqualTo(greater);
        }
    }

    @Test
    void aMarkIsNoPartOfTheLine() {
        MailLines lines = new MailLines("one\n" + HtmlText.QUOTED + "two\n");
        assertThat(lines.isMarked()).isTrue();
        assertThat(lines.isMarkedQuoted(1)).isTrue();
        assertThat(lines.start(1)).isEqualTo(5);
        assertThat(lines.content(1)).isEqualTo("two");
        assertThat(new MailLines("one").isMarked()).isFalse();
    }

    /** ASCII is read in a way of its own, which makes the same of it as what reads any script. */
    @Test
    void plainAsciiIsPlainText() {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 20_000; round++) {
            String text = text(random, "aB z\t\r\u0000\u007F'`-_9@");
            char[] chars = (text + "é").toCharArray();
            String plain = PlainText.of(chars, 0, text.length());
            String whole = PlainText.of(chars, 0, chars.length);
            assertThat(whole.substring(0, whole.length() - 1).stripTrailing()).isEqualTo(plain.stripTrailing());
        }
    }
}
