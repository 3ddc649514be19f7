package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.postroom.mail.ParsedMessage;

class HostileInputTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static ParsedMessage soon(Supplier<ParsedMessage> reading) {
        return assertTimeoutPreemptively(SOON, reading::get);
    }

    @Test
    void tenThousandNestedPartsGiveAReadableMessage() {
        StringBuilder mail = new StringBuilder("Subject: deep\nFrom: a@b.example\n");
        for (int i = 0; i < 10_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        mail.append("Content-Type: text/plain\n\nbottom\n");

        ParsedMessage message = soon(() -> Mails.parse(mail.toString()));

        assertThat(message.subject()).isEqualTo("deep");
        assertThat(message.problems()).anyMatch(p -> p.contains("nested deeper than 50"));
    }

    @Test
    void tenThousandEmptyPartsStopAtTheLimit() {
        String mail = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeat(10_000) + "--b--\n";

        ParsedMessage message = soon(() -> Mails.parse(mail));

        assertThat(message.problems()).anyMatch(p -> p.contains("more than 1000 parts"));
        assertThat(message.text()).startsWith("x");
    }

    @Test
    void hundredThousandNestedTagsEndInReadableText() {
        for (String tag : List.of("div", "b", "table><tr><td", "blockquote", "a href=x", "font", "li", "p")) {
            ParsedMessage message = soon(() -> Mails.html(("<" + tag + ">").repeat(100_000) + "the end"));

            assertThat(message.text()).as(tag).contains("the end");
            assertThat(message.html()).as(tag).contains("the end");
        }
    }

    @Test
    void brokenTagsWithoutEndAreNotQuadratic() {
        for (String piece : List.of("<", "<a ", "<!--", "<a b=\"", "&", "&#", "</", "<![CDATA[", "<b></i>")) {
            ParsedMessage message = soon(() -> Mails.html("start " + piece.repeat(150_000)));

            assertThat(message.text()).as(piece).startsWith("start");
        }
    }

    @Test
    void styleWithoutEndIsNotQuadratic() {
        for (String piece : List.of("color:red;", "url(", "\\", "/*", "(", "'", "a:b(c(")) {
            ParsedMessage message = soon(() -> Mails.html("start <p style=\"" + piece.repeat(100_000) + "\">end</p>"));

            assertThat(message.text()).as(piece).startsWith("start");
        }
    }

    @Test
    void sixtyMegabytesOfTextAreStreamedAndCut() throws IOException {
        byte[] line = "All work and no play makes a very long mail indeed.\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] head = "Subject: long\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        int lines = 60_000_000 / line.length;
        List<InputStream> pieces = IntStream.range(0, lines / 1000)
                .<InputStream>mapToObj(i -> new ByteArrayInputStream(
                        new String(line, StandardCharsets.US_ASCII).repeat(1000).getBytes(StandardCharsets.US_ASCII)))
                .toList();
        InputStream raw = new SequenceInputStream(
                new ByteArrayInputStream(head), new SequenceInputStream(Collections.enumeration(pieces)));

        ParsedMessage message = assertTimeoutPreemptively(Duration.ofSeconds(15), () -> new MessageParser().parse(raw));

        assertThat(message.size()).isGreaterThan(59_000_000);
        assertThat(message.text())
                .hasSize(ParseLimits.DEFAULT.maxTextBytes()
                        - message.text().lines().toList().size()
                        + 1);
        assertThat(message.problems()).anyMatch(p -> p.startsWith("text longer than"));
    }

    @Test
    void whatGoesBeyondTheSizeLimitIsOnlyCounted() throws IOException {
        ParseLimits small = new ParseLimits(1_000, 10, 5, 200, 10, 500, 500, Duration.ofSeconds(5));
        byte[] mail = Mails.bytes("Subject: big\n\n" + "0123456789\n".repeat(1_000));

        ParsedMessage message = new MessageParser(small).parse(new ByteArrayInputStream(mail));

        assertThat(message.size()).isEqualTo(mail.length);
        assertThat(message.sha256()).isEqualTo(Mails.parse(mail).sha256());
        assertThat(message.problems()).anyMatch(p -> p.contains("longer than"));
    }

    @Test
    void zeroBytesAreAnEmptyMessage() {
        ParsedMessage message = Mails.parse(new byte[0]);

        assertThat(message.problems()).containsExactly("empty message");
        assertThat(message.text()).isEmpty();
        assertThat(message.html()).isNull();
        assertThat(message.messageId()).isNull();
        assertThat(message.from()).isEmpty();
    }

    @Test
    void nulBytesAreLeftOut() {
        ParsedMessage message = Mails.parse("Subject: a\0b\n\nc\0d\n");

        assertThat(message.subject()).isEqualTo("ab");
        assertThat(message.text()).isEqualTo("cd\n");
    }

    @Test
    void aHeaderWithoutEndIsCut() {
        ParsedMessage message =
                soon(() -> Mails.parse("From: a@b.example\nSubject: " + "long ".repeat(600_000) + "\n\ntext"));

        assertThat(message.subject()).startsWith("long long").hasSizeLessThan(70_000);
        assertThat(message.text()).isEqualTo("text");
        assertThat(message.problems()).anyMatch(p -> p.contains("was cut"));
    }

    @Test
    void aHundredThousandHeadersAreCut() {
        ParsedMessage message = soon(() -> Mails.parse("Subject: many\n" + "X-A: b\n".repeat(100_000) + "\ntext"));

        assertThat(message.subject()).isEqualTo("many");
        assertThat(message.text()).isEqualTo("text");
        assertThat(message.problems()).anyMatch(p -> p.contains("header fields"));
    }

    @Test
    void addressesWithoutEndAreRead() {
        for (String piece : List.of("<", "\"", "(", "a@b.example,", ":", ";", "=?utf-8?q?", "\\", " a b", "@")) {
            ParsedMessage message =
                    soon(() -> Mails.parse("Subject: s\nTo: " + piece.repeat(60_000 / piece.length()) + "\n\n"));

            assertThat(message.subject()).as(piece).isEqualTo("s");
        }
    }

    @Test
    void aMultipartWithoutBoundaryParameterIsRead() {
        ParsedMessage message = Mails.parse(
                "Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/plain\n\nhello\n--xyz\nContent-Type: application/pdf\n\nPDF\n--xyz--\n");

        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.attachments()).hasSize(1);
        assertThat(message.problems()).anyMatch(p -> p.contains("without boundary"));
    }

    @Test
    void aMultipartWithoutAnyBoundaryLineIsText() {
        ParsedMessage message = Mails.parse("Content-Type: multipart/mixed; boundary=nowhere\n\njust text\n");

        assertThat(message.text()).contains("just text");
        assertThat(message.problems()).isNotEmpty();
    }

    @Test
    void linesThatEndWithCarriageReturnAloneAreRead() {
        ParsedMessage message =
                Mails.parse("From: a@b.example\rSubject: cr\r\rtext\r".getBytes(StandardCharsets.US_ASCII));

        assertThat(message.subject()).isEqualTo("cr");
        assertThat(message.text()).isEqualTo("text\n");
    }

    @Test
    void aManyQuotedTextIsReadInTime() {
        for (String line :
                List.of("> a\n", "On 1 May 2026, Ann wrote:\n", "From: a\n", "--\n", "a:\n", "-----Original\n")) {
            ParsedMessage message = soon(() -> Mails.plain("new\n" + line.repeat(100_000)));

            assertThat(message.newText()).as(line).contains("new");
        }
    }
}
