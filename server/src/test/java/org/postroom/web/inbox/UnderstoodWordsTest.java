package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.conversation.Returned;
import org.postroom.mail.Address;
import org.postroom.mail.Complaint;
import org.postroom.mail.Findings;
import org.postroom.mail.Invitation;
import org.postroom.mail.Receipt;

class UnderstoodWordsTest {
    private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void picturesAreCountedByHost() {
        String html = "<img data-remote-src=\"https://b.test/1?a=1&amp;b=2\"><img data-remote-src=\"http://a.test/2\">"
                + "<td data-remote-background=\"https://c.test/\"><img data-remote-src=\"https://d.test/3 4.png\">";

        var all = Objects.requireNonNull(PicturesView.of(html, List.of("t.test", "u.test"), "ann@a.test", true, false));
        var one = Objects.requireNonNull(
                PicturesView.of("<img data-remote-src=\"https://a.test/\">", List.of(), "ann", false, true));
        var pixel = PicturesView.of("<p>", List.of("t.test"), "ann@a.test", true, false);

        assertThat(all.remote()).isEqualTo(4);
        assertThat(all.words())
                .isEqualTo("4 pictures from b.test, a.test and 2 others are not loaded: the sender would learn that you"
                        + " read this. Tracking pixels of t.test and u.test were removed.");
        assertThat(one.words()).isEqualTo("1 picture from a.test is shown, as always for this sender.");
        assertThat(one.sender()).isNull();
        assertThat(pixel)
                .isNotNull()
                .extracting(PicturesView::words)
                .isEqualTo("A tracking pixel of t.test was removed.");
        assertThat(PicturesView.of("<p>", List.of(), "ann@a.test", true, false)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "https://www.bank.example/x, www.bank.example, false",
                "https://www.bank.example@evil.test/x, evil.test, true",
                "HTTPS://Shop.Example:8443/, shop.example, false",
                "https://аррӏе.com/, xn--80ak6aa92e.com, true",
                "mailto:ann@a.test, null, false"
            })
    void linkSaysWhereItTrulyLeads(String href, String host, boolean misleads) {
        Piece piece = new Piece(href, href);

        assertThat(piece.host()).isEqualTo(host);
        assertThat(piece.misleads()).isEqualTo(misleads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "ftp://a.test", "mailto:", "file:///etc/passwd"})
    void nothingButWebAndMailAddressesIsALink(String text) {
        assertThat(Piece.of("see " + text)).extracting(Piece::href).containsOnlyNulls();
    }

    @Test
    void paragraphsKeepEveryLetterOfTheText() {
        String text = "one\ntwo\n\n\nthree https://a.test/ four\n \nfive";

        List<Paragraph> paragraphs = Paragraph.of(text);

        assertThat(paragraphs).hasSize(3);
        StringBuilder all = new StringBuilder();
        paragraphs.forEach(p -> p.pieces().forEach(piece -> all.append(piece.text())));
        assertThat(all).hasToString(text);
        assertThat(Paragraph.of("\n\n".repeat(40_000))).hasSizeLessThanOrEqualTo(2001);
    }

    @Test
    void newestWordAboutEachRecipientIsShownAndAComplaintBesideIt() {
        var shown = ReturnedView.newest(List.of(
                returned("ann@a.test", "delayed", "network"),
                returned("bob@b.test", "delivered", "unknown"),
                returned("ann@a.test", "failed", "mailbox-full"),
                returned("bob@b.test", "complained", null)));

        assertThat(shown)
                .extracting(ReturnedView::word)
                .containsExactly("Not delivered to", "Delivered to", "Called spam by");
        assertThat(shown.getFirst().brief()).isEqualTo("mailbox full");
        assertThat(shown.getFirst().codes()).isEqualTo("452 4.2.2 said the server");
    }

    private static Returned returned(String address, String action, @Nullable String reason) {
        return new Returned(address, action, "4.2.2", "452", "said the server", false, reason, THEN, "m1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-such-user",
                "mailbox-full",
                "disabled",
                "blocked",
                "spam",
                "too-big",
                "policy",
                "expired",
                "rate-limited",
                "network",
                "system",
                "content",
                "relay-denied"
            })
    void everyReasonHasWordsOfItsOwn(String reason) {
        BounceReasonWords words = BounceReasonWords.of(reason);

        assertThat(words).isNotEqualTo(BounceReasonWords.of("unknown"));
        assertThat(words.why()).endsWith(".");
        assertThat(words.todo()).endsWith(".");
    }

    @Test
    void wholeDaysAndRepetitionsOfAnEventAreSaidInWords() {
        var days = event("REQUEST", "2026-12-24T00:00:00Z", "2026-12-27T00:00:00Z", true, "FREQ=YEARLY", null);
        var day = event("CANCEL", "2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z", true, null, null);
        var hours = event(
                "REPLY", "2026-12-24T10:00:00Z", null, false, "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270131", "DECLINED");
        var odd = event("PUBLISH", "2026-12-24T10:00:00Z", null, false, "FREQ=WEEKLY;UNTIL=99999999", null);

        assertThat(days.days()).isEqualTo("Thursday, 24 December 2026 to Saturday, 26 December 2026");
        assertThat(days.repeats()).isEqualTo("Every year");
        assertThat(day.days()).isEqualTo("Thursday, 24 December 2026");
        assertThat(day.cancelled()).isTrue();
        assertThat(hours.title()).isEqualTo("Declined by Bob");
        assertThat(hours.repeats()).isEqualTo("Every 2 weeks, until Sunday, 31 January 2027");
        assertThat(odd.repeats()).isEqualTo("Every week");
    }

    private static InvitationView event(
            String method,
            String start,
            @Nullable String end,
            boolean allDay,
            @Nullable String rule,
            @Nullable String answer) {
        return InvitationView.of(
                new Invitation(
                        method,
                        null,
                        "Party",
                        Instant.parse(start),
                        end == null ? null : Instant.parse(end),
                        allDay,
                        rule,
                        "",
                        null,
                        List.of(new Address("Bob", "bob@b.test")),
                        answer),
                null);
    }

    @Test
    void receiptAndComplaintAreSentences() {
        var read = new Receipt("ann@a.test", "displayed", true, "<x@y>");
        var spam = new Complaint("abuse", null, null, null, null, "<x@y>");

        assertThat(ReportWords.of(new Findings(null, "", null, read, List.of(), null, List.of())))
                .startsWith("Our message was opened by ann@a.test.")
                .contains("A program said so");
        assertThat(ReportWords.of(new Findings(null, "", spam, null, List.of(), null, List.of())))
                .startsWith("A recipient called our message spam.");
        assertThat(ReportWords.of(Findings.NONE)).isNull();
    }

    @Test
    void firstLetterIsAWholeOne() {
        assertThat(Initial.of("\"Ann\"")).isEqualTo("A");
        assertThat(Initial.of("𝒜nn")).isEqualTo("𝒜");
        assertThat(Initial.of("…")).isEqualTo("*");
    }
}
