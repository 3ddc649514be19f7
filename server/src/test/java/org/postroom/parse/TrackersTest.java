package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "width=1 height=1 src=https://t.example/a",
                "width=0 height=20 src=https://t.example/a",
                "style='width:1px;height:1px' src=https://t.example/a",
                "style='display:none' src=https://t.example/a",
                "style='visibility:hidden' src=//t.example/a",
                "height=1 src=https://t.example/a",
                "src=https://t.example/wf/open?upn=1",
                "src=https://t.example/track/open.php?u=1",
                "width=600 src=https://t.example/e3t/to/abc"
            })
    void picturesThatTellWhoReadsAreLeftOutAndNamed(String attributes) {
        var message = Mails.html("<p>x<img " + attributes + "></p>");

        assertThat(message.html()).doesNotContain("<img");
        assertThat(message.findings().trackers()).containsExactly("t.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "width=1 height=40 src=https://t.example/spacer.png",
                "width=200 src=https://t.example/opening-hours.png",
                "src=https://t.example/mail/openday.jpg",
                "width=1 height=1 src=cid:a",
                "width='100%' src=https://t.example/a.png"
            })
    void otherPicturesStay(String attributes) {
        var message = Mails.html("<p>x<img " + attributes + "></p>");

        assertThat(message.html()).contains("<img");
        assertThat(message.findings().trackers()).isEmpty();
    }

    @Test
    void eachHostIsNamedOnce() {
        var message = Mails.html("<img src=https://b.example/a width=1 height=1>".repeat(3)
                + "<img src=https://a.example/a width=1 height=1>");

        assertThat(message.findings().trackers()).containsExactly("b.example", "a.example");
    }
}
