package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postroom.mail.Attachment;
import org.postroom.mail.ParsedMessage;

class MessageParserTest {
    private static final String MIXED = """
            From: Ann <ann@b.example>
            Subject: parts
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8

            plain Grüße
            --a
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html; charset=utf-8

            <p>rich <img src="cid:logo@b"></p>
            --r
            Content-Type: image/png; name=logo.png
            Content-ID: <logo@b>
            Content-Transfer-Encoding: base64

            iVBORw0KGgo=
            --r--
            --a--
            --m
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../r.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0xLjQ=
            --m
            Content-Type: message/rfc822

            Subject: forwarded =?utf-8?q?Gr=C3=BC=C3=9Fe?=

            inner
            --m--
            """;

    @Test
    void choosesTextAndHtmlAndNumbersAttachments() {
        ParsedMessage message = Mails.parse(MIXED);

        assertThat(message.text()).isEqualTo("plain Grüße");
        assertThat(message.html()).contains("rich", "src=\"cid:logo@b\"");
        assertThat(message.attachments())
                .extracting(Attachment::name)
                .containsExactly("logo.png", "r.pdf", "forwarded Grüße.eml");
        assertThat(message.attachments()).extracting(Attachment::inline).containsExactly(true, false, false);
        assertThat(message.attachments().get(0).contentId()).isEqualTo("logo@b");
        assertThat(message.attachments().get(1).size()).isEqualTo(8);
        assertThat(message.problems()).isEmpty();
    }

    @Test
    void writesTheContentOfEachAttachment() throws IOException {
        ParsedMessage message = Mails.parse(MIXED);

        for (int i = 0; i < message.attachments().size(); i++) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            var found = new MessageParser().attachment(new ByteArrayInputStream(Mails.bytes(MIXED)), i, content);
            assertThat(found.map(Attachment::sha256))
                    .contains(message.attachments().get(i).sha256());
            assertThat(content.size())
                    .isEqualTo((int) message.attachments().get(i).size());
        }
        assertThat(new MessageParser()
                        .attachment(new ByteArrayInputStream(Mails.bytes(MIXED)), 3, new ByteArrayOutputStream()))
                .isEmpty();
    }

    @Test
    void readsTheHeaderAlone() throws IOException {
        Headers headers = new MessageParser()
                .headers(new ByteArrayInputStream(Mails.bytes("A: 1\nB: =?utf-8?q?=C3=A9?=\na: 2\n\nbody")));

        assertThat(headers.get("a")).isEqualTo("1");
        assertThat(headers.all("a")).containsExactly("1", "2");
        assertThat(headers.text("b")).isEqualTo("é");
        assertThat(headers.has("c")).isFalse();
    }

    @Test
    void readsIdsDatesAndPeople() {
        ParsedMessage message = Mails.parse("""
                Message-ID: <1@b.example>
                In-Reply-To: Your message of Monday <0@c.example>
                References: <a@c.example>
                 <0@c.example> <0@c.example>
                Date: Sat, 21 Nov 2026 10:00:00 +0000
                From: "Example, Ann" <ann@b.example>
                Sender: office@b.example
                Reply-To: desk@b.example
                To: x@c.example
                To: y@c.example
                Cc: Team: z@c.example;
                Bcc: w@c.example

                """);

        assertThat(message.messageId()).hasToString("<1@b.example>");
        assertThat(message.inReplyTo()).hasToString("[<0@c.example>]");
        assertThat(message.references()).hasToString("[<a@c.example>, <0@c.example>]");
        assertThat(message.date()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
        assertThat(message.from().get(0).name()).isEqualTo("Example, Ann");
        assertThat(message.sender()).hasSize(1);
        assertThat(message.replyTo().get(0).address()).isEqualTo("desk@b.example");
        assertThat(message.to()).hasSize(2);
        assertThat(message.cc()).hasSize(1);
        assertThat(message.bcc()).hasSize(1);
    }

    @Test
    void textsAroundAttachmentsStayInOrder() {
        ParsedMessage message = Mails.parse("""
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: text/plain

                first
                --m
                Content-Type: application/pdf; name=a.pdf
                Content-Disposition: inline

                PDF
                --m
                Content-Type: text/plain

                second
                --m--
                """);

        assertThat(message.text()).isEqualTo("first\nsecond");
        assertThat(message.attachments()).extracting(Attachment::name).containsExactly("a.pdf");
    }

    @Test
    void aPlainPartBesideHtmlIsShownInBoth() {
        ParsedMessage message = Mails.parse(
                "Content-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/html\n\n<p>rich</p>\n--m\n\nfooter <of> list\n--m--\n");

        assertThat(message.html()).contains("<p>rich</p>", "footer &lt;of&gt; list");
        assertThat(message.text()).contains("rich", "footer <of> list");
    }

    @Test
    void namedTextIsAnAttachment() {
        ParsedMessage message = Mails.parse(
                "Content-Type: multipart/mixed; boundary=m\n\n--m\n\nbody\n--m\nContent-Type: text/plain; name=log.txt\n\nlog\n--m\nContent-Type: text/calendar\n\nBEGIN\n--m--\n");

        assertThat(message.text()).isEqualTo("body");
        assertThat(message.attachments()).extracting(Attachment::name).containsExactly("log.txt", "attachment-2.ics");
    }

    @Test
    void quotedPrintableAndFlowedTextAreRead() {
        ParsedMessage message = Mails.parse(
                "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe =\n\naus K=C3=B6ln\n> quoted =\n\n> more\n");

        assertThat(message.text()).isEqualTo("Grüße aus Köln\n> quoted more\n");
    }

    @Test
    void aBodyWithoutBlankLineIsKept() {
        ParsedMessage message =
                Mails.parse("Subject: s\nFrom: a@b.example\nHello without a blank line,\nsecond line\n\nthird\n");

        assertThat(message.subject()).isEqualTo("s");
        assertThat(message.text()).contains("Hello without a blank line", "third");
        assertThat(message.problems()).contains("no blank line between header and body");
    }

    @Test
    void anMboxLineIsNoHeader() {
        ParsedMessage message = Mails.parse("From ann@b.example Sat Nov 21 10:00:00 2026\nSubject: s\n\ntext");

        assertThat(message.subject()).isEqualTo("s");
        assertThat(message.text()).isEqualTo("text");
    }

    @Test
    void aTruncatedMultipartShowsWhatIsThere() {
        ParsedMessage message = Mails.parse(
                "Subject: cut\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nhalf a te");

        assertThat(message.text()).isEqualTo("half a te");
    }

    @Test
    void theRawMessageIsDigestedWhole() {
        byte[] raw = "Subject: x\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII);

        assertThat(Mails.parse(raw).sha256())
                .hasSize(64)
                .isEqualTo(Mails.parse(raw.clone()).sha256());
        assertThat(Mails.parse(raw).size()).isEqualTo(raw.length);
    }
}
