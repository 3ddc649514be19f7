package org.postroom.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.AEADAlgorithmTags;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.operator.PGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;

/** What attackers and bad wires send: nothing throws, nothing takes long, nothing is believed. */
class HostileProtectionTest {
    private static final String ENTITY = "Content-Type: text/plain\r\n\r\nThe parcel is green.\r\n";

    private static TestAuthority authority;
    private static TestAuthority.Identity ann;
    private static TestAuthority.Identity support;
    private static OpenPGPKey pgp;

    @BeforeAll
    static void makesKeys() throws Exception {
        authority = new TestAuthority("Contoso Mail CA");
        ann = authority.rsaFor("ann@example.com");
        support = authority.rsaFor("support@contoso.test");
        Date made = Date.from(TestAuthority.NOW.minus(Duration.ofDays(100)));
        pgp = new OpenPGPKeyGenerator(Castle.PGP, false, made)
                .classicKey("Support <support@contoso.test>")
                .build();
    }

    private static Reader reader() {
        return new Reader().trusts(authority.certificate).has(support).has(ann);
    }

    private static ParsedMessage read(String mail) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> reader().read(mail));
    }

    @Test
    void isNotConfusedByCutOrChangedCms() {
        byte[] signed = TestMails.signed(ann, TestMails.bytes(ENTITY), 1);
        byte[] enveloped = TestMails.enveloped(support, TestMails.bytes(ENTITY));
        Random random = new Random(7);

        for (int i = 0; i < 50; i++) {
            for (byte[] whole : new byte[][] {signed, enveloped}) {
                byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));

                assertThat(read(TestMails.mail("x=y", cut)).subject()).isEqualTo("Parcel");
                assertThat(read(TestMails.mail("x=y", changed)).subject()).isEqualTo("Parcel");
            }
        }
    }

    @Test
    void believesNoChangedContent() {
        byte[] signed = TestMails.signed(ann, TestMails.bytes(ENTITY), 1);
        byte[] changed = new String(signed, StandardCharsets.ISO_8859_1)
                .replace("green", "black")
                .getBytes(StandardCharsets.ISO_8859_1);

        ParsedMessage message = read(TestMails.mail("smime-type=signed-data", changed));

        assertThat(message.text()).contains("black");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.BROKEN);
    }

    @Test
    void asksAFewOfTenThousandSigners() {
        byte[] signed = TestMails.signed(ann, TestMails.bytes(ENTITY), 1);
        byte[] many = manySigners(signed, 10_000);

        ParsedMessage message = read(TestMails.mail("smime-type=signed-data", many));

        assertThat(message.text()).contains("green");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.VERIFIED);
    }

    private static byte[] manySigners(byte[] signed, int count) {
        try {
            var cms = new org.bouncycastle.cms.CMSSignedData(signed);
            var one = cms.getSignerInfos().getSigners().iterator().next();
            var all = new java.util.ArrayList<org.bouncycastle.cms.SignerInformation>();
            for (int i = 0; i < count; i++) {
                all.add(one);
            }
            return org.bouncycastle.cms.CMSSignedData.replaceSigners(
                            cms, new org.bouncycastle.cms.SignerInformationStore(all))
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void opensNestedPartsToABound() {
        byte[] content = TestMails.bytes(ENTITY);
        for (int i = 0; i < 12; i++) {
            content = TestMails.bytes(TestMails.entity("smime-type=signed-data", TestMails.signed(ann, content, 1)));
        }
        String mail = "From: ann@example.com\r\nSubject: Parcel\r\n" + new String(content, StandardCharsets.UTF_8);

        ParsedMessage message = read(mail);

        assertThat(message.problems()).anyMatch(p -> p.contains("within each other"));
        assertThat(message.attachments()).hasSize(1);
    }

    @Test
    void doesNotInflateABomb() {
        byte[] bomb = TestMails.compressed(new byte[150 << 20]);

        ParsedMessage message = read(TestMails.mail("smime-type=compressed-data", bomb));

        assertThat(message.attachments()).extracting("name").containsExactly("smime.p7m");
        assertThat(message.text()).isEmpty();
    }

    @Test
    void opensWhatIsOnlyCompressed() {
        ParsedMessage message =
                read(TestMails.mail("smime-type=compressed-data", TestMails.compressed(TestMails.bytes(ENTITY))));

        assertThat(message.text()).contains("The parcel is green.");
        assertThat(message.findings().protection()).isNull();
        assertThat(message.subject()).isEqualTo("Parcel");
    }

    @Test
    void doesNotInflateAnOpenPgpBomb() {
        byte[] bomb = packed(new byte[150 << 20]);

        ParsedMessage message = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> pgpReader().read(pgpMail(bomb)));

        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.CLOSED);
        assertThat(Reader.of(message).words()).contains("not opened");
    }

    @Test
    void doesNotOpenWhatAnybodyMayHaveChanged() {
        String mail = pgpMail(encrypted(packed(TestMails.bytes(ENTITY)), false));

        ParsedMessage message = pgpReader().read(mail);

        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.CLOSED);
        assertThat(Reader.of(message).words()).contains("MDC");
        assertThat(message.text()).doesNotContain("green");
    }

    @Test
    void opensWhatIsProtectedAgainstChanges() {
        String mail = pgpMail(encrypted(packed(TestMails.bytes(ENTITY)), true));

        ParsedMessage message = pgpReader().read(mail);

        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
        assertThat(message.text()).contains("green");
    }

    /** Of GnuPG 2.3 and later, and of RFC 9580. */
    private static Stream<PGPDataEncryptorBuilder> authenticated() {
        return Stream.of(
                new BcPGPDataEncryptorBuilder(9).setUseV5AEAD().setWithAEAD(AEADAlgorithmTags.OCB, 6),
                new BcPGPDataEncryptorBuilder(9).setUseV6AEAD().setWithAEAD(AEADAlgorithmTags.OCB, 6),
                new BcPGPDataEncryptorBuilder(7).setUseV6AEAD().setWithAEAD(AEADAlgorithmTags.GCM, 6));
    }

    @ParameterizedTest
    @MethodSource("authenticated")
    void opensWhatIsAuthenticatedAndNothingThatWasChanged(PGPDataEncryptorBuilder how) {
        byte[] whole = encrypted(packed(TestMails.bytes(ENTITY + "and more. ".repeat(2_000))), how);
        Random random = new Random(13);

        ParsedMessage message = pgpReader().read(pgpMail(whole));

        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
        assertThat(message.text()).contains("green", "and more.");
        for (int i = 0; i < 30; i++) {
            byte[] cut = Arrays.copyOf(whole, whole.length - 1 - random.nextInt(40));
            byte[] changed = whole.clone();
            changed[whole.length - 1 - random.nextInt(60)] ^= (byte) (1 + random.nextInt(255));

            assertThat(pgpReader().read(pgpMail(cut)).text()).doesNotContain("green");
            assertThat(pgpReader().read(pgpMail(changed)).text()).doesNotContain("green");
        }
    }

    @Test
    void isNotConfusedByCutOrChangedPackets() {
        byte[] whole = encrypted(packed(TestMails.bytes(ENTITY)), true);
        Random random = new Random(11);

        for (int i = 0; i < 60; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));

            assertThat(pgpReader().read(pgpMail(cut)).subject()).isEqualTo("Parcel");
            assertThat(pgpReader().read(pgpMail(changed)).text()).matches(t -> t.isBlank() || t.contains("green"));
        }
    }

    @Test
    void callsASignatureOverAPartNeverVerified() {
        String part = TestMails.entity("smime-type=signed-data", TestMails.signed(ann, TestMails.bytes(ENTITY), 1));
        String mail = "From: ann@example.com\r\nSubject: Parcel\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nPay to another account.\r\n--b\r\n" + part + "\r\n--b--\r\n";

        ParsedMessage message = read(mail);

        assertThat(message.text()).contains("Pay to another account.", "The parcel is green.");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(Reader.of(message).words()).contains("only a part");
    }

    @Test
    void readsASignedMailWithoutItsSignature() {
        ParsedMessage message = read("From: ann@example.com\r\nSubject: Parcel\r\nContent-Type: multipart/signed;"
                + " boundary=b\r\n\r\n--b\r\n" + ENTITY + "\r\n--b--\r\n");

        assertThat(message.text()).contains("green");
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNCHECKED);
    }

    @Test
    void takesNoCertificateMadeForServers() {
        var server = authority.identity(
                "ann@example.com",
                TestAuthority.rsa(),
                TestAuthority.NOW.minus(Duration.ofDays(9)),
                TestAuthority.NOW.plus(Duration.ofDays(9)),
                org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_serverAuth);

        ParsedMessage message =
                read(TestMails.mail("smime-type=signed-data", TestMails.signed(server, TestMails.bytes(ENTITY), 1)));

        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(Reader.of(message).words()).contains("not made for signing mail");
    }

    @Test
    void opensByAKeyThatHasEndedAndKnowsASignerWhoHasNot() {
        var old = authority.identity(
                "support@contoso.test",
                TestAuthority.rsa(),
                TestAuthority.NOW.minus(Duration.ofDays(900)),
                TestAuthority.NOW.minus(Duration.ofDays(90)),
                org.bouncycastle.asn1.x509.KeyPurposeId.id_kp_emailProtection);

        ParsedMessage message = new Reader()
                .trusts(authority.certificate)
                .has(old)
                .read(TestMails.encrypted(
                        old,
                        TestMails.entity("smime-type=signed-data", TestMails.signed(old, TestMails.bytes(ENTITY), 1))));

        assertThat(message.text()).contains("green");
        assertThat(Reader.of(message).encryption()).isEqualTo(Encryption.DECRYPTED);
        assertThat(Reader.of(message).signature()).isEqualTo(Signature.UNTRUSTED);
        assertThat(Reader.of(message).words()).contains("was not valid");
    }

    private static Reader pgpReader() {
        try {
            return new Reader()
                    .at(Clock.systemUTC())
                    .has(pgp.toAsciiArmoredString().getBytes(StandardCharsets.US_ASCII), "");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] packed(byte[] content) {
        return TestMails.written(out -> {
            PGPCompressedDataGenerator compressed = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB);
            PGPLiteralDataGenerator literal = new PGPLiteralDataGenerator();
            try (var inner =
                    literal.open(compressed.open(out), PGPLiteralData.BINARY, "", content.length, new Date(0))) {
                inner.write(content);
            }
            compressed.close();
        });
    }

    private static byte[] encrypted(byte[] packets, boolean integrity) {
        return encrypted(packets, new BcPGPDataEncryptorBuilder(7).setWithIntegrityPacket(integrity));
    }

    private static byte[] encrypted(byte[] packets, PGPDataEncryptorBuilder how) {
        return TestMails.written(out -> {
            PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(how);
            generator.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(
                    pgp.getEncryptionKeys().getFirst().getPGPPublicKey()));
            try (var inner = generator.open(out, packets.length)) {
                inner.write(packets);
            }
        });
    }

    private static String pgpMail(byte[] packets) {
        byte[] armored = TestMails.written(out -> {
            try (ArmoredOutputStream armor = new ArmoredOutputStream(out)) {
                armor.write(packets);
            }
        });
        return "From: ann@example.com\r\nSubject: Parcel\r\nContent-Type: multipart/encrypted;"
                + " protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n--b\r\nContent-Type:"
                + " application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: application/octet-stream;"
                + " name=encrypted.asc\r\n\r\n" + new String(armored, StandardCharsets.US_ASCII) + "\r\n--b--\r\n";
    }
}
