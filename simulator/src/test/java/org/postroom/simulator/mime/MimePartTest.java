package org.postroom.simulator.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MimePartTest {
    @Test
    void partsKeepTheirOctets() {
        String part = "Content-Type: text/plain\r\n\r\nhello";
        String mail = "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\npreamble\r\n--b 1\r\n" + part
                + "\r\n--b 1\r\nContent-Type: message/rfc822\r\n\r\nSubject: in\r\n\r\nx\r\n--b 1--\r\nafter";

        MimePart parsed = MimePart.parse(mail.getBytes(ISO_8859_1));

        assertThat(new String(parsed.children().get(0).octets(), ISO_8859_1)).isEqualTo(part);
        assertThat(parsed.children().get(1).message().orElseThrow().headers().first("subject"))
                .contains("in");
    }

    @Test
    void tenThousandLevelsAreReadInGoodTime() {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        Instant before = Instant.now();

        MimePart parsed = MimePart.parse(mail.toString().getBytes(ISO_8859_1));

        assertThat(parsed.children()).hasSize(1);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anyOctetsCanBeRead() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            byte[] octets = new byte[random.nextInt(400)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = (byte) ":;=\"<>@(), \r\n-aContent-Type/é".charAt(random.nextInt(29));
            }
            MimePart parsed = MimePart.parse(octets);
            parsed.headers().fields().forEach(field -> Address.parseList(field.value()));
            assertThat(parsed.octets()).isEqualTo(octets);
        }
    }

    @Test
    void addressesOfAllKindsAreRead() {
        assertThat(Address.parseList("\"Doe, Jane\" <jane@a.test>, bob@b.test (Bob), Team: x@c.test, y@c.test;"))
                .extracting(Address::name, Address::spec)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Doe, Jane", "jane@a.test"),
                        org.assertj.core.groups.Tuple.tuple("", "bob@b.test"),
                        org.assertj.core.groups.Tuple.tuple("", "team@"),
                        org.assertj.core.groups.Tuple.tuple("", "x@c.test"),
                        org.assertj.core.groups.Tuple.tuple("", "y@c.test"),
                        org.assertj.core.groups.Tuple.tuple("", "@"));
    }

    @Test
    void encodedWordsGoThereAndBack() {
        String text = "Größenänderung – 発送 für die Bestellung Nummer 48213 und noch viel mehr";

        String encoded = EncodedWords.encode(text);

        assertThat(encoded).matches("[\\x09-\\x7e]+");
        assertThat(EncodedWords.decode(encoded.replace("\r\n", ""))).isEqualTo(text);
        assertThat(EncodedWords.decode(new String("=?iso-8859-1?q?Gr=F6=DFe?= é".getBytes(UTF_8), ISO_8859_1)))
                .isEqualTo("Größe é");
    }
}
