package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64InputTest {
    private static String decoded(String encoded) throws IOException {
        byte[] bytes = encoded.getBytes(StandardCharsets.ISO_8859_1);
        return new String(
                new Base64Input(new ByteArrayInputStream(bytes), new Buffers()).readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            QUJD            | ABC
            QUI=            | AB
            QQ==            | A
            QUI             | AB
            QQ              | A
            Q               | ''
            Q=UJD           | ''
            Q U-J*D         | ABC
            QUJD=QUJD       | ABC
            QUJDQQ==footer  | ABCA
            ====            | ''
            !!!!            | ''
            """)
    void lenient(String encoded, String content) throws IOException {
        assertThat(decoded(encoded)).isEqualTo(content);
    }

    @Test
    void linesAreJoined() throws IOException {
        assertThat(decoded("QUJD\r\nREVG\r\n\r\nR0g=\r\n")).isEqualTo("ABCDEFGH");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100, 8192})
    void whateverThePieces(int piece) throws IOException {
        Random random = new Random(piece);
        for (int size : new int[] {0, 1, 2, 3, 4, 57, 58, 6143, 6144, 6145, 30_000}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            byte[] encoded = Base64.getMimeEncoder().encode(content);

            assertThat(readInPieces(new Base64Input(slow(encoded, random), new Buffers()), piece))
                    .isEqualTo(content);
        }
    }

    private static byte[] readInPieces(InputStream in, int piece) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[piece];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            assertThat(n).isPositive();
            all.write(buffer, 0, n);
        }
        assertThat(in.read()).isEqualTo(-1);
        return all.toByteArray();
    }

    /** Hands out pieces of any size, also none at all. */
    private static InputStream slow(byte[] encoded, Random random) {
        return new FilterInputStream(new ByteArrayInputStream(encoded)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, random.nextInt(5000)));
            }
        };
    }
}
