package org.postroom.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;

/** OpenPGP as GnuPG makes it. */
class GpgMailsTest {
    private static final String ENTITY = "Content-Type: text/plain; charset=utf-8\r\n\r\nThe parcel is grün.\r\n";
    private static final String HEADER =
            "From: Ann <ann@example.com>\r\nTo: support@contoso.test\r\nSubject: Parcel\r\n" + "MIME-Version: 1.0\r\n";

    @TempDir
    static Path folder;

    private static Tool tool;
    private static byte[] ann;
    private static byte[] support;
    private static byte[] old;

    @BeforeAll
    static void makesKeys() {
        tool = new Tool(folder);
        gpg("--quick-gen-key", "Ann Example <ann@example.com>", "ed25519", "sign", "2y");
        gpg("--passphrase", "open sesame", "--quick-gen-key", "Support <support@contoso.test>", "default", "default");
        gpg("--quick-gen-key", "Old <old@contoso.test>", "future-default");
        ann = gpg("--armor", "--export", "ann@example.com");
        support = gpg("--passphrase", "open sesame", "--armor", "--export-secret-keys", "support@contoso.test");
        old = gpg("--armor", "--export-secret-keys", "old@contoso.test");
        tool.write("entity", ENTITY);
    }

    @AfterAll
    static void endsTheAgent() {
        tool.run("gpgconf", "--kill", "gpg-agent");
    }

    @Test
    void verifiesADetachedSignature() {
        ParsedMessage message = reader().has(ann, "").read(signed());

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
        assertThat(Reader.of(message).standard()).isEqualTo(Standard.OPENPGP);
        assertThat(Reader.of(message).signer()).isEqualTo("ann@example.com");
        assertThat(message.text()).contains("The parcel is grün.");
    }

    @Test
    void saysWhichKeyIsMissing() {
        ParsedMessage message = reader().read(signed());

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNCHECKED);
        assertThat(Reader.of(message).words()).containsPattern("[0-9A-F]{16}").contains("add it");
        assertThat(message.text()).contains("The parcel");
    }

    @Test
    void findsAlteredContentBroken() {
        ParsedMessage message = reader().has(ann, "").read(signed().replace("The parcel", "No parcel"));

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.BROKEN);
        assertThat(message.text()).contains("No parcel");
    }

    @Test
    void doesNotTakeASignatureOfSomebodyElse() {
        ParsedMessage message = reader().has(ann, "").read(signed().replace("<ann@", "<eve@"));

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNTRUSTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-z 0", "--cipher-algo 3DES", "--bzip2-compress-level 6 --compress-algo bzip2"})
    void opensWhatIsEncryptedAndSigned(String options) {
        String mail = encrypted("support@contoso.test", "entity", options);

        ParsedMessage message =
                reader().has(support, "open sesame").has(ann, "").read(mail);

        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(message.attachments()).isEmpty();
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
    }

    @Test
    void opensByCurveKeys() {
        ParsedMessage message = reader().has(old, "").read(encrypted("old@contoso.test", "entity", ""));

        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNCHECKED);
    }

    @Test
    void showsTheSubjectThatWasEncrypted() {
        tool.write("guarded", "Subject: The true one\r\n" + ENTITY.replace("utf-8", "utf-8; protected-headers=\"v1\""));
        String mail = encrypted("support@contoso.test", "guarded", "").replace("Subject: Parcel", "Subject: ...");

        ParsedMessage message = reader().has(support, "open sesame").read(mail);

        assertThat(message.subject()).isEqualTo("The true one");
    }

    @Test
    void keepsClosedMailReadableAsFarAsItIs() {
        ParsedMessage message = reader().has(old, "").read(encrypted("support@contoso.test", "entity", ""));

        assertThat(message.subject()).isEqualTo("Parcel");
        assertThat(message.attachments()).extracting("name").contains("encrypted.asc");
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.CLOSED);
        assertThat(Reader.of(message).words())
                .containsPattern("the key [0-9A-F]{16}")
                .contains("administrator");
    }

    @Test
    void opensWhatExchangeTookApart() {
        String mail = encrypted("support@contoso.test", "entity", "")
                .replaceFirst("multipart/encrypted; protocol=[^;]*;", "multipart/mixed;")
                .replaceFirst("--b\r\n", "--b\r\nContent-Type: text/plain\r\n\r\n\r\n--b\r\n");

        ParsedMessage message =
                reader().has(support, "open sesame").has(ann, "").read(mail);

        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
    }

    @Test
    void opensAMessageWithinTheText() {
        tool.write("words", "The parcel is grün.\n");
        String block = text(gpg(
                "--armor", "--trust-model", "always", "-r", "support@contoso.test", "--encrypt", "-o", "-", "words"));

        ParsedMessage message = reader().has(support, "open sesame").read(HEADER + "\r\n" + block);

        assertThat(message.text().strip()).isEqualTo("The parcel is grün.");
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
    }

    @Test
    void verifiesClearSignedText() {
        tool.write("words", "The parcel is grün.  \n- not a list\n\nFrom here.\n");
        String block = text(gpg("--clearsign", "--digest-algo", "SHA256", "-u", "ann@example.com", "-o", "-", "words"));

        ParsedMessage message = reader().has(ann, "").read(HEADER + "\r\n" + block.replace("\n", "\r\n"));
        ParsedMessage framed = reader().has(ann, "")
                .read(HEADER + "\r\nPay to another account!\r\n\r\n" + block.replace("\n", "\r\n"));

        assertThat(message.text())
                .contains("The parcel is grün.", "\n- not a list")
                .doesNotContain("BEGIN PGP");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
        assertThat(Reader.of(framed).signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(Reader.of(framed).words()).contains("only a part");
    }

    private static Reader reader() {
        return new Reader().at(Clock.systemUTC());
    }

    private static String signed() {
        String signature = text(gpg("--armor", "--detach-sign", "-u", "ann@example.com", "-o", "-", "entity"));
        return HEADER + "Content-Type: multipart/signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\";"
                + " boundary=b\r\n\r\n--b\r\n" + ENTITY + "\r\n--b\r\nContent-Type: application/pgp-signature;"
                + " name=signature.asc\r\n\r\n" + signature + "\r\n--b--\r\n";
    }

    private static String encrypted(String recipient, String entity, String options) {
        List<String> command = new ArrayList<>(List.of(
                "--armor",
                "--trust-model",
                "always",
                "-r",
                recipient,
                "-u",
                "ann@example.com",
                "--sign",
                "--encrypt",
                "-o",
                "-"));
        if (!options.isEmpty()) {
            command.addAll(Arrays.asList(options.split(" ")));
        }
        command.add(entity);
        return HEADER + "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--b\r\nContent-Type:"
                + " application/octet-stream; name=encrypted.asc\r\n\r\n" + text(gpg(command.toArray(String[]::new)))
                + "\r\n--b--\r\n";
    }

    private static byte[] gpg(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "gpg",
                "--batch",
                "--yes",
                "--quiet",
                "--pinentry-mode",
                "loopback",
                "--disable-dirmngr",
                "--no-auto-key-locate"));
        if (!words[0].equals("--passphrase")) {
            command.addAll(List.of("--passphrase", ""));
        }
        command.addAll(Arrays.asList(words));
        return tool.run(command.toArray(String[]::new));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
