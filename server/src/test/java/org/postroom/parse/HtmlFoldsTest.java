package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.parse.Fold.Kind;

class HtmlFoldsTest {
    private static String folded(String html, Fold... folds) {
        SafeHtml.Cleaned clean = SafeHtml.clean(html, System.nanoTime() + 5_000_000_000L);
        return HtmlFolds.apply(clean.html(), clean.lines(), List.of(folds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <div>a</div><div>b</div><div>c</div> | 1 | 2 | <div>a</div><details data-fold="quote"><div>b</div></details><div>c</div>
            <div>a</div><div>b</div>             | 1 | 2 | <div>a</div><details data-fold="quote"><div>b</div></details>
            a<br>b<br>c                          | 1 | 2 | a<br><details data-fold="quote">b<br></details>c
            <div>a<br>b</div><p>c</p>            | 1 | 4 | <div>a<br></div><details data-fold="quote"><div>b</div><p>c</p></details>
            <p>a<b>b<br>c</b>d</p>               | 1 | 2 | <p>a<b>b<br></b></p><details data-fold="quote"><p><b>c</b>d</p></details>
            <div><div>a</div><div>b</div>c</div> | 1 | 2 | <div><div>a</div><details data-fold="quote"><div>b</div></details>c</div>
            <ul><li>a<li>b</ul>                  | 1 | 2 | <ul><li>a</li></ul><details data-fold="quote"><ul><li>b</li></ul></details>
            """)
    void linesAreWrappedAndTheHtmlStaysWellFormed(String html, int from, int to, String expected) {
        assertThat(folded(html, new Fold(from, to, Kind.QUOTE))).isEqualTo(expected);
    }

    @Test
    void rowsOfATableAreFoldedAsATable() {
        String html = folded("<table><tr><td>a<tr><td>b<tr><td>c</table>", new Fold(1, 2, Kind.DISCLAIMER));

        assertThat(html)
                .isEqualTo(
                        "<table><tbody><tr><td>a</td></tr></tbody></table><details data-fold=\"disclaimer\"><table><tbody>"
                                + "<tr><td>b</td></tr></tbody></table></details><table><tbody><tr><td>c</td></tr></tbody></table>");
    }

    @Test
    void severalFoldsFollowEachOther() {
        String html = folded(
                "<div>a</div><div>b</div><div>c</div>", new Fold(1, 2, Kind.SIGNATURE), new Fold(2, 3, Kind.QUOTE));

        assertThat(html)
                .isEqualTo("<div>a</div><details data-fold=\"signature\"><div>b</div></details>"
                        + "<details data-fold=\"quote\"><div>c</div></details>");
    }

    @Test
    void aReplyShowsWhatIsNew() {
        String html = Mails.html(
                        "<div>It works.</div><div class=gmail_quote>On 2 Nov 2026 Bob &lt;b@x.example&gt; wrote:"
                                + "<blockquote>old</blockquote></div>")
                .html();

        assertThat(html)
                .startsWith("<div>It works.</div><details data-fold=\"quote\"><div>On 2 Nov")
                .endsWith("<blockquote>old</blockquote></div></details>");
    }

    @Test
    void whatWouldFoldAwayWhollyStays() {
        String html = Mails.html("<div class=gmail_quote><blockquote class=gmail_quote>old</blockquote></div>")
                .html();

        assertThat(html).doesNotContain("<details").contains("old");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: x</div>old
            <div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p>x</p></div>old
            <div id="x_appendonsend"></div>old
            <div class="moz-cite-prefix">x</div><blockquote type="cite" cite="mid:1@x">old</blockquote>
            <blockquote cite="mid:1@x">old</blockquote>
            <div id="ydp1a2b3c4dyahoo_quoted_1234" class="ydp1a2b3c4dyahoo_quoted">old</div>
            <div id="yahoo_quoted_99">old</div>
            <div name="quote" style="margin:10px">old</div>
            <div class="mail-quote-collapse">old</div>
            <div class="m_-123gmail_quote">old</div>
            <div class="protonmail_quote">old</div>
            <hr id="zwchr" data-marker="__DIVIDER__"><div>old</div>
            <div data-marker="__QUOTED_TEXT__">old</div>
            <blockquote class="front-blockquote">old</blockquote>
            <div name="messageReplySection">old</div>
            <div id="mail-editor-reference-message-container">old</div>
            <span id="OLK_SRC_BODY_SECTION">old</span>
            <div class="zmail_extra">old</div>
            <div class="aolmail_gmail_quote">old</div>
            <div class="ntes-mailmaster-quote">old</div>
            <a name="_____replyseparator"></a><div>old</div>
            """)
    void marksOfMailProgramsAreKnown(String quoted) {
        var message = Mails.html("<div>new words</div>" + quoted);

        assertThat(message.newText()).isEqualTo("new words");
        assertThat(message.html()).contains("<details data-fold=\"quote\">");
    }
}
