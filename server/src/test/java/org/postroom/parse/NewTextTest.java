package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewTextTest {
    private static String of(String text) {
        return Mails.plain(text).newText();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "On Mon, 2 Nov 2026 at 10:00, Bob <bob@c.example> wrote:\n> old",
                "On Mon, 2 Nov 2026 at 10:00, Bob <bob@c.example>\nwrote:\n> old",
                "On Mon, 2 Nov 2026 at 10:00, Bob Longname\n<bob@c.example> wrote:\n\n> old",
                "Am 02.11.2026 um 10:00 schrieb Bob:\n> old",
                "Am Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Bob <bob@c.example>:\n\n> old",
                "Le lun. 2 nov. 2026 à 10:00, Bob <bob@c.example> a écrit :\n> old",
                "El lun, 2 nov 2026 a las 10:00, Bob (<bob@c.example>) escribió:\n> old",
                "Il giorno lun 2 nov 2026 alle ore 10:00 Bob <bob@c.example> ha scritto:\n> old",
                "Em seg., 2 de nov. de 2026 às 10:00, Bob <bob@c.example> escreveu:\n> old",
                "Op ma 2 nov 2026 om 10:00 schreef Bob <bob@c.example>:\n> old",
                "W dniu 02.11.2026 o 10:00, Bob pisze:\n> old",
                "Dne 02.11.2026 v 10:00 Bob napsal(a):\n> old",
                "Den mån 2 nov. 2026 kl 10:00 skrev Bob <bob@c.example>:\n> old",
                "man. 2. nov. 2026 kl. 10:00 skrev Bob <bob@c.example>:\n> old",
                "ma 2. marrask. 2026 klo 10:00 Bob (bob@c.example) kirjoitti:\n> old",
                "Bob <bob@c.example>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:\n> old",
                "пн, 2 нояб. 2026 г. в 10:00, Bob <bob@c.example>:\n> old",
                "Bob <bob@c.example> 于2026年11月2日周一 10:00写道：\n> old",
                "2026年11月2日(月) 10:00 Bob <bob@c.example>:\n> old",
                "2026년 11월 2일 (월) 오전 10:00, Bob <bob@c.example>님이 작성:\n> old",
                "-----Original Message-----\nFrom: Bob\nSent: Monday\n\nold",
                "-----Ursprüngliche Nachricht-----\nVon: Bob\n\nold",
                "________________________________\nFrom: Bob <bob@c.example>\nSent: Monday, November 2, 2026 10:00 AM\nTo: Ann\nSubject: x\n\nold",
                "From: Bob\nSent: Monday, November 2, 2026 10:00 AM\nTo: Ann\nSubject: x\n\nold",
                "Von: Bob <bob@c.example>\nGesendet: Montag, 2. November 2026 10:00\nAn: Ann\nBetreff: x\n\nold",
                "*Von:* Bob <bob@c.example>\n*Gesendet:* Montag\n*An:* Ann\n*Betreff:* x\n\nold",
                "De : Bob <bob@c.example>\nEnvoyé : lundi 2 novembre 2026 10:00\nÀ : Ann\nObjet : x\n\nold",
                "Da: Bob <bob@c.example>\nInviato: lunedì 2 novembre 2026\nA: Ann\nOggetto: x\n\nold",
                "差出人: Bob <bob@c.example>\n送信日時: 2026年11月2日\n宛先: Ann\n件名: x\n\nold",
                "发件人: Bob <bob@c.example>\n发送时间: 2026年11月2日\n收件人: Ann\n主题: x\n\nold",
                "От: Bob <bob@c.example>\nОтправлено: 2 ноября\nКому: Ann\nТема: x\n\nold",
                "-- \nAnn Example\nExample Ltd",
                "Sent from my iPhone",
                "Von meinem iPhone gesendet",
                "Envoyé de mon iPhone",
                "iPhoneから送信",
                "> old\n> older",
                "Ann Example\nExample Ltd\n+49 30 1234567",
            })
    void whatIsNotNewIsLeftOut(String rest) {
        assertThat(of("Hello, it still fails.\n\n" + rest + "\n")).isEqualTo("Hello, it still fails.");
    }

    /** As macOS writes them. */
    @Test
    void lineWithAccentsThatStandApartHidesNothing() {
        String text = "Hallo,\n\nGru\u0308\u00DFe aus Mu\u0308nchen\n\nund noch mehr.";

        assertThat(of(text)).isEqualTo(text);
    }

    @Test
    void answersBetweenTheLinesStay() {
        String text = "Hi,\n\nOn 2 Nov 2026, Bob wrote:\n> first?\nyes\n> second?\n\nno\n";

        assertThat(of(text)).isEqualTo("Hi,\n\nyes\n\nno");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: Berlin\nTo: Munich\nDate: 12 May\nPlease book this.",
                "My friend wrote:\nwe should meet.",
                "Please note:\nthe order was wrong.",
                "In your letter you wrote: pay now.\nI did pay.",
                "- one\n- two\n--- three ---\nfour",
                "On Monday it worked.\nSince Tuesday it does not.",
            })
    void inDoubtEverythingStays(String text) {
        assertThat(of(text)).isEqualTo(text);
    }

    @Test
    void aMessageThatOnlyQuotesIsKeptWhole() {
        assertThat(of("> all\n> quoted")).isEqualTo("> all\n> quoted");
    }

    static Stream<String> htmlReplies() {
        return Stream.of(
                "<div>New.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Mon, Bob wrote:<br></div><blockquote>old</blockquote></div>",
                "<p>New.</p><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> Bob<br></div><div>old</div>",
                "<p>New.</p><div style=\"border:none;border-top:solid #E1E1E1 1.0pt\"><p><b>From:</b> Bob &lt;b@c.example&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Ann<br><b>Subject:</b> x</p></div><p>old</p>",
                "<div>New.</div><div><br><blockquote type=\"cite\"><div>On 2 Nov 2026, at 10:00, Bob &lt;b@c.example&gt; wrote:</div><div>old</div></blockquote></div>",
                "<p>New.</p><div class=\"moz-cite-prefix\">Am 02.11.26 um 10:00 schrieb Bob:<br></div><blockquote type=\"cite\">old</blockquote>",
                "<div class=\"yahoo-style-wrap\"><div>New.</div></div><div id=\"yahoo_quoted_1\" class=\"yahoo_quoted\"><div>On Monday Bob wrote:</div><div>old</div></div>",
                "<div>New.</div><div class=\"protonmail_quote\">On Monday Bob wrote:<blockquote class=\"protonmail_quote\">old</blockquote></div>",
                "<div>New.<div class=\"gmail_signature\">Ann<br>Example Ltd</div></div>",
                "<div>New.</div><div id=\"ms-outlook-mobile-signature\">Get Outlook for iOS</div>");
    }

    @ParameterizedTest
    @MethodSource("htmlReplies")
    void quotedPartsOfHtmlAreLeftOut(String html) {
        assertThat(Mails.html(html).newText()).isEqualTo("New.");
    }

    @Test
    void foldsSayWhichLinesAreNotNew() {
        String text = "Hi\n\nOn 2 Nov 2026, Bob wrote:\n> first?\n\nyes\n\n-- \nAnn\n";

        NewText.Folded folded = NewText.read(text, null, false);

        assertThat(folded.text()).isEqualTo("Hi\n\nyes");
        assertThat(folded.folds())
                .containsExactly(new Fold(2, 4, Fold.Kind.QUOTE), new Fold(7, 9, Fold.Kind.SIGNATURE));
    }

    @Test
    void nothingIsFoldedWhereNothingWouldBeLeft() {
        assertThat(NewText.read("> all\n> quoted", null, false).folds()).isEmpty();
    }
}
