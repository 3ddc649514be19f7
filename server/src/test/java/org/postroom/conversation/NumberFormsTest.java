package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.channel.ThreadRules;

class NumberFormsTest {
    private final NumberForms forms = new NumberForms(ThreadRules.DEFAULT.numberForms());

    @ParameterizedTest
    @CsvSource({
        "Re: Lamp [#1042], 1042",
        "AW: case 1042 again, 1042",
        "CASE  #1042: lamp, 1042",
        "Fwd: [Incident: 261122-000042] Lamp, 42",
        "[incident: 261122-001042], 1042",
    })
    void findsANumberInAnyForm(String subject, long number) {
        assertThat(forms.in(subject)).extracting(NumberForms.Found::number).contains(number);
    }

    @ParameterizedTest
    @CsvSource({
        "Order 1042",
        "#1042",
        "Showcase 1042",
        "Case 1042a",
        "[#]",
        "[#0]",
        "Case 12345678901234567890",
        "[1042]",
    })
    void passesOverWhatIsNoNumberOfOurs(String subject) {
        assertThat(forms.in(subject)).isEmpty();
    }

    @Test
    void dateHasToFit() {
        Instant began = Instant.parse("2026-11-22T10:00:00Z");

        NumberForms.Found found = forms.in("[Incident: 261122-000042]").getFirst();

        assertThat(found.fits(began)).isTrue();
        assertThat(found.fits(began.minus(Duration.ofDays(3)))).isFalse();
    }

    @Test
    void writesWhatItReads() {
        Instant began = Instant.parse("2026-11-22T10:00:00Z");
        for (String form :
                List.of("[#{number}]", "Ticket {number}", "[Incident: {date}-{number}]", "({number} Fall)")) {
            NumberForms one = new NumberForms(List.of(form));

            String written = one.write(1042, began);

            assertThat(one.holds("Re: " + written + " x", 1042)).as(written).isTrue();
            assertThat(one.in(written).getFirst().fits(began)).isTrue();
        }
    }

    @Test
    void longSubjectsCostLittle() {
        long before = System.nanoTime();

        assertThat(forms.in("Case 0000000000000 ".repeat(100_000))).isEmpty();
        assertThat(forms.in("[#1] ".repeat(100_000))).hasSize(5);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
}
