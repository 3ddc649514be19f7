package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Attachment;
import org.postroom.mail.ParsedMessage;

class PartsTest {
    private static final String TWO = """
            Subject: two
            Content-Type: multipart/mixed; boundary="b"

            --b

            first
            --b
            Content-Type: application/octet-stream

            second-- --b
            --bx
            --b--
            """;

    /** Gives a few bytes at a time. */
    private static InputStream slow(byte[] bytes, int most) {
        Random random = new Random(most);
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void howTheStreamComesChangesNothing(int most) throws IOException {
        byte[] mail = Mails.bytes(TWO);

        ParsedMessage message = new MessageParser().parse(slow(mail, most));

        assertThat(message.text()).isEqualTo("first");
        assertThat(message.attachments()).extracting(Attachment::size).containsExactly(18L);
        assertThat(message).isEqualTo(Mails.parse(mail));
    }

    @ParameterizedTest
    @ValueSource(ints = {32_700, 32_768, 32_770, 65_536, 100_000})
    void aDelimiterAnywhereInTheWindowIsFound(int length) {
        for (int more = 0; more < 40; more++) {
            String content = "x".repeat(length + more);
            ParsedMessage message = Mails.parse("Content-Type: multipart/mixed; boundary=\"=_b-1\"\n\n--=_b-1\n"
                    + "Content-Type: application/octet-stream\n\n" + content + "\n--=_b-1\n\nafter\n--=_b-1--\n");

            assertThat(message.attachments()).extracting(Attachment::size).containsExactly((long) length + more);
            assertThat(message.text()).isEqualTo("after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void anyLineEndEndsLines(String end) {
        byte[] mail = TWO.replace("\n", end).getBytes(StandardCharsets.US_ASCII);

        ParsedMessage message = Mails.parse(mail);

        assertThat(message.subject()).isEqualTo("two");
        assertThat(message.text()).isEqualTo("first");
        assertThat(message.attachments()).hasSize(1);
    }

    @Test
    void anInnerMultipartThatNeverEndsEndsWithTheOuterOne() {
        ParsedMessage message = Mails.parse("Content-Type: multipart/mixed; boundary=o\n\n--o\n"
                + "Content-Type: multipart/alternative; boundary=i\n\n--i\n\ninner\n--o\n"
                + "Content-Type: application/pdf\n\nPDF\n--o--\n");

        assertThat(message.text()).isEqualTo("inner");
        assertThat(message.attachments()).hasSize(1);
    }

    @Test
    void oneBoundaryForBothMultipartsWorks() {
        ParsedMessage message = Mails.parse("Content-Type: multipart/mixed; boundary=o\n\n--o\n"
                + "Content-Type: multipart/alternative; boundary=o\n\n--o\n\ninner\n--o--\n--o\n"
                + "Content-Type: application/pdf\n\nPDF\n--o--\n");

        assertThat(message.text()).isEqualTo("inner");
        assertThat(message.attachments()).hasSize(1);
    }

    @Test
    void partsAfterTheEndAreParts() {
        ParsedMessage message = Mails.parse("Content-Type: multipart/mixed; boundary=o\n\n--o\n\nfirst\n--o--\n\n--o\n"
                + "Content-Type: application/pdf\n\nPDF\n--o--\n");

        assertThat(message.attachments()).hasSize(1);
    }

    @Test
    void aMessageWithoutHeaderIsItsText() {
        ParsedMessage message = Mails.parse("Hello,\nI have a question: why?\n\nAnn\n");

        assertThat(message.text()).isEqualTo("Hello,\nI have a question: why?\n\nAnn\n");
        assertThat(message.problems()).containsExactly("no blank line between header and body");
    }

    @Test
    void aMarkBeforeTheHeaderIsLeftOut() {
        assertThat(Mails.parse("\uFEFFSubject: marked\n\nx").subject()).isEqualTo("marked");
        assertThat(Mails.parse("Subject: wide\n\nGrüße".getBytes(StandardCharsets.UTF_16))
                        .text())
                .isEqualTo("Grüße");
        assertThat(Mails.parse("Subject: wide\n\nGrüße 😀".getBytes(StandardCharsets.UTF_16LE))
                        .text())
                .isEqualTo("Grüße 😀");
    }

    @Test
    void aMessageWithoutItsContentTypeIsTakenApartAllTheSame() {
        ParsedMessage message =
                Mails.parse("Subject: x\n\n--=_part\nContent-Type: text/html\n\n<p>y</p>\n--=_part--\n");

        assertThat(message.html()).contains("<p>y</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=3Db", "a=3=\r\n=\n3Db", "=61=3d=62", "a  \r\n=3Db", "a=\t \r\n=3Db", "=zz=", "a=b=c"})
    void quotedPrintableComesOutAlikeHoweverItIsRead(String encoded) throws IOException {
        byte[] bytes = encoded.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new QuotedPrintableInput(new ByteArrayInputStream(bytes), new Buffers()).readAllBytes();

        byte[] slowly = new QuotedPrintableInput(slow(bytes, 1), new Buffers()).readAllBytes();

        assertThat(slowly).isEqualTo(whole);
        assertThat(new String(whole, StandardCharsets.US_ASCII))
                .isIn("a=b", "a=33Db", "a=3=3Db", "a\r\n=b", "=zz=", "=zz", "a=b=c");
    }

    @Test
    void aPartInUuencodeIsDecoded() {
        ParsedMessage message = Mails.parse(
                "Content-Type: application/octet-stream; name=cat\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 cat\n#0V%T\n`\nend\n");

        assertThat(message.attachments()).extracting(Attachment::size).containsExactly(3L);
    }
}
