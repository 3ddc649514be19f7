package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postroom.mail.Address;

/** Whatever words are written above, below or between what any program quotes in any language: they stay. */
class NewTextPropertyTest {
    private static final List<NewTextCase> TEMPLATES = NewTextCase.read("programs.txt").stream()
            .filter(c -> c.text().startsWith(c.expected().strip()) && !c.isHtml())
            .toList();
    private static final String[] WORDS = {
        "lamp", "Kabel", "colis", "pedido", "cavo", "4711", "nicht", "wrote", "from", "the", "Termin", "03.11.",
                "10:30",
        "заказ", "包裹", "荷物", "택배", "kiitos", "sent", "to", "subject", "original", "message", "call", "#17", "(new)"
    };

    @Test
    void newWordsAlwaysSurvive() {
        Random random = new Random(20261122);
        assertThat(TEMPLATES).hasSizeGreaterThan(80);
        for (int n = 0; n < 6_000; n++) {
            NewTextCase template = TEMPLATES.get(random.nextInt(TEMPLATES.size()));
            String written = written(random);
            String rest = template.text().substring(template.expected().strip().length());

            String found = NewText.of(written + rest, new Address(template.writer(), "ann@customer.example"), false);

            assertThat(NewTextCase.tidy(found)).as(template.title()).startsWith(NewTextCase.tidy(written));
        }
    }

    @Test
    void foldsAreInOrderWithinBoundsAndApart() {
        Random random = new Random(4711);
        List<String> lines = new ArrayList<>();
        for (String file : List.of("programs.txt", "signatures.txt", "negatives.txt")) {
            NewTextCase.read(file).forEach(c -> lines.addAll(List.of(c.text().split("\n", -1))));
        }
        for (int n = 0; n < 3_000; n++) {
            List<String> mail = new ArrayList<>();
            for (int k = random.nextInt(40); k >= 0; k--) {
                String mark = random.nextInt(6) == 0 ? String.valueOf((char) ('\uE000' + random.nextInt(3))) : "";
                mail.add(mark + lines.get(random.nextInt(lines.size())));
            }

            NewText.Folded folded =
                    NewText.read(String.join("\n", mail), new Address("Ann Example", "a@b.example"), false);

            int end = 0;
            for (Fold fold : folded.folds()) {
                assertThat(fold.fromLine()).isGreaterThanOrEqualTo(end);
                assertThat(fold.toLine()).isLessThanOrEqualTo(mail.size());
                end = fold.toLine();
            }
            for (int k = 0; k < mail.size(); k++) {
                int line = k;
                boolean hidden = folded.folds().stream().anyMatch(f -> f.fromLine() <= line && line < f.toLine());
                if (!hidden) {
                    assertThat(NewTextCase.tidy(folded.text()))
                            .contains(NewTextCase.tidy(HtmlText.withoutMarks(mail.get(k))));
                }
            }
        }
    }

    private static String written(Random random) {
        StringBuilder text = new StringBuilder();
        for (int s = random.nextInt(4); s >= 0; s--) {
            text.append("The");
            for (int w = 2 + random.nextInt(9); w >= 0; w--) {
                text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
            }
            text.append(random.nextBoolean() ? " works." : " fails?").append(random.nextBoolean() ? "\n" : "\n\n");
        }
        return text.toString().strip();
    }
}
