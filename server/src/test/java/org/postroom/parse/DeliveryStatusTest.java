package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.Bounce;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;

class DeliveryStatusTest {
    private static List<Bounce.Recipient> read(String report) {
        return DeliveryStatus.recipients(report.getBytes(StandardCharsets.UTF_8));
    }

    private static ParsedMessage report(String statusPart) {
        return Mails.parse("""
                From: Mail Delivery System <MAILER-DAEMON@mx.example>
                Subject: Undelivered Mail Returned to Sender
                Content-Type: multipart/report; report-type=delivery-status; boundary=r

                --r

                Your message could not be delivered.
                --r
                %s
                --r--
                """.formatted(statusPart));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rfc822; ann@c.example                           | ann@c.example
            RFC822;<ann@c.example>                          | ann@c.example
            rfc822; ann@c.example (Ann Example)             | ann@c.example
            ann@c.example                                   | ann@c.example
            rfc822;ann+2Borders@c.example                   | ann+orders@c.example
            rfc822;ann+42@c.example                         | ann+42@c.example
            utf-8; k\\x{E4}se@m\\x{FC}nchen.example         | käse@münchen.example
            utf-8; käse@münchen.example                     | käse@münchen.example
            x400; /C=us/A= /P=ex/DD.RFC-822=ann(a)c.example/ | ann@c.example
            rfc822; IMCEASMTP-ann+40c+2Eexample@ex.example  | ann@c.example
            LOTUSNOTES; Ann/Example                         | Ann/Example
            """)
    void theAddressIsReadable(String field, String address) {
        List<Bounce.Recipient> found = read("Final-Recipient: " + field + "\nAction: failed\nStatus: 5.1.1\n");

        assertThat(found).extracting(Bounce.Recipient::address).containsExactly(address);
    }

    @Test
    void theAddressThatWasWrittenToCounts() {
        String group = """
                Original-Recipient: rfc822; info@c.example
                Final-Recipient: rfc822; ann@d.example
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 mailbox full
                """;

        assertThat(read(group)).singleElement().satisfies(r -> {
            assertThat(r.address()).isEqualTo("info@c.example");
            assertThat(r.diagnostic()).contains("552 5.2.2", "ann@d.example");
            assertThat(r.permanent()).isTrue();
        });
        assertThat(DeliveryStatus.recipients(group.getBytes(StandardCharsets.UTF_8), Set.of("ann@d.example")))
                .extracting(Bounce.Recipient::address)
                .containsExactly("ann@d.example");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            failed                  | 5.1.1 | failed    | true
            Failed (no such user)   | 5.1.1 | failed    | true
            failed                  | 4.4.7 | failed    | false
            delayed                 | 4.4.1 | delayed   | false
            delivered               | 2.1.5 | delivered | false
            relayed                 | 2.1.5 | relayed   | false
            expanded                | 2.1.5 | expanded  | false
                                    | 2.0.0 | delivered | false
                                    | 4.0.0 | delayed   | false
            nonsense                | 5.0.0 | failed    | true
            """)
    void whatBecameOfItIsTold(String written, String status, String action, boolean permanent) {
        String field = written == null ? "" : "Action: " + written + "\n";

        assertThat(read("Final-Recipient: rfc822; ann@c.example\n" + field + "Status: " + status + "\n"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.action()).isEqualTo(action);
                    assertThat(r.status()).isEqualTo(status);
                    assertThat(r.permanent()).isEqualTo(permanent);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtp; 550 5.1.1 user unknown                        | 5.1.1 | 550 | no-such-user
            X-Postfix; mail for c.example loops back to myself  | 5.0.0 |     | system
            x-unix; user is over quota                          | 5.0.0 |     | mailbox-full
            X-Notes; User ann (ann@c.example) not listed in Domino Directory | 5.0.0 | | no-such-user
            smtp;554-delivery error: dd This account has been disabled | 5.0.0 | 554 | disabled
            550 5.7.1 rejected as spam                          | 5.7.1 | 550 | spam
            """)
    void everyTypeOfDiagnosticIsRead(String diagnostic, String status, String code, String reason) {
        assertThat(read("Final-Recipient: rfc822; ann@c.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: "
                        + diagnostic + "\n"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.status()).isEqualTo(status);
                    assertThat(r.code()).isEqualTo(code);
                    assertThat(r.reason()).isEqualTo(reason);
                });
    }

    @Test
    void aDelaySaysHowLongItIsTried() {
        assertThat(read("""
                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; slow@c.example
                Action: delayed
                Status: 4.4.1
                Will-Retry-Until: Fri, 6 Nov 2026 10:00:00 +0000
                """))
                .singleElement()
                .satisfies(r -> assertThat(r.diagnostic()).contains("Fri, 6 Nov 2026"));
    }

    @Test
    void blankLinesWithinAGroupDoNotSplitIt() {
        assertThat(read("""
                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; ann@c.example

                Action: failed

                Status: 5.1.1

                Diagnostic-Code: smtp; 550
                  unknown user

                Final-Recipient: rfc822; bob@c.example

                Action: delayed

                Status: 4.2.2
                """))
                .extracting(Bounce.Recipient::address, Bounce.Recipient::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ann@c.example", "5.1.1"),
                        org.assertj.core.groups.Tuple.tuple("bob@c.example", "4.2.2"));
    }

    @Test
    void severalGroupsAboutOneAddressAreOne() {
        assertThat(read("""
                Final-Recipient: rfc822; ann@c.example
                Action: delayed
                Status: 4.4.1

                Final-Recipient: rfc822; Ann@c.example
                Action: failed
                Status: 5.1.1
                """)).singleElement().satisfies(r -> {
            assertThat(r.action()).isEqualTo("failed");
            assertThat(r.status()).isEqualTo("5.1.1");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            message/delivery-status                                              | Final-Recipient: rfc822; gone@c.example\\nAction: failed\\nStatus: 5.1.1
            message/global-delivery-status                                       | Final-Recipient: utf-8; gone@c.example\\nAction: failed\\nStatus: 5.1.1
            message/delivery-status\\nContent-Transfer-Encoding: base64          | RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGdvbmVAYy5leGFtcGxlCkFjdGlvbjogZmFpbGVkClN0YXR1czogNS4xLjEK
            message/delivery-status                                              | RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGdvbmVAYy5leGFtcGxlCkFjdGlvbjogZmFpbGVkClN0YXR1czogNS4xLjEK
            message/delivery-status\\nContent-Transfer-Encoding: quoted-printable | Final-Recipient: rfc822; gone=40c.example\\nAction: failed\\nStatus: 5.1.1
            text/plain                                                           | Final-Recipient: rfc822; gone@c.example\\nAction: failed\\nStatus: 5.1.1
            message/xdelivery-status                                             | Final-Recipient: rfc822; gone@c.example\\nAction: failed\\nStatus: 5.1.1
            """)
    void damagedAndMislabelledPartsAreRead(String type, String content) {
        ParsedMessage message =
                report("Content-Type: " + type.replace("\\n", "\n") + "\n\n" + content.replace("\\n", "\n") + "\n");

        assertThat(message.kind()).isEqualTo(Kind.BOUNCE);
        assertThat(Objects.requireNonNull(message.bounce()).recipients())
                .extracting(Bounce.Recipient::address, Bounce.Recipient::status)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("gone@c.example", "5.1.1"));
    }

    @Test
    void aReportWithinAnotherMultipartIsRead() {
        ParsedMessage message = Mails.parse("""
                From: MAILER-DAEMON@mx.example
                Subject: Undelivered
                Content-Type: multipart/mixed; boundary=o

                --o
                Content-Type: multipart/report; report-type=delivery-status; boundary=r

                --r

                Sorry.
                --r
                Content-Type: message/delivery-status

                Final-Recipient: rfc822; gone@c.example
                Action: failed
                Status: 5.1.1
                --r
                Content-Type: text/rfc822-headers

                Message-ID: <sent@contoso.test>
                --r--
                --o

                Scanned for viruses.
                --o--
                """);

        Bounce bounce = Objects.requireNonNull(message.bounce());
        assertThat(bounce.recipients()).hasSize(1);
        assertThat(bounce.originalMessageId()).isEqualTo("<sent@contoso.test>");
    }

    @Test
    void theReportsOwnReferencesAreTheLastResort() {
        ParsedMessage message = Mails.parse("""
                From: postmaster@c.example
                In-Reply-To: <sent@contoso.test>
                Subject: Undeliverable: order
                Content-Type: multipart/report; report-type=delivery-status; boundary=r

                --r

                Sorry.
                --r
                Content-Type: message/delivery-status

                Final-Recipient: rfc822; gone@c.example
                Action: failed
                Status: 5.1.1
                --r--
                """);

        assertThat(Objects.requireNonNull(message.bounce()).originalMessageId()).isEqualTo("<sent@contoso.test>");
    }
}
