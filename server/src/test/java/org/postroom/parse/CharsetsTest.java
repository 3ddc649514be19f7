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
        "utf-16, UTF-16, wide é",
        "'\"windows-1251\"', windows-1251, Привет",
        "UTF-8;, UTF-8, é",
        "utf 8, UTF-8, é",
        "win-1250, windows-1250, łódź",
        "cp1253, windows-1253, Αθήνα",
        "iso8859-2, ISO-8859-2, Škoda",
        "ISO_8859-15, ISO-8859-15, €",
        "iso-8859-8-i, windows-1255, שלום",
        "x-mac-roman, x-MacRoman, café",
        "x-mac-ce, x-MacCentralEurope, žluť",
        "koi8-r, KOI8-R, Привет",
        "koi8r, KOI8-R, Привет",
        "big5-hkscs, Big5-HKSCS, 查詢",
        "euc-kr, EUC-KR, 안녕",
        "unknown-8bit, UTF-8, Grüße",
        "default, windows-1252, Grüße aus Köln",
        "utf-8, UTF-16LE, wide without a mark",
        "gb2312, UTF-8, 你好！我公司",
        "windows-1251, UTF-8, Привет",
        "windows-1251, windows-1251, Привет всем",
        "shift_jis, windows-31j, 注文の件について",
        "gb2312, GBK, 联通",
        "ansi, windows-1252, Grüße",
        "utf-8, ISO-2022-JP, お世話になっております"
    })
    void aDeclaredCharsetIsReadAsWhatItMeans(String declared, String written, String text) {
        assertThat(body(declared, text.getBytes(Charset.forName(written)))).isEqualTo(text);
    }

    /** Raw 8-bit fields, too short to tell by themselves. */
    @ParameterizedTest
    @CsvSource({
        "gbk, GBK, 退款, 退款",
        "euc-kr, EUC-KR, 주문, 주문",
        "euc-jp, EUC-JP, 注文, 注文",
        "iso-8859-2, ISO-8859-2, Zażółć, Zażółć",
        "koi8-r, UTF-8, Größe, Größe",
        "iso-2022-jp, GBK, 订单, 订单"
    })
    void aHeaderIsInTheCharsetOfTheBodyIfItCanBe(String body, String header, String written, String read) {
        byte[] subject = written.getBytes(Charset.forName(header));
        byte[] begin = "From: a@b.example\r\nSubject: ".getBytes(StandardCharsets.US_ASCII);
        byte[] end = ("\r\nContent-Type: text/plain; charset=" + body + "\r\n\r\nhi\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] mail = new byte[begin.length + subject.length + end.length];
        System.arraycopy(begin, 0, mail, 0, begin.length);
        System.arraycopy(subject, 0, mail, begin.length, subject.length);
        System.arraycopy(end, 0, mail, begin.length + subject.length, end.length);

        assertThat(new MessageParser().parse(mail).subject()).isEqualTo(read);
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
        "Big5-HKSCS, 您好，我想查詢一下我的訂單什麼時候可以出貨，謝謝。",
        "GB18030, 订单查询",
        "windows-31j, 注文の確認",
        "EUC-JP, 注文の確認について",
        "x-windows-949, 주문 확인 부탁드립니다",
        "windows-1251, Счёт",
        "KOI8-R, Счет",
        "ISO-2022-KR, 안녕하세요",
        "UTF-16BE, plain words",
        "UTF-16LE, plain words",
        "windows-1252, 'Où est ma commande? Merci d’avance, François'",
        "windows-1252, '¿Dónde está mi pedido? Gracias, señor Núñez'",
        "windows-1252, Hej på dig! Är beställningen på väg? Vänliga hälsningar Åsa",
        "windows-1252, København",
        "windows-1250, 'Dzień dobry, proszę o informację o moim zamówieniu. Łukasz Żółw'",
        "windows-1250, 'Dobrý den, kde je prosím moje objednávka? Příště zavolám, děkuji'",
        "ISO-8859-2, 'Dzień dobry, proszę o informację, że będzie później. Wysłać książkę'",
        "windows-1253, 'Καλημέρα σας, θα ήθελα να μάθω πού βρίσκεται η παραγγελία μου'",
        "windows-1254, 'Merhaba, siparişimin nerede olduğunu öğrenmek istiyorum, teşekkürler'",
        "windows-1255, 'שלום, אני רוצה לדעת איפה ההזמנה שלי'",
        "windows-1256, السلام عليكم أريد أن أعرف أين طلبي",
        "windows-1257, 'Labas rytas, norėčiau sužinoti, kur yra mano užsakymas. Ačiū už pagalbą'",
        "x-windows-874, สวัสดีครับ ผมอยากทราบว่าสินค้าของผมอยู่ที่ไหน",
        "KOI8-U, 'Доброго дня! Підкажіть, будь ласка, де моє замовлення'"
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

    @Test
    void hzIsReadWithItsEscapes() {
        byte[] text = "Hi ~{<:Ky2;TZ~} there ~~".getBytes(StandardCharsets.US_ASCII);

        assertThat(body("hz-gb-2312", text)).isEqualTo("Hi 己所不在 there ~");
    }

    @Test
    void bytesThatCannotBeReadAreNamed() {
        Problems problems = new Problems();

        String text = Charsets.decode(new byte[] {'a', (byte) 0x81, ' '}, 3, "euc-jp", problems);

        assertThat(text).startsWith("a\uFFFD");
        assertThat(problems.list()).containsExactly("bytes that are no euc-jp were replaced");
    }

    @Test
    void aPartOfIso8859ThatDoesNotExistIsNoCharset() {
        assertThat(Charsets.named("iso-8859-99")).isNull();
        assertThat(Charsets.named("iso88592")).isEqualTo(Charset.forName("iso-8859-2"));
        assertThat(Charsets.named("x-x-x-unknown")).isNull();
    }
}
