package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.ParsedMessage;

class ForwardMarksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FW: order",
                "Fwd:order",
                "WG : RE: order",
                "[EXTERNAL] TR: order",
                "转发：订单",
                "İLT: sipariş",
                "Doorst: order"
            })
    void whatIsPassedOn(String subject) {
        assertThat(ForwardMarks.begin(subject)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Re: FW: order", "AW: order", "order: fw", "VS: tilaus", "[fw:] order", "forward: order", ":"
            })
    void whatIsNot(String subject) {
        assertThat(ForwardMarks.begin(subject)).isFalse();
    }

    private static ParsedMessage passedOn(String subject, String type, String body) {
        String mail = "From: Ann Example <ann@customer.example>\r\nSubject: " + subject + "\r\nContent-Type: text/"
                + type + "; charset=utf-8\r\n\r\n" + body;
        return new MessageParser().parse(mail.getBytes(StandardCharsets.UTF_8));
    }

    private static final String TEXT = """
            Please handle this.

            From: Bob <bob@c.example>
            Sent: Monday, November 2, 2026 10:00 AM
            To: Ann Example <ann@customer.example>
            Subject: Broken lamp

            The lamp is broken, send a new one.
            """;

    private static final String HTML = """
            <p>Please handle this.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">
            <p><b>From:</b> Bob &lt;bob@c.example&gt;<br><b>Sent:</b> Monday, November 2, 2026 10:00 AM<br>
            <b>To:</b> Ann Example &lt;ann@customer.example&gt;<br><b>Subject:</b> Broken lamp</p></div>
            <p>The lamp is broken, send a new one.</p>
            """;

    @Test
    void whatIsPassedOnIsNew() {
        assertThat(passedOn("FW: Broken lamp", "plain", TEXT).newText()).contains("handle this", "send a new one");
        assertThat(passedOn("FW: Broken lamp", "html", HTML).newText()).contains("handle this", "send a new one");
    }

    @Test
    void whatIsAnsweredIsNot() {
        assertThat(passedOn("RE: Broken lamp", "plain", TEXT).newText()).isEqualTo("Please handle this.");
        assertThat(passedOn("RE: Broken lamp", "html", HTML).newText()).isEqualTo("Please handle this.");
    }
}
