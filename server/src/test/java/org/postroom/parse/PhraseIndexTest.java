package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhraseIndexTest {
    private static final PhraseSet ENGLISH = new PhraseSet(List.of("this message", "if you", "no", "thank you for"), 1);
    private static final PhraseSet OTHERS =
            new PhraseSet(List.of("diese e-mail", "über dieser", "данное письмо", "此邮件", "このメール", "s'il vous"), 2);
    private static final PhraseIndex INDEX = new PhraseIndex(List.of(ENGLISH, OTHERS));

    private static long in(String text) {
        return INDEX.in(text.toCharArray(), 0, text.length());
    }

    @Test
    void phrasesInOtherSpellings() {
        assertThat(in("(THIS \n\t message)")).isEqualTo(1);
        assertThat(in("Über\u00A0dieser Linie")).isEqualTo(2);
        assertThat(in("S’il vous plaît")).isEqualTo(2);
        assertThat(in("请看此邮件")).isEqualTo(2);
        assertThat(in("Данное письмо: no")).isEqualTo(3);
    }

    @Test
    void withinWordsThereIsNone() {
        assertThat(in("piano, xthis message")).isZero();
        assertThat(in("")).isZero();
        assertThat(in("n")).isZero();
    }

    @Test
    void aPhraseMayEndWithTheText() {
        assertThat(in("he said no")).isEqualTo(1);
        assertThat(in("no")).isEqualTo(1);
        assertThat(in("what if yo")).isZero();
        assertThat(in("what if you")).isEqualTo(1);
    }

    @Test
    void whatPlainTextDropsLeavesAllOpen() {
        assertThat(in("th\u200Bis message")).isEqualTo(-1);
        assertThat(in("u\u0308ber dieser")).isEqualTo(-1);
        assertThat(in("nichts u\u0308")).isEqualTo(-1);
    }

    /** Whatever a set finds in the plain text, the index finds in the text as it is, and nothing else. */
    @Test
    void agreesWithTheSetsThemselves() {
        List<String> pieces = new ArrayList<>(ENGLISH.phrases());
        pieces.addAll(OTHERS.phrases());
        pieces.addAll(
                List.of(" ", "  ", "\n", "\t", "\u00A0", "THIS", "Message", "İ", "’", "-", ",", "日", "é", "9", "x"));
        Random random = new Random(20_261_123);
        for (int round = 0; round < 30_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                String piece = pieces.get(random.nextInt(pieces.size()));
                text.append(random.nextInt(4) == 0 ? piece.substring(0, random.nextInt(piece.length()) + 1) : piece);
            }
            String written = text.toString().strip();
            String plain = PlainText.of(written, 0, written.length());
            long expected = (ENGLISH.in(plain) < 0 ? 0 : 1) | (OTHERS.in(plain) < 0 ? 0 : 2);
            assertThat(in(written)).describedAs(written).isEqualTo(expected);
        }
    }
}
