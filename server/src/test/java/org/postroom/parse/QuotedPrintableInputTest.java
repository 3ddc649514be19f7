package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedPrintableInputTest {
    private static final String[] WORDS = {"parcel", "a", "größe", "доставка", "注文", "1=2", "\t", " ", "  ", ".", "--"};

    /** What surrounds each case, so that it is met far from both ends as well. */
    private static final String AROUND = "some words that are longer than a few bytes ";

    private static String decoded(String encoded) throws IOException {
        byte[] bytes = encoded.getBytes(StandardCharsets.ISO_8859_1);
        return new String(
                new QuotedPrintableInput(new ByteArrayInputStream(bytes), new Buffers()).readAllBytes(),
                StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            a=3Db|a=b
            gr=C3=BCn|grün
            gr=c3=bcn|grün
            joined=~line|joinedline
            joined=  ~line|joinedline
            kept =~line|kept line
            blanks  ~dropped|blanks~dropped
            encoded=20~kept|encoded ~kept
            =3D=|=
            no=zz code|no=zz code
            half=4|half=4
            at the end=|at the end
            a==3Db|a==b
            """)
    void lenient(String encoded, String content) throws IOException {
        String in = encoded.replace("~", "\r\n");
        String out = content.replace("~", "\r\n");

        assertThat(decoded(in)).isEqualTo(out);
        assertThat(decoded(in.replace("\r\n", "\n"))).isEqualTo(out.replace("\r\n", "\n"));
        assertThat(decoded(AROUND + in)).isEqualTo(AROUND + out);
        if (!in.endsWith("=") && !in.endsWith("=4")) {
            assertThat(decoded(AROUND + in + AROUND + "x")).isEqualTo(AROUND + out + AROUND + "x");
        }
    }

    @Test
    void blanksAtTheVeryEndGo() throws IOException {
        assertThat(decoded("end \t ")).isEqualTo("end");
        assertThat(decoded(AROUND + "\r\n")).isEqualTo(AROUND.strip() + "\r\n");
        assertThat(decoded(AROUND + "=20\r\n")).isEqualTo(AROUND + " \r\n");
    }

    @Test
    void whateverThePieces() throws IOException {
        Random random = new Random(20_261_123);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(200); n >= 0; n--) {
                text.append(random.nextInt(9) == 0 ? "\r\n" : WORDS[random.nextInt(WORDS.length)]);
            }
            byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] encoded = encoded(content, random).getBytes(StandardCharsets.US_ASCII);

            assertThat(readInPieces(slow(encoded, random), random))
                    .as(text.toString())
                    .isEqualTo(content);
        }
    }

    /** As RFC 2045 has it, and blanks here and there at the ends of lines, which mean nothing. */
    private static String encoded(byte[] content, Random random) {
        StringBuilder out = new StringBuilder();
        int line = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\r') {
                out.append(random.nextInt(3) == 0 ? " \t" : "").append("\r\n");
                line = 0;
                i++;
                continue;
            }
            boolean last = i + 1 == content.length || content[i + 1] == '\r';
            boolean blank = content[i] == ' ' || content[i] == '\t';
            boolean plain = content[i] > 0 && content[i] != '=' && !(blank && last);
            String one = plain ? String.valueOf((char) content[i]) : "=%02X".formatted(content[i] & 0xFF);
            if (line + one.length() > 75) {
                out.append("=").append(random.nextInt(3) == 0 ? " " : "").append("\r\n");
                line = 0;
            }
            out.append(one);
            line += one.length();
        }
        return out.toString();
    }

    private static byte[] readInPieces(InputStream encoded, Random random) throws IOException {
        InputStream in = new QuotedPrintableInput(encoded, new Buffers());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[300];
        while (true) {
            int wanted = 1 + random.nextInt(random.nextBoolean() ? 12 : 250);
            int n = in.read(buffer, 20, wanted);
            if (n < 0) {
                return all.toByteArray();
            }
            assertThat(n).isBetween(1, wanted);
            all.write(buffer, 20, n);
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /** Hands out pieces of any size. */
    private static InputStream slow(byte[] encoded, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(encoded)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(90)));
            }
        };
    }
}
