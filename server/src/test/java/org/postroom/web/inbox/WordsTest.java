package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.mail.Address;

class WordsTest {
    @Test
    void addressesInTextLeadSomewhereWithoutTheStopBehindThem() {
        var pieces = Piece.of("See https://a.example/x_(y), or (http://b.example/z). ftp://no.example");

        assertThat(pieces)
                .extracting(Piece::href)
                .containsExactly(null, "https://a.example/x_(y)", null, "http://b.example/z", null);
        assertThat(String.join("", pieces.stream().map(Piece::text).toList()))
                .isEqualTo("See https://a.example/x_(y), or (http://b.example/z). ftp://no.example");
    }

    @Test
    void veryLongTextIsShortenedAndSaysSo() {
        var pieces = Piece.of("x".repeat(200_000));

        assertThat(pieces).hasSize(2);
        assertThat(pieces.getLast().text()).contains("left out");
    }

    @Test
    void addressesAreSplitWhereNoQuoteHoldsThemTogether() {
        assertThat(AddressLine.split("\"Baker, Ann\" <ann@a.example>, bob@b.example;carl@c.example,,"))
                .containsExactly("\"Baker, Ann\" <ann@a.example>", "bob@b.example", "carl@c.example");
    }

    @Test
    void aLineOfAddressesReadsBackAsItself() {
        String line =
                AddressLine.of(List.of(new Address("Baker, \"Ann\"", "ann@a.example"), Address.of("bob@b.example")));

        assertThat(AddressLine.split(line)).containsExactly("\"Baker, Ann\" <ann@a.example>", "bob@b.example");
    }

    @Test
    void theAddressOfAPageIsUnderstoodAgain() {
        var query = new ListQuery(ListQuery.View.CLOSED, "a&b=ü #1", "chan nel");

        assertThat(ListQuery.ofAddress("http://localhost:8025/inbox/1" + query.suffix()))
                .isEqualTo(query);
        assertThat(ListQuery.ofAddress("http://[nonsense").view()).isEqualTo(ListQuery.View.OPEN);
    }
}
