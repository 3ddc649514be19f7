package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.Complaint;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;
import org.postroom.mail.Receipt;

class ReceiptsTest {
    private static ParsedMessage mdn(String fields) {
        return Mails.parse("""
                From: Ann <ann@b.example>
                In-Reply-To: <sent@contoso.test>
                Subject: Read: order
                Content-Type: multipart/report; report-type=disposition-notification; boundary=r

                --r

                Your message was read.
                --r
                Content-Type: message/disposition-notification

                %s
                --r--
                """.formatted(fields));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            manual-action/MDN-sent-manually; displayed                     | displayed | false
            automatic-action/MDN-sent-automatically; displayed             | displayed | true
            manual-action/MDN-sent-automatically; deleted                  | deleted   | true
            manual-action/MDN-sent-manually; denied                        | denied    | false
            automatic-action/MDN-sent-automatically; displayed/error       | displayed | true
            manual-action/MDN-sent-manually;dispatched                     | dispatched | false
            """)
    void aReceiptSaysWhatBecameOfTheMessage(String disposition, String word, boolean automatic) {
        ParsedMessage message = mdn("Final-Recipient: rfc822; ann@b.example\nDisposition: " + disposition);

        assertThat(message.kind()).isEqualTo(Kind.RECEIPT);
        assertThat(message.findings().receipt())
                .isEqualTo(new Receipt("ann@b.example", word, automatic, "<sent@contoso.test>"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Read: order            | Your message To: Ann Subject: order was read on Monday 10:00.           | displayed
            Gelesen: Bestellung    | Ihre Nachricht wurde am Montag, 2. November 2026 10:00 gelesen.         | displayed
            Lu : commande          | Votre message a été lu le lundi 2 novembre.                             | displayed
            Leído: pedido          | Su mensaje se leyó el lunes.                                            | displayed
            Letto: ordine          | Il messaggio è stato letto il lunedì. È stato visualizzato.             | displayed
            Not read: order        | Your message was deleted without being read on Monday.                  | deleted
            Nicht gelesen: Auftrag | Ihre Nachricht wurde ungelesen gelöscht am Montag.                      | deleted
            Return Receipt         | Your document: order was received by: Ann at: 10:00                     | displayed
            開封済み: 注文            | メッセージは 2026/11/02 に開封されました。                                       | displayed
            """)
    void wordsAloneAreAReceiptToo(String subject, String text, String disposition) {
        ParsedMessage message = Mails.parse("From: ann@b.example\nReferences: <a@b> <sent@contoso.test>\nSubject: "
                + subject + "\n\n" + text + "\n");

        assertThat(message.kind()).isEqualTo(Kind.RECEIPT);
        assertThat(message.findings().receipt())
                .isEqualTo(new Receipt("ann@b.example", disposition, false, "<sent@contoso.test>"));
        assertThat(message.automatic().is()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Read: this before you ship        | Please send it to my work.
            Re: Read: order                   | It was read on Monday, fine.
            Gelesen: Ihr Angebot              | Ich habe eine Frage.
            """)
    void aPersonsSubjectIsNoReceipt(String subject, String text) {
        ParsedMessage message = Mails.parse("From: ann@b.example\nSubject: " + subject + "\n\n" + text + "\n");

        assertThat(message.kind()).isEqualTo(Kind.MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"abuse,abuse", "Auth-Failure,auth-failure", "opt-out,opt-out", "not-spam,not-spam", "fraud (x),fraud"})
    void everyTypeOfFeedbackIsTold(String written, String type) {
        ParsedMessage message = Mails.parse("""
                From: feedback@isp.example
                Subject: FW: order
                Content-Type: multipart/report; report-type=feedback-report; boundary=r

                --r

                A report.
                --r
                Content-Type: message/feedback-report

                Feedback-Type: %s
                Removal-Recipient: rfc822; ann@b.example
                --r
                Content-Type: text/rfc822-headers

                Message-ID: <sent@contoso.test>
                --r--
                """.formatted(written));

        Complaint complaint = Objects.requireNonNull(message.findings().complaint());
        assertThat(message.kind()).isEqualTo(Kind.COMPLAINT);
        assertThat(complaint.type()).isEqualTo(type);
        assertThat(complaint.recipient()).isEqualTo("ann@b.example");
        assertThat(complaint.originalMessageId()).isEqualTo("<sent@contoso.test>");
    }

    @Test
    void aComplaintWithoutAFormIsRead() {
        ParsedMessage message = Mails.parse("""
                From: staff@hotmail.example
                Subject: complaint about message from 192.0.2.1
                Content-Type: multipart/mixed; boundary=r

                --r
                Content-Type: message/rfc822

                X-HmXmrOriginalRecipient: ann@b.example
                Message-ID: <sent@contoso.test>
                Subject: order

                text
                --r--
                """);

        Complaint complaint = Objects.requireNonNull(message.findings().complaint());
        assertThat(complaint.recipient()).isEqualTo("ann@b.example");
        assertThat(complaint.sourceIp()).isEqualTo("192.0.2.1");
        assertThat(complaint.originalMessageId()).isEqualTo("<sent@contoso.test>");
        assertThat(message.automatic().mayAnswer()).isFalse();
    }
}
