package org.postroom.rig;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Random;

/** Sentences in several languages, drawn from one source of chance. */
final class MixedWords {

    /** A language with the charset its mail programs use. */
    enum Language {
        ENGLISH(
                "US-ASCII",
                "order invoice delivery question about my account please could you help the parcel has not"
                        + " arrived thank you best regards number contract refund broken screen since Monday we need an answer"),
        GERMAN(
                "ISO-8859-1",
                "Bestellung Rückfrage für Lieferung größere Menge können Sie bitte prüfen Gerät schließt"
                        + " nicht Vertrag Kündigung außerdem Straße Grüße aus München danke Rechnung über fällig"),
        FRENCH(
                "windows-1252",
                "commande déjà reçue “bonjour” coût très élevé s’il vous plaît où est ma livraison"
                        + " facture erreur réponse être français garçon problème € merci beaucoup téléphone"),
        RUSSIAN("KOI8-R", "заказ доставка вопрос счёт спасибо пожалуйста когда придёт посылка договор возврат денег"),
        JAPANESE("ISO-2022-JP", "注文 について 質問 配送 お願い します 請求書 返品 ありがとう ございます 電話 番号"),
        CHINESE("GB18030", "订单 发票 问题 谢谢 退款 什么时候 到货 合同 电话 请 回复 客户 服务"),
        MIXED(
                "UTF-8",
                "order 😀 zamówienie für доставка 注文 ελληνικά café naïve “quotes” – dash türkçe İstanbul ok thanks");

        private final Charset charset;
        private final List<String> words;

        Language(String charset, String words) {
            this.charset = Charset.forName(charset);
            this.words = List.of(words.split(" "));
        }

        Charset charset() {
            return charset;
        }
    }

    private final Random random;

    MixedWords(Random random) {
        this.random = random;
    }

    /** Mostly English and UTF-8, as in life. */
    Language language() {
        int roll = random.nextInt(100);
        if (roll < 45) {
            return Language.ENGLISH;
        }
        if (roll < 70) {
            return Language.MIXED;
        }
        return Language.values()[1 + random.nextInt(5)];
    }

    String name(Language language) {
        return words(language, 2);
    }

    String words(Language language, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(language.words.get(random.nextInt(language.words.size())));
        }
        return text.toString();
    }

    /** Text of about {@code characters} characters in paragraphs, lines ended by CRLF. */
    String paragraphs(Language language, int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            text.append(words(language, 6 + random.nextInt(6))).append(random.nextInt(6) == 0 ? ".\r\n\r\n" : "\r\n");
        }
        return text.toString();
    }
}
