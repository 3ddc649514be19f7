package org.postroom.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Protection.Encryption;

class SpooledTest {
    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** What is larger than 4 MB goes to a file. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_024, 4 << 20, (4 << 20) + 1, 9_000_000})
    void givesBackWhatWasWritten(int size) throws IOException {
        byte[] content = random(size);
        try (Spooled spooled = new Spooled(10_000_000)) {
            try (OutputStream out = spooled.out()) {
                for (int at = 0; at < size; at += 70_001) {
                    out.write(content, at, Math.min(70_001, size - at));
                }
            }

            assertThat(spooled.size()).isEqualTo(size);
            try (InputStream one = spooled.open();
                    InputStream two = spooled.open()) {
                one.skipNBytes(size / 3);
                assertThat(two.readAllBytes()).isEqualTo(content);
                assertThat(one.readAllBytes()).hasSize(size - size / 3);
                assertThat(one.read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 6_000_000})
    void takesNoMoreThanMayBe(int most) throws IOException {
        try (Spooled spooled = new Spooled(most);
                OutputStream out = spooled.out()) {
            out.write(random(most));

            assertThatThrownBy(() -> out.write(1))
                    .isInstanceOf(Spooled.TooMuchException.class)
                    .hasMessageContaining(Integer.toString(most));
            assertThat(spooled.size()).isEqualTo(most);
        }
    }

    @Test
    void aLargeFileComesOutOfAnEncryptedMail() throws Exception {
        TestAuthority.Identity support = new TestAuthority("Contoso Mail CA").rsaFor("support@contoso.test");
        byte[] file = random(6_000_000);
        String entity = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe scan is here.\r\n--b\r\n"
                + "Content-Type: image/png; name=scan.png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(file) + "\r\n--b--\r\n";

        ParsedMessage message = new Reader().has(support).read(TestMails.encrypted(support, entity));

        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
        assertThat(message.text()).contains("The scan is here.");
        assertThat(message.attachments()).singleElement().satisfies(scan -> {
            assertThat(scan.name()).isEqualTo("scan.png");
            assertThat(scan.size()).isEqualTo(file.length);
            assertThat(scan.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        });
    }
}
