package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the tables read is what the JDK reads. */
class QuickCharsetsTest {
    private static final String[] JAPANESE = {
        "\u001B$B", "\u001B(B", "\u001B(J", "\u001B(I", "\u001B$@", "\u001B$(D", "\u001B"
    };

    @Test
    void japaneseAsMailProgramsWriteIt() {
        String text = "注文 #4711 について\r\nご質問 (配送) です。\r\n";
        byte[] bytes = text.getBytes(Charset.forName("ISO-2022-JP"));

        assertThat(QuickJis.read(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Test
    void chineseAsMailProgramsWriteIt() {
        String text = "订单 #4711 的发票\r\n謝謝，再見 €\r\n";
        byte[] bytes = text.getBytes(QuickGb.CHARSET);

        assertThat(QuickGb.read(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Test
    void whatIsRareIsLeftToTheJdk() {
        byte[] emoji = "好 😀".getBytes(QuickGb.CHARSET);
        byte[] cut = {'a', (byte) 0xB6};
        byte[] halfWidth = "\u001B(I1\u001B(B".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(QuickGb.read(emoji, 0, emoji.length)).isNull();
        assertThat(QuickGb.read(cut, 0, cut.length)).isNull();
        assertThat(QuickJis.read(halfWidth, 0, halfWidth.length)).isNull();
        assertThat(Charsets.decode(emoji, 0, emoji.length, QuickGb.CHARSET)).isEqualTo("好 😀");
        assertThat(Charsets.decode(halfWidth, 0, halfWidth.length, QuickJis.CHARSET))
                .isEqualTo("\uFF71");
    }

    @Test
    void everyPairOfBytes() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] pair = {(byte) first, (byte) second};
                byte[] japanese = {0x1B, '$', 'B', (byte) first, (byte) second, 0x1B, '(', 'B', 'x'};
                assertThat(Charsets.decode(pair, 0, 2, QuickGb.CHARSET)).isEqualTo(new String(pair, QuickGb.CHARSET));
                assertThat(Charsets.decode(japanese, 0, 9, QuickJis.CHARSET))
                        .isEqualTo(new String(japanese, QuickJis.CHARSET));
            }
        }
    }

    @Test
    void whateverTheBytes() {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 30_000; round++) {
            byte[] chinese = new byte[random.nextInt(30)];
            for (int i = 0; i < chinese.length; i++) {
                chinese[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(128) : 0xA1 + random.nextInt(0x5F));
            }
            byte[] japanese = japanese(random);
            int from = random.nextInt(3);

            assertThat(Charsets.decode(chinese, Math.min(from, chinese.length), chinese.length, QuickGb.CHARSET))
                    .isEqualTo(ofJdk(chinese, from, QuickGb.CHARSET));
            assertThat(Charsets.decode(japanese, Math.min(from, japanese.length), japanese.length, QuickJis.CHARSET))
                    .isEqualTo(ofJdk(japanese, from, QuickJis.CHARSET));
        }
    }

    private static String ofJdk(byte[] bytes, int from, Charset charset) {
        int start = Math.min(from, bytes.length);
        return new String(bytes, start, bytes.length - start, charset);
    }

    private static byte[] japanese(Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean odd = random.nextInt(3) == 0;
        for (int n = random.nextInt(12); n > 0; n--) {
            String escape = JAPANESE[random.nextInt(odd ? JAPANESE.length : 2)];
            out.writeBytes(escape.getBytes(StandardCharsets.US_ASCII));
            for (int k = random.nextInt(4); k > 0; k--) {
                out.write(odd ? random.nextInt(256) : 0x21 + random.nextInt(0x50));
                out.write(odd ? random.nextInt(128) : 0x21 + random.nextInt(0x5E));
            }
        }
        return out.toByteArray();
    }
}
