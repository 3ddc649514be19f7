package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RtfTest {
    private static Rtf read(String rtf) {
        return Rtf.read(rtf.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void htmlComesOutAsItWent() {
        Rtf rtf =
                read("{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}\\htmlrtf \\b bold\\htmlrtf0 x{\\*\\htmltag84 &amp;}"
                        + "\\htmlrtf &\\htmlrtf0 y{\\*\\mhtmltag64 <P>}{\\*\\htmltag72 </p>}}");

        assertThat(rtf.isHtml()).isTrue();
        assertThat(rtf.content()).isEqualTo("<p>x&amp;y</p>");
    }

    @Test
    void textLosesItsFormsOnly() {
        Rtf rtf = read(
                "{\\rtf1\\ansi\\ansicpg1250{\\fonttbl{\\f0\\fcharset204 Arial;}}{\\*\\generator x;}\\b Za\\'bf\\par"
                        + "\\f0 \\'cf\\tab\\uc1\\u8364 ?\\{\\~\\}\\lquote z\\rquote}");

        assertThat(rtf.isHtml()).isFalse();
        assertThat(rtf.content()).isEqualTo("Zaż\nП\t€{\u00A0}‘z’");
    }

    @Test
    void deepAndBrokenGroupsEndInText() {
        assertThat(read("{".repeat(100_000) + "x" + "}".repeat(100_000)).content())
                .isEqualTo("x");
        assertThat(read("}}}{\\rtf1 a\\'zz b\\u").content()).isEqualTo("azz b\0");
        assertThat(read("{\\rtf1\\bin99999999 x").content()).isEmpty();
    }
}
