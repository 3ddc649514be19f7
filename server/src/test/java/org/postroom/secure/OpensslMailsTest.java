package org.postroom.secure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;

/** S/MIME as OpenSSL makes it. */
class OpensslMailsTest {
    private static final String ENTITY = "Content-Type: text/plain; charset=utf-8\r\n\r\nThe parcel is gr\u00fcn.\r\n";

    @TempDir
    static Path folder;

    private static Tool tool;
    private static TestAuthority authority;
    private static TestAuthority.Identity ann;
    private static TestAuthority.Identity support;
    private static TestAuthority.Identity curve;

    @BeforeAll
    static void makesKeys() {
        tool = new Tool(folder);
        authority = new TestAuthority("Contoso Mail CA");
        ann = authority.rsaFor("ann@example.com");
        support = authority.rsaFor("support@contoso.test");
        curve = authority.ecFor("support@contoso.test");
        tool.write("ann.pem", ann.pem());
        tool.write("support.pem", TestAuthority.pem(support.certificate()));
        tool.write("curve.pem", TestAuthority.pem(curve.certificate()));
        tool.write("entity", ENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha512"})
    void verifiesADetachedSignature(String digest) {
        byte[] mail = signed("-md", digest, "-in", "entity");

        ParsedMessage message = new Reader().trusts(authority.certificate).read(mail);

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
        assertThat(Reader.of(message).signer()).isEqualTo("ann@example.com");
        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(message.attachments()).extracting("contentType").containsExactly("application/pkcs7-signature");
    }

    @Test
    void verifiesWhereLinesEndWithLineFeedAlone() {
        String mail = text(signed("-md", "sha256", "-in", "entity")).replace("\r\n", "\n");

        ParsedMessage message = new Reader().trusts(authority.certificate).read(mail);

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
    }

    @Test
    void showsAnOpaqueSignatureAndVerifiesIt() {
        byte[] mail = signed("-nodetach", "-md", "sha256", "-in", "entity");

        ParsedMessage message = new Reader().trusts(authority.certificate).read(mail);

        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(message.attachments()).isEmpty();
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
    }

    @Test
    void saysWhoIsNotTrustedAndShowsTheMail() {
        byte[] mail = signed("-md", "sha256", "-in", "entity");

        ParsedMessage message = new Reader().read(mail);

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(Reader.of(message).words()).contains("ann@example.com", "Contoso Mail CA", "add that authority");
        assertThat(message.text()).contains("The parcel");
    }

    @Test
    void findsAlteredContentBrokenAndShowsIt() {
        String mail = text(signed("-md", "sha256", "-in", "entity")).replace("The parcel", "No parcel");

        ParsedMessage message = new Reader().trusts(authority.certificate).read(mail);

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.BROKEN);
        assertThat(message.text()).contains("No parcel");
    }

    @Test
    void doesNotTakeASignatureOfSomebodyElse() {
        String mail = text(signed("-md", "sha256", "-in", "entity")).replace("From: ann@", "From: eve@");

        ParsedMessage message = new Reader().trusts(authority.certificate).read(mail);

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(Reader.of(message).words()).contains("by ann@example.com", "from eve@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-aes-128-cbc",
                "-aes-256-cbc",
                "-des3",
                "-aes-256-gcm",
                "-aes-256-cbc -recip support.pem -keyopt rsa_padding_mode:oaep",
                "-aes-256-cbc -recip curve.pem",
                "-aes-128-gcm -recip curve.pem"
            })
    void opensWhatIsEncrypted(String algorithm) {
        byte[] mail = encrypted("entity", algorithm);

        ParsedMessage message = new Reader().has(support).has(curve).read(mail);

        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(message.attachments()).isEmpty();
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.NONE);
        assertThat(Reader.of(message).standard()).isEqualTo(Standard.SMIME);
    }

    @Test
    void keepsClosedMailReadableAsFarAsItIs() {
        byte[] mail = encrypted("entity", "-aes-256-cbc");

        ParsedMessage message = new Reader().has(curve).read(mail);

        assertThat(message.subject()).isEqualTo("Parcel");
        assertThat(message.attachments()).extracting("name").containsExactly("smime.p7m");
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.CLOSED);
        assertThat(Reader.of(message).words())
                .contains(support.certificate().getSerialNumber().toString(16), "Contoso Mail CA", "administrator");
    }

    @Test
    void opensATripleWrap() {
        tool.write("signed-entity", entityOf(signed("-md", "sha256", "-in", "entity")));
        tool.write("encrypted-entity", entityOf(encrypted("signed-entity", "-aes-256-cbc")));
        byte[] mail = signed("-md", "sha256", "-in", "encrypted-entity");

        ParsedMessage message =
                new Reader().trusts(authority.certificate).has(support).read(mail);

        assertThat(message.text()).contains("The parcel is grün.");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
    }

    @Test
    void opensByFileNameWhereTheTypeWasLost() {
        String mail = text(encrypted("entity", "-aes-256-cbc"))
                .replaceFirst("Content-Type: [^\r\n]*(\r?\n[ \t][^\r\n]*)*", "Content-Type: application/octet-stream");

        ParsedMessage message = new Reader().has(support).read(mail);

        assertThat(message.text()).contains("The parcel is grün.");
    }

    private static byte[] signed(String... more) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "cms",
                "-sign",
                "-signer",
                "ann.pem",
                "-inkey",
                "ann.pem",
                "-from",
                "ann@example.com",
                "-to",
                "support@contoso.test",
                "-subject",
                "Parcel"));
        command.addAll(Arrays.asList(more));
        return crlf(tool.run(command.toArray(String[]::new)));
    }

    private static byte[] encrypted(String entity, String options) {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "cms",
                "-encrypt",
                "-in",
                entity,
                "-from",
                "ann@example.com",
                "-to",
                "support@contoso.test",
                "-subject",
                "Parcel"));
        command.addAll(Arrays.asList(options.split(" ")));
        if (!options.contains("-recip")) {
            command.add("support.pem");
        }
        return crlf(tool.run(command.toArray(String[]::new)));
    }

    /** As it travels. */
    private static byte[] crlf(byte[] mail) {
        return text(mail).replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] entityOf(byte[] mail) {
        String text = text(mail);
        return text.substring(text.indexOf("MIME-Version")).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] mail) {
        return new String(mail, StandardCharsets.UTF_8);
    }
}
