package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Automatic;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;

/** Automatic mail that only its words give away, and people who use the same words. */
class AutomaticWordsTest {
    private static ParsedMessage mail(String subject, String text) {
        return Mails.parse("From: Ann Example <ann@b.example>\nSubject: " + subject + "\n\n" + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Out of Office: order 5",
                "Out of office Re: order 5",
                "[EXTERNAL] Out of the office",
                "Vacation reply: order",
                "OOO: order",
                "AUTO: Ann Example is out of the office (returning 11/30/2026)",
                "Ann Example is out of the office.",
                "order 5 (Out of office)",
                "Automatic reply: order 5",
                "Auto-Reply: order",
                "Abwesenheitsnotiz: Bestellung",
                "Abwesend: Bestellung",
                "Automatische Antwort: Bestellung",
                "Ann Example ist außer Haus.",
                "Réponse automatique : commande",
                "Absence du bureau : commande",
                "Respuesta automática: pedido",
                "Fuera de la oficina: pedido",
                "Risposta automatica: ordine",
                "Fuori sede: ordine",
                "Resposta automática: pedido",
                "Ausência temporária: pedido",
                "Automatisch antwoord: bestelling",
                "Afwezig: bestelling",
                "Automatyczna odpowiedź: zamówienie",
                "Odpowiedź automatyczna: zamówienie",
                "Automatická odpověď: objednávka",
                "Autosvar: beställning",
                "Frånvaromeddelande",
                "Automatisk svar: bestilling",
                "Fraværsmeddelelse",
                "Automaattinen vastaus: tilaus",
                "Poissaoloilmoitus",
                "Otomatik Yanıt: sipariş",
                "Ofis dışında: sipariş",
                "Автоответ: заказ",
                "Автоматический ответ: заказ",
                "自动回复: 订单",
                "自動回覆: 訂單",
                "自動応答: 注文",
                "不在通知",
                "자동 회신: 주문",
                "부재중: 주문",
                "Automatikus válasz: rendelés",
                "Házon kívül: rendelés",
                "Răspuns automat: comandă",
                "Αυτόματη απάντηση: παραγγελία",
                "Report domain: contoso.test Submitter: c.example Report-ID: 1"
            })
    void theSubjectTells(String subject) {
        ParsedMessage message = mail(subject, "text");

        assertThat(message.automatic().is()).isTrue();
        assertThat(message.automatic().mayAnswer()).isFalse();
        assertThat(message.kind()).isEqualTo(Kind.AUTOMATIC);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Re: order | Thank you for your email. I am currently out of the office with limited access to email. For urgent matters please contact bob@b.example.
            order     | This is an automatic reply. I have received your message.
            Re: order | Vielen Dank für Ihre Nachricht. Ich bin bis 5.12. nicht im Büro. Ihre E-Mail wird nicht weitergeleitet.
            RE: order | Bonjour, merci de votre message. Je suis absent jusqu'au 5. En cas d'urgence, appelez le 112.
            Re: order | Gracias por su mensaje. Estoy fuera de la oficina. En caso de urgencia llame al 5.
            Re: order | Grazie per il messaggio. Sono assente fino al 5. In caso di urgenza chiamare il 5.
            order     | Diese E-Mail wurde automatisch generiert. Ihre Anfrage ist eingegangen.
            order     | 本邮件由系统自动发送，您的申请已收到。
            order     | このメールは自動送信です。
            """)
    void theFirstWordsTellIfTheyAreStrong(String subject, String text) {
        ParsedMessage message = mail(subject, text);

        assertThat(message.automatic().is()).isTrue();
        assertThat(message.automatic().mayAnswer()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Re: order                        | I'm out of office next week, please call.
            Re: order                        | Hi, I am on vacation until Friday. Please deliver on Monday.
            Re: order                        | Thank you for your email. I am away until Friday, could you deliver on Monday?
            Re: Automatic reply: order       | I see you are away. I will write again.
            AW: Abwesenheitsnotiz: order     | Danke, dann melde ich mich später.
            My automatic door                | It does not open.
            Out of stock                     | When will it be there again?
            office chair                     | I am not happy with it.
            question                         | I got "this is an automatic reply" from you. Is anybody there?
            vacation booking                 | I want to book two weeks.
            Re: order                        | Ich bin im Urlaub, bitte erst am Montag liefern.
            Re: order                        | Je suis absent demain, livrez plutôt jeudi.
            holiday                          | We are closed on Monday?
            Absender unbekannt               | Wer hat mir geschrieben?
            automatic payment                | Why was it taken twice?
            """)
    void aPersonUsesTheSameWords(String subject, String text) {
        assertThat(mail(subject, text).automatic()).isEqualTo(Automatic.NO);
        assertThat(mail(subject, text).kind()).isEqualTo(Kind.MESSAGE);
    }

    @Test
    void outOfOfficeIsSaidBesideTheHeader() {
        ParsedMessage message =
                Mails.parse("From: ann@b.example\nAuto-Submitted: auto-replied\nSubject: Automatic reply: order\n\n"
                        + "I am out of the office.\n");

        assertThat(message.automatic().why()).contains("out of office", "Auto-Submitted: auto-replied");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Auto-Response-Suppress: None           | false | true
            X-Auto-Response-Suppress: DR, RN, NRN    | false | true
            X-Auto-Response-Suppress: OOF            | false | false
            X-Auto-Response-Suppress: DR, AutoReply  | false | false
            Auto-Submitted: no                       | false | true
            Auto-Submitted: no (a person)            | false | true
            Auto-Submitted: auto-notified; owner-email="a@b.example" | true | false
            Auto-Submitted: (robot) auto-generated   | true  | false
            Feedback-ID: 5:campaign:esp              | true  | false
            Feedback-ID: 1.eu-west-1.x:AmazonSES     | false | true
            X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent | true | false
            X-MS-Exchange-Inbox-Rules-Loop: ann@b.example   | true  | false
            X-MS-Exchange-Inbox-Rules-Loop: info@contoso.test | false | true
            X-Auto-Reply-From: ann@b.example         | true  | false
            X-Autoreply: no                          | false | true
            Return-Path: <#@[]>                      | true  | false
            X-Precedence: Bulk (list)                | true  | false
            """)
    void headersCountForWhatTheySay(String header, boolean is, boolean mayAnswer) {
        Automatic automatic = Mails.parse("From: ann@b.example\n" + header + "\nSubject: order\n\ntext\n")
                .automatic();

        assertThat(automatic.is()).isEqualTo(is);
        assertThat(automatic.mayAnswer()).isEqualTo(mayAnswer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no-reply",
                "noreply",
                "do-not-reply",
                "DoNotReply",
                "noreply-orders",
                "orders.noreply",
                "ne-pas-repondre",
                "nepasrepondre",
                "keine-antwort",
                "nicht-antworten",
                "bitte.nicht.antworten",
                "noresponder",
                "no_responder",
                "naoresponda",
                "nao-responder",
                "non-rispondere",
                "nonrispondere",
                "niet-beantwoorden",
                "nie-odpowiadaj",
                "svara-inte",
                "ikke-svar",
                "bounces",
                "bounce+5"
            })
    void whoDoesNotReadAnswersGetsNone(String local) {
        Automatic automatic =
                Mails.parse("From: Shop <" + local + "@shop.example>\n\ntext\n").automatic();

        assertThat(automatic.is()).isFalse();
        assertThat(automatic.mayAnswer()).isFalse();
    }

    @Test
    void aFormsReplyToIsAnswered() {
        String form = "From: Web form <noreply@forms.example>\nReply-To: ann@b.example\nSubject: question\n\ntext\n";

        assertThat(Mails.parse(form).automatic()).isEqualTo(Automatic.NO);
        assertThat(Mails.parse(form.replace("ann@b", "no-reply@b")).automatic().mayAnswer())
                .isFalse();
    }

    @Test
    void aTextThatAsksForNoAnswerGetsNone() {
        Automatic automatic = mail("order", "Your order is on its way.\nPlease do not reply to this email.")
                .automatic();

        assertThat(automatic.is()).isFalse();
        assertThat(automatic.mayAnswer()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Your message to ann@b.example (Action Required) | Please add yourself to my Guest List. Boxbe screens your messages.
            Re: order (verification required)               | SpamArrest holds your message until you prove you are human.
            AntiSpam UOL » Confirmação de envio             | Para que sua mensagem seja entregue, confirme. AntiSpam UOL
            """)
    void aChallengeIsAutomaticAndNoBounce(String subject, String text) {
        ParsedMessage message = mail(subject, text);

        assertThat(message.bounce()).isNull();
        assertThat(message.automatic().is()).isTrue();
        assertThat(message.automatic().mayAnswer()).isFalse();
    }
}
