package org.postroom.simulator.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes X.509 certificates (RFC 5280): for P-256 keys, signed with SHA-256 and ECDSA; for RSA keys, by themselves. */
final class CertificateMaker {
    private static final Algorithm ECDSA =
            new Algorithm("SHA256withECDSA", Der.sequence(Der.oid("1.2.840.10045.4.3.2")));
    private static final Algorithm RSA =
            new Algorithm("SHA256withRSA", Der.sequence(Der.oid("1.2.840.113549.1.1.11"), Der.tagged(0x05)));
    private static final Duration VALID = Duration.ofDays(3653);

    private CertificateMaker() {}

    /** How a certificate is signed: Java's name, and the AlgorithmIdentifier in DER. */
    private record Algorithm(String name, byte[] der) {}

    static X509Certificate authority(String name, KeyPair keys) throws GeneralSecurityException {
        byte[] keyUsage = Der.bits(1, new byte[] {0x06});
        List<byte[]> extensions = List.of(
                extension("2.5.29.19", true, Der.sequence(Der.yes())),
                extension("2.5.29.15", true, keyUsage),
                extension("2.5.29.14", false, Der.octets(keyId(keys.getPublic()))));
        return make(name, name, keys.getPublic(), keys.getPrivate(), extensions);
    }

    static X509Certificate server(String name, List<String> hosts, PublicKey key, String issuer, KeyPair issuerKeys)
            throws GeneralSecurityException {
        List<byte[]> names = new ArrayList<>();
        names.add(Der.tagged(0x87, new byte[] {127, 0, 0, 1}));
        names.add(Der.tagged(0x87, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
        hosts.forEach(host -> names.add(Der.tagged(0x82, host.getBytes(US_ASCII))));
        byte[] authorityKey = Der.sequence(Der.tagged(0x80, keyId(issuerKeys.getPublic())));
        List<byte[]> extensions = List.of(
                extension("2.5.29.17", false, Der.sequence(names.toArray(byte[][]::new))),
                extension("2.5.29.19", true, Der.sequence()),
                extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})),
                extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.14", false, Der.octets(keyId(key))),
                extension("2.5.29.35", false, authorityKey));
        return make(name, issuer, key, issuerKeys.getPrivate(), extensions);
    }

    static X509Certificate selfSigned(String name, KeyPair keys, Instant starts, Instant expires)
            throws GeneralSecurityException {
        List<byte[]> extensions = List.of(
                extension("2.5.29.15", true, Der.bits(7, new byte[] {(byte) 0x80})),
                extension("2.5.29.14", false, Der.octets(keyId(keys.getPublic()))));
        return make(name, name, keys.getPublic(), keys.getPrivate(), extensions, RSA, starts, expires);
    }

    private static X509Certificate make(
            String subject, String issuer, PublicKey key, PrivateKey signer, List<byte[]> extensions)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        return make(subject, issuer, key, signer, extensions, ECDSA, now.minus(Duration.ofDays(1)), now.plus(VALID));
    }

    private static X509Certificate make(
            String subject,
            String issuer,
            PublicKey key,
            PrivateKey signer,
            List<byte[]> extensions,
            Algorithm algorithm,
            Instant starts,
            Instant expires)
            throws GeneralSecurityException {
        byte[] tbs = Der.sequence(
                Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, new SecureRandom()).setBit(119)),
                algorithm.der(),
                name(issuer),
                Der.sequence(Der.time(starts), Der.time(expires)),
                name(subject),
                key.getEncoded(),
                Der.tagged(0xa3, Der.sequence(extensions.toArray(byte[][]::new))));
        Signature signature = Signature.getInstance(algorithm.name());
        signature.initSign(signer);
        signature.update(tbs);
        byte[] certificate = Der.sequence(tbs, algorithm.der(), Der.bits(0, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
                : Der.sequence(Der.oid(oid), Der.octets(value));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(key.getEncoded());
    }
}
