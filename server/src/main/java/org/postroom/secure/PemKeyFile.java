package org.postroom.secure;

import java.io.IOException;
import java.io.StringReader;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;
import org.postroom.secure.ChannelKey.Purpose;
import org.postroom.secure.KeyFile.WrongKeyException;

/** PEM (RFC 7468): certificates, or a private key with its certificate. */
final class PemKeyFile {
    private PemKeyFile() {}

    static List<KeyMaterial> read(String text, String passphrase) throws WrongKeyException {
        List<X509CertificateHolder> certificates = new ArrayList<>();
        PrivateKeyInfo key = null;
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object one = parser.readObject(); one != null; one = parser.readObject()) {
                if (one instanceof X509CertificateHolder certificate) {
                    certificates.add(certificate);
                } else if (one instanceof ContentInfo info) {
                    for (KeyMaterial each : pkcs7(info.getEncoded())) {
                        certificates.add(((KeyMaterial.Certificate) each).certificate());
                    }
                } else {
                    PrivateKeyInfo found = key(one, passphrase);
                    key = found == null ? key : found;
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new WrongKeyException("file", "the text is damaged; use the whole file", e);
        }
        return key == null ? certificates.stream().map(KeyFile::certificate).toList() : own(key, certificates);
    }

    private static @Nullable PrivateKeyInfo key(Object one, String passphrase) throws IOException, WrongKeyException {
        try {
            return switch (one) {
                case PrivateKeyInfo plain -> plain;
                case PEMKeyPair pair -> pair.getPrivateKeyInfo();
                case PKCS8EncryptedPrivateKeyInfo locked ->
                    locked.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(Castle.PROVIDER)
                            .build(passphrase.toCharArray()));
                case PEMEncryptedKeyPair locked ->
                    locked.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                    .setProvider(Castle.PROVIDER)
                                    .build(passphrase.toCharArray()))
                            .getPrivateKeyInfo();
                default -> null;
            };
        } catch (PKCSException | PEMException | OperatorCreationException e) {
            throw WrongKeyException.passphrase(!passphrase.isEmpty(), e);
        }
    }

    private static List<KeyMaterial> own(PrivateKeyInfo info, List<X509CertificateHolder> certificates)
            throws WrongKeyException {
        PrivateKey key;
        try {
            key = new JcaPEMKeyConverter().setProvider(Castle.PROVIDER).getPrivateKey(info);
        } catch (PEMException e) {
            throw new WrongKeyException("file", "the private key is of a kind that is not supported", e);
        }
        List<KeyMaterial> found = new ArrayList<>();
        boolean belongs = false;
        for (X509CertificateHolder certificate : certificates) {
            if (!belongs && KeyPairs.belong(key, certificate)) {
                belongs = true;
                found.add(new KeyMaterial.Certificate(Purpose.OWN, certificate, key));
            } else {
                found.add(KeyFile.certificate(certificate));
            }
        }
        if (!belongs) {
            throw WrongKeyException.file(
                    certificates.isEmpty()
                            ? "the certificate is missing; put it into the same file as its private key, or make a"
                                    + " PKCS#12 file: openssl pkcs12 -export -inkey key.pem -in certificate.pem -out"
                                    + " both.p12"
                            : "the private key does not belong to the certificate");
        }
        return found;
    }

    /** The certificates of a PKCS#7 file; none if it is something else. */
    static List<KeyMaterial> pkcs7(byte[] der) {
        try {
            List<KeyMaterial> found = new ArrayList<>();
            for (X509CertificateHolder one :
                    new CMSSignedData(der).getCertificates().getMatches(null)) {
                found.add(KeyFile.certificate(one));
            }
            return found;
        } catch (CMSException | RuntimeException e) {
            return List.of();
        }
    }
}
