package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharsetsTest {
    private static String body(@Nullable String declared, byte[] text) {
        Problems problems = new Problems();
        return Charsets.decode(text, text.length, declared, problems);
    }

    @ParameterizedTest
    @CsvSource({
        "gb2312, GB18030, 镕基",
        "iso-2022-jp, x-windows-iso2022jp, ①②日本語",
        "ks_c_5601-1987, x-windows-949, 똠방각하",
        "latin1, windows-1252, “quoted” €5",
        "iso-8859-1, windows-1252, –",
        "x-sjis, windows-31j, 日本語①",
        "us-ascii, UTF-8, Grüße",
        "iso-8859-1, UTF-8, Grüße",
        "utf-8, windows-1252, Grüße aus Köln",
        "utf-8, windows-1251, Здравствуйте уважаемые коллеги",
        "x-nonsense, UTF-8, 山",
        "cp-850, IBM850, é",
        "utf8, UTF-8, ok é",
        "utf-16, UTF-16, wide é"
    })
    void aDeclaredCharsetIsReadAsWhatItMeans(String declared, String written, String text) {
        assertThat(body(declared, text.getBytes(Charset.forName(written)))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, Grüße 山",
        "windows-1252, Mit freundlichen Grüßen aus Köln und Nürnberg",
        "windows-1251, Здравствуйте! Прошу сообщить о состоянии моего заказа.",
        "KOI8-R, Здравствуйте! Прошу сообщить о состоянии моего заказа.",
        "windows-31j, お世話になっております。注文についてお問い合わせします。",
        "EUC-JP, お世話になっております。注文についてお問い合わせします。",
        "x-windows-iso2022jp, お世話になっております。",
        "GB18030, 您好，我想查询一下我的订单什么时候可以发货，谢谢。",
        "x-windows-949, 안녕하세요. 제 주문이 언제 도착하는지 알고 싶습니다. 감사합니다.",
        "Big5-HKSCS, 您好，我想查詢一下我的訂單什麼時候可以出貨，謝謝。"
    })
    void aMissingCharsetIsFoundByLooking(String written, String text) {
        assertThat(body(null, text.getBytes(Charset.forName(written)))).isEqualTo(text);
    }

    @Test
    void aFewBrokenBytesInUtf8AreReplaced() {
        byte[] text = "Grüße aus Köln, schöne Zeit!".getBytes(StandardCharsets.UTF_8);
        text[text.length - 1] = (byte) 0xFF;

        assertThat(body("utf-8", text))
                .startsWith("Grüße aus Köln, schöne Zeit")
                .contains("\uFFFD");
    }

    @Test
    void aByteOrderMarkWins() {
        byte[] text = "\uFEFFé".getBytes(StandardCharsets.UTF_8);

        assertThat(body("iso-8859-1", text)).isEqualTo("é");
    }

    @Test
    void whatWasReadOtherwiseIsAProblem() {
        var message = Mails.parse(Mails.latin1("Content-Type: text/plain; charset=x-nonsense\n\nGrüße"));

        assertThat(message.text()).isEqualTo("Grüße");
        assertThat(message.problems()).containsExactly("charset 'x-nonsense' read as windows-1252");
    }
}
