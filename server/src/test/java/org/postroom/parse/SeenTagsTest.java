package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A tag that comes again is written as it was the first time, unless something has changed in between. */
class SeenTagsTest {
    private static String clean(String html) {
        return SafeHtml.clean(html, Duration.ofSeconds(10));
    }

    @Test
    void repeatedTagsAreWrittenAlike() {
        String line = "<p class=\"a\" style=\"color:red;position:fixed\" align=center onclick=x()>word</p>";
        String safe = "<p style=\"color:red\" align=\"center\">word</p>";

        assertThat(clean(line.repeat(5))).isEqualTo(safe.repeat(5));
    }

    @Test
    void styleSheetCountsFromWhereItStands() {
        String line = "<p class=\"note\">word</p>";
        String html = line.repeat(3) + "<style>.note{color:red}</style>" + line.repeat(3);

        assertThat(clean(html)).isEqualTo("<p>word</p>".repeat(3) + "<p style=\"color:red\">word</p>".repeat(3));
    }

    @Test
    void directionThatIsSaidAroundIsNotSaidAgain() {
        String line = "<p align=\"center\">\u05D0</p>";

        assertThat(clean(line.repeat(3) + "<div dir=\"rtl\">" + line.repeat(3) + "</div>"))
                .isEqualTo("<p align=\"center\" dir=\"auto\">\u05D0</p>".repeat(3) + "<div dir=\"rtl\">"
                        + "<p align=\"center\">\u05D0</p>".repeat(3) + "</div>");
    }

    @Test
    void picturesAndLinksKeepTheirOwnAddresses() {
        String html = "<a href=\"https://a.test/1\">one</a><a href=\"https://a.test/2\">two</a>"
                + "<img src=\"cid:1\" alt=\"x\"><img src=\"cid:2\" alt=\"x\"><img src=\"cid:1\" alt=\"x\">";

        assertThat(clean(html.repeat(3)))
                .contains("href=\"https://a.test/1\"")
                .contains("href=\"https://a.test/2\"")
                .contains("src=\"cid:2\"");
    }

    /** Whatever is repeated: each piece alone gives what it gives among the others. */
    @Test
    void piecesOfAPageAreWrittenAsTheyAreAlone() {
        String[] pieces = {
            "<p class=\"MsoNormal\" style=\"margin:0\">x</p>",
            "<p class=\"MsoNormal\" style=\"margin:1px\">x</p>",
            "<p class='MsoNormal' style='margin:0'>x</p>",
            "<p title=\"a &lt; b\">x</p>",
            "<p title=\"a > b\">x</p>",
            "<p title=\"a > b>x</p>\">y</p>",
            "<div lang=\"en\" align=left>x</div>",
            "<div lang=\"en\" align=left >x</div>",
            "<font color=\"red\" face=\"Arial\">x</font>",
        };
        Random random = new Random(20_261_123);
        for (int round = 0; round < 300; round++) {
            StringBuilder html = new StringBuilder();
            StringBuilder expected = new StringBuilder();
            for (int n = 0; n < 30; n++) {
                String piece = pieces[random.nextInt(pieces.length)];
                html.append(piece);
                expected.append(clean(piece));
            }
            assertThat(clean(html.toString())).isEqualTo(expected.toString());
        }
    }
}
