package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;

class ReportsTest {
    private static final String DSN = """
            From: Mail Delivery System <MAILER-DAEMON@mx.example>
            Subject: Undelivered Mail Returned to Sender
            Content-Type: multipart/report; report-type=delivery-status; boundary=r

            --r

            Your message could not be delivered.
            --r
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; gone@c.example
            Action: failed
            Status: 5.0.0
            Diagnostic-Code: smtp; 550 5.1.1 <gone@c.example>:
             User   unknown

            Final-Recipient: rfc822;slow@d.example
            Action: delayed
            Status: 4.4.1

            Final-Recipient: rfc822; fine@e.example
            Action: delivered
            Status: 2.0.0
            --r
            Content-Type: message/rfc822

            Message-ID: <sent@contoso.test>
            Subject: original

            text
            --r--
            """;

    private static Bounce bounce(ParsedMessage message) {
        assertThat(message.kind()).isEqualTo(Kind.BOUNCE);
        return Objects.requireNonNull(message.bounce());
    }

    @Test
    void aDeliveryStatusNamesEveryRecipient() {
        Bounce bounce = bounce(Mails.parse(DSN));

        assertThat(bounce.originalMessageId()).isEqualTo("<sent@contoso.test>");
        assertThat(bounce.recipients())
                .extracting(
                        Bounce.Recipient::address,
                        Bounce.Recipient::action,
                        Bounce.Recipient::status,
                        Bounce.Recipient::permanent)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("gone@c.example", "failed", "5.1.1", true),
                        org.assertj.core.groups.Tuple.tuple("slow@d.example", "delayed", "4.4.1", false),
                        org.assertj.core.groups.Tuple.tuple("fine@e.example", "delivered", "2.0.0", false));
        assertThat(bounce.recipients().get(0).reason()).isEqualTo("no-such-user");
        assertThat(bounce.recipients().get(0).code()).isEqualTo("550");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            5.1.1 | 550 | User unknown                                            | no-such-user
            5.2.2 | 552 | Mailbox full                                            | mailbox-full
                  | 452 | The email account that you tried to reach is over quota | mailbox-full
            5.2.1 | 550 | The account has been disabled                           | disabled
            5.7.1 | 554 | Client host blocked using Spamhaus                      | blocked
            5.7.1 | 550 | Message rejected as spam                                | spam
            5.3.4 | 552 | Message size exceeds fixed limit                        | too-big
            5.7.1 | 550 | Relaying denied                                         | relay-denied
            5.7.26| 550 | Unauthenticated email is not accepted due to DMARC policy | policy
            4.4.7 |     | Delivery time expired                                   | expired
            4.7.0 | 421 | Too many messages from your IP, rate limit              | rate-limited
            5.4.4 |     | Host not found                                          | network
            5.6.0 | 554 | Message contains a virus                                | content
            4.3.0 | 451 | Temporary server error. Please try again later          | system
                  | 550 |                                                         | unknown
            """)
    void theReasonIsAWordOfTheContract(String status, String code, String text, String reason) {
        assertThat(BounceReason.of(status, code, text == null ? "" : text)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MAILER-DAEMON@mx.example | failure notice | Hi. This is the qmail-send program at mx.example.\\nI'm afraid I wasn't able to deliver your message to the following addresses.\\n\\n<gone@c.example>:\\n192.0.2.1 does not like recipient.\\nRemote host said: 550 5.1.1 no such user\\n\\n--- Below this line is a copy of the message.\\n\\nReturn-Path: <us@contoso.test>\\nMessage-ID: <sent@contoso.test>\\nTo: other@c.example\\n | gone@c.example | no-such-user
            Mail Delivery System <Mailer-Daemon@mx.example> | Mail delivery failed: returning message to sender | This message was created automatically by mail delivery software.\\n\\nA message that you sent could not be delivered to one or more of its\\nrecipients. This is a permanent error. The following address(es) failed:\\n\\n  gone@c.example\\n    SMTP error from remote mail server after RCPT TO:<gone@c.example>:\\n    550 5.2.2 mailbox full\\n\\n------ This is a copy of the message, including all the headers. ------\\n\\nMessage-ID: <sent@contoso.test>\\nTo: gone@c.example\\n | gone@c.example | mailbox-full
            System Administrator <postmaster@c.example> | Undeliverable: hello | Your message\\n\\n  To: Gone\\n  Subject: hello\\n\\ndid not reach the following recipient(s):\\n\\ngone@c.example on Mon, 2 Nov 2026 10:00:00 +0000\\n    The recipient name is not recognized\\n | gone@c.example | no-such-user
            """)
    void wordsAloneAreABounceToo(String from, String subject, String text, String address, String reason) {
        ParsedMessage message = Mails.parse(
                "From: " + from + "\nTo: us@contoso.test\nSubject: " + subject + "\n\n" + text.replace("\\n", "\n"));

        Bounce bounce = bounce(message);
        assertThat(bounce.recipients()).extracting(Bounce.Recipient::address).containsExactly(address);
        assertThat(bounce.recipients()).extracting(Bounce.Recipient::reason).containsExactly(reason);
        assertThat(bounce.originalMessageId()).isIn("<sent@contoso.test>", null);
        assertThat(message.automatic().is()).isTrue();
    }

    @Test
    void aPersonWhoForwardsABounceIsNoBounce() {
        ParsedMessage message = Mails.parse(
                "From: ann@b.example\nSubject: Fwd: Undelivered Mail Returned to Sender\n\nLook, it could not be delivered:\n<gone@c.example>: user unknown\n");

        assertThat(message.bounce()).isNull();
        assertThat(message.kind()).isEqualTo(Kind.MESSAGE);
    }

    @Test
    void anOutOfOfficeIsNoBounce() {
        ParsedMessage message = Mails.parse(
                "From: ann@b.example\nReturn-Path: <>\nAuto-Submitted: auto-replied\nSubject: Automatic reply: hello\n\nI am away; your mail will not be delivered to anybody else.\n");

        assertThat(message.bounce()).isNull();
        assertThat(message.kind()).isEqualTo(Kind.AUTOMATIC);
    }

    @Test
    void aReadReceiptIsAReceipt() {
        ParsedMessage message = Mails.parse("""
                From: ann@b.example
                Subject: Read: hello
                Content-Type: multipart/report; report-type=disposition-notification; boundary=r

                --r

                Your message was read.
                --r
                Content-Type: message/disposition-notification

                Final-Recipient: rfc822;ann@b.example
                Original-Message-ID: <sent@contoso.test>
                Disposition: manual-action/MDN-sent-manually; displayed
                --r--
                """);

        assertThat(message.kind()).isEqualTo(Kind.RECEIPT);
        assertThat(message.bounce()).isNull();
    }

    @Test
    void anAbuseReportIsAComplaint() throws IOException {
        byte[] raw = Mails.bytes("""
                From: feedback@isp.example
                Subject: abuse report
                Content-Type: multipart/report; report-type=feedback-report; boundary=r

                --r

                Somebody complained.
                --r
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Feedback/1.0
                Original-Rcpt-To: <ann@b.example>
                Arrival-Date: Mon, 2 Nov 2026 10:00:00 +0000
                Source-IP: 192.0.2.1
                --r
                Content-Type: message/rfc822

                Message-ID: <sent@contoso.test>

                text
                --r--
                """);

        Reading reading = new MessageParser().read(new ByteArrayInputStream(raw));

        assertThat(reading.message().kind()).isEqualTo(Kind.COMPLAINT);
        assertThat(reading.message().findings().complaint())
                .isEqualTo(new Complaint(
                        "abuse",
                        "Feedback/1.0",
                        "ann@b.example",
                        "192.0.2.1",
                        Instant.parse("2026-11-02T10:00:00Z"),
                        "<sent@contoso.test>"));
    }

    @Test
    void aChallengeInTheFormOfAReportIsNoBounce() {
        String challenge = DSN.replace("Status: 5.0.0", "Status: 4.7.1")
                .replace("550 5.1.1 <gone@c.example>:\n User   unknown", "451 Sender must be confirmed first")
                .replaceAll("(?s)Final-Recipient: rfc822;slow.*?Status: 2\\.0\\.0\n", "");

        ParsedMessage message = Mails.parse(challenge);

        assertThat(message.bounce()).isNull();
        assertThat(message.kind()).isEqualTo(Kind.AUTOMATIC);
    }
}
