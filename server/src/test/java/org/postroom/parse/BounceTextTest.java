package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.mail.Bounce;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;

/** Bounces that are only words, by families of programs; the mails and what they say stand beside each other in text. */
class BounceTextTest {
    /** A mail and, in lines that begin with {@code >}, what it says. */
    record Case(String name, List<String> expected, String mail) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> bounces() throws IOException {
        return Stream.of(read("unix.txt"), read("exchange.txt"), read("providers.txt"))
                .flatMap(List::stream);
    }

    static Stream<Case> noBounces() throws IOException {
        return read("no-bounces.txt").stream();
    }

    private static List<Case> read(String file) throws IOException {
        try (InputStream in = BounceTextTest.class.getResourceAsStream("/parse-bounces/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<Case> cases = new ArrayList<>();
            for (String block : text.substring(4).split("\n=== ")) {
                List<String> lines = block.lines().toList();
                int head = 1;
                while (lines.get(head).startsWith("> ")) {
                    head++;
                }
                List<String> expected =
                        lines.subList(1, head).stream().map(l -> l.substring(2)).toList();
                String mail =
                        "To: support@contoso.test\n" + String.join("\n", lines.subList(head, lines.size())) + "\n";
                cases.add(new Case(file + ": " + lines.get(0), expected, mail));
            }
            return cases;
        }
    }

    @ParameterizedTest
    @MethodSource("bounces")
    void everyFamilyIsUnderstood(Case bounce) {
        ParsedMessage message = Mails.parse(bounce.mail());

        assertThat(message.kind()).isEqualTo(Kind.BOUNCE);
        assertThat(message.automatic().is()).isTrue();
        assertThat(message.automatic().mayAnswer()).isFalse();
        assertThat(said(message)).containsExactlyInAnyOrderElementsOf(bounce.expected());
    }

    private static List<String> said(ParsedMessage message) {
        Bounce bounce = java.util.Objects.requireNonNull(message.bounce());
        List<String> said = new ArrayList<>();
        for (Bounce.Recipient r : bounce.recipients()) {
            said.add(String.join(
                    " ",
                    r.address(),
                    r.action(),
                    r.status() == null ? "-" : r.status(),
                    r.code() == null ? "-" : r.code(),
                    r.permanent() ? "permanent" : "temporary",
                    r.reason()));
        }
        if (bounce.originalMessageId() != null) {
            said.add("id " + bounce.originalMessageId());
        }
        return said;
    }

    @ParameterizedTest
    @MethodSource("noBounces")
    void whatOnlyLooksLikeABounceIsNone(Case mail) {
        ParsedMessage message = Mails.parse(mail.mail());

        assertThat(message.bounce()).isNull();
        assertThat(message.kind()).isIn(Kind.MESSAGE, Kind.AUTOMATIC);
    }

    @Test
    void anAddressNamedOverAndOverIsOneRecipient() {
        String mail = "From: MAILER-DAEMON@mx.example\r\nSubject: Delivery Status Notification (Failure)\r\n\r\n"
                + "Delivery to the following recipients failed permanently:\r\n\r\n"
                + "full@kunde.example\r\nFull@Kunde.example full@kunde.example\r\n".repeat(400)
                + "other@kunde.example\r\n";
        ParsedMessage message = new MessageParser().parse(mail.getBytes(StandardCharsets.US_ASCII));
        Bounce bounce = java.util.Objects.requireNonNull(message.bounce());
        assertThat(bounce.recipients()).extracting(Bounce.Recipient::address).containsExactly("full@kunde.example");
    }
}
