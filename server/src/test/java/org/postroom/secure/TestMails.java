package org.postroom.secure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSCompressedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.ZlibCompressor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Protected mails made with Bouncy Castle, as they travel. */
public final class TestMails {
    private TestMails() {}

    /** Encrypted with S/MIME. */
    public static String encrypted(TestAuthority.Identity to, String entity) {
        return mail("smime-type=enveloped-data", enveloped(to, bytes(entity)));
    }

    static byte[] enveloped(TestAuthority.Identity to, byte[] content) {
        try {
            CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
            generator.addRecipientInfoGenerator(
                    new JceKeyTransRecipientInfoGenerator(new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter()
                                    .getCertificate(to.certificate()))
                            .setProvider(Castle.PROVIDER));
            return generator
                    .generate(
                            new CMSProcessableByteArray(content),
                            new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES128_CBC)
                                    .setProvider(Castle.PROVIDER)
                                    .build())
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed with the content inside. */
    static byte[] signed(TestAuthority.Identity by, byte[] content, int signers) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            for (int i = 0; i < signers; i++) {
                generator.addSignerInfoGenerator(
                        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                                .build(new JcaContentSignerBuilder("SHA256withRSA").build(by.key()), by.certificate()));
            }
            generator.addCertificates(new JcaCertStore(List.of(by.certificate())));
            return generator
                    .generate(new CMSProcessableByteArray(content), true)
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] compressed(byte[] content) {
        try {
            return new CMSCompressedDataGenerator()
                    .generate(new CMSProcessableByteArray(content), new ZlibCompressor())
                    .getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String mail(String type, byte[] cms) {
        return "From: Ann <ann@example.com>\r\nTo: support@contoso.test\r\nSubject: Parcel\r\nMessage-ID: <"
                + UUID.randomUUID() + "@example.com>\r\nMIME-Version: 1.0\r\n" + entity(type, cms);
    }

    static String entity(String type, byte[] cms) {
        return "Content-Type: application/pkcs7-mime; " + type + "; name=smime.p7m\r\nContent-Transfer-Encoding:"
                + " base64\r\nContent-Disposition: attachment; filename=smime.p7m\r\n\r\n"
                + Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(cms) + "\r\n";
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] written(IOWork work) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            work.to(out);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /** Something that writes. */
    interface IOWork {
        void to(OutputStream out) throws IOException, org.bouncycastle.openpgp.PGPException;
    }
}
