package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;

/** Mail programs, languages, signatures, notices, and what only looks like them. */
class NewTextProgramsTest {
    static Stream<NewTextCase> programs() {
        return NewTextCase.read("programs.txt").stream();
    }

    static Stream<NewTextCase> signatures() {
        return NewTextCase.read("signatures.txt").stream();
    }

    static Stream<NewTextCase> threads() {
        return NewTextCase.read("threads.txt").stream();
    }

    static Stream<NewTextCase> negatives() {
        return NewTextCase.read("negatives.txt").stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsQuotedIsFolded(NewTextCase mail) {
        assertSame(mail);
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void signaturesAndNoticesAreFolded(NewTextCase mail) {
        assertSame(mail);
    }

    @ParameterizedTest
    @MethodSource("threads")
    void wholeThreadsKeepWhatIsNew(NewTextCase mail) {
        assertSame(mail);
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void inDoubtEverythingStays(NewTextCase mail) {
        assertSame(mail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> old line of text\n",
                "On 2 November 2026 at 10:00 Ann said:\n",
                "Regards,\nAnn Example\n",
                "word ",
                "-----\n",
                "From: ann@customer.example\n",
                "-- \n"
            })
    void timeGrowsWithTheLengthAndNoFaster(String piece) {
        Address writer = new Address("Ann Example", "ann@customer.example");
        String small = "Mine.\n\n" + piece.repeat(400_000 / 16 / piece.length());
        String big = "Mine.\n\n" + piece.repeat(400_000 / piece.length());
        NewText.of(big, writer, false);

        long once = fastest(small, writer);
        long many = fastest(big, writer);

        assertThat(many).isLessThan(Math.max(once, 1_000_000) * 16 * 6);
    }

    private static long fastest(String text, Address writer) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 6; i++) {
            long start = System.nanoTime();
            assertThat(NewText.of(text, writer, false)).startsWith("Mine.");
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private static void assertSame(NewTextCase mail) {
        String got = mail.isHtml()
                ? Mails.html(mail.text()).newText()
                : NewText.of(mail.text(), new Address(mail.writer(), "ann@customer.example"), false);
        assertThat(NewTextCase.tidy(got)).isEqualTo(NewTextCase.tidy(mail.expected()));
    }
}
