package org.postroom.credentials;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An RSA key with its certificate, read from PEM (RFC 7468): what {@code openssl req -x509 -nodes} writes, or
 * {@code openssl pkcs12 -nodes} makes of a PFX file.
 */
public record KeyPairPem(PrivateKey key, X509Certificate certificate) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]{1,20000})-----END \\1-----");
    private static final int SMALLEST_KEY = 2048;
    /** What stands before a PKCS#1 key to make it PKCS#8: version 0, the algorithm rsaEncryption. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    /** Never shows the key. */
    @Override
    public String toString() {
        return "KeyPairPem[" + certificate.getSubjectX500Principal() + "]";
    }

    /**
     * Reads both from one text.
     *
     * @throws IllegalArgumentException with words for whoever pasted it
     */
    public static KeyPairPem read(String pem) {
        PrivateKey key = null;
        List<X509Certificate> certificates = new java.util.ArrayList<>();
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            byte[] der = decode(blocks.group(2));
            switch (blocks.group(1)) {
                case "CERTIFICATE" -> certificates.add(certificate(der));
                case "PRIVATE KEY" -> key = key(der);
                case "RSA PRIVATE KEY" -> key = key(wrapped(der));
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException("the private key is locked with a passphrase; take it off first:"
                            + " openssl pkey -in file.pem -out unlocked.pem");
                case "EC PRIVATE KEY" -> throw new IllegalArgumentException("the key must be an RSA key");
                default -> {}
            }
        }
        if (certificates.isEmpty() && key == null) {
            throw new IllegalArgumentException("this is not PEM; paste the text from -----BEGIN CERTIFICATE----- to"
                    + " -----END PRIVATE KEY-----, or make it from a PFX file: openssl pkcs12 -in file.pfx -nodes");
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("the certificate is missing; paste it together with its private key");
        }
        if (key == null) {
            throw new IllegalArgumentException("the private key is missing; paste the certificate together with its"
                    + " private key (-----BEGIN PRIVATE KEY-----)");
        }
        return matching(key, certificates);
    }

    private static KeyPairPem matching(PrivateKey key, List<X509Certificate> certificates) {
        for (X509Certificate certificate : certificates) {
            if (belong(key, certificate)) {
                if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() < SMALLEST_KEY) {
                    throw new IllegalArgumentException("the key is shorter than " + SMALLEST_KEY + " bits");
                }
                return new KeyPairPem(key, certificate);
            }
        }
        throw new IllegalArgumentException("the private key does not belong to the certificate");
    }

    private static boolean belong(PrivateKey key, X509Certificate certificate) {
        try {
            byte[] probe = "postroom".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the text is damaged; paste the whole file", e);
        }
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate is damaged; paste the whole file", e);
        }
    }

    private static PrivateKey key(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key is damaged or no RSA key", e);
        }
    }

    private static byte[] wrapped(byte[] pkcs1) {
        return sequence(join(RSA, tagged((byte) 0x04, pkcs1)));
    }

    private static byte[] sequence(byte[] content) {
        return tagged((byte) 0x30, content);
    }

    private static byte[] tagged(byte tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {tag, (byte) length}
                : length < 0x100
                        ? new byte[] {tag, (byte) 0x81, (byte) length}
                        : new byte[] {tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** What may be shown of it. */
    public Authentication.Certificate shown() {
        try {
            byte[] der = certificate.getEncoded();
            return new Authentication.Certificate(
                    certificate.getSubjectX500Principal().getName(),
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(java.security.MessageDigest.getInstance("SHA-256")
                                    .digest(der)),
                    HexFormat.of()
                            .withUpperCase()
                            .formatHex(java.security.MessageDigest.getInstance("SHA-1")
                                    .digest(der)),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
