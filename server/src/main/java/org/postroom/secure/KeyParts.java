package org.postroom.secure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Protection.Standard;
import org.postroom.secure.ChannelKey.Purpose;

/**
 * A key taken apart for storing: what may be shown, what is public, what is secret.
 *
 * @param secret to be sealed; null if there is nothing secret in it
 */
record KeyParts(ChannelKey shown, byte[] open, @Nullable String secret) {
    /** Never shows the secret. */
    @Override
    public String toString() {
        return "KeyParts[" + shown + "]";
    }

    static KeyParts of(KeyMaterial key, String id, String channelId, Instant now) {
        try {
            return switch (key) {
                case KeyMaterial.Certificate certificate -> certificate(certificate, id, channelId, now);
                case KeyMaterial.Pgp pgp -> pgp(pgp, id, channelId, now);
            };
        } catch (IOException e) {
            throw new IllegalStateException("a key that was read can be written", e);
        }
    }

    private static KeyParts certificate(KeyMaterial.Certificate key, String id, String channelId, Instant now)
            throws IOException {
        X509CertificateHolder certificate = key.certificate();
        ChannelKey shown = new ChannelKey(
                id,
                channelId,
                Standard.SMIME,
                key.purpose(),
                Names.subject(certificate.getSubject()),
                Names.addresses(certificate),
                HexFormat.of().withUpperCase().formatHex(sha256(certificate.getEncoded())),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                now);
        String secret = key.key() == null
                ? null
                : Base64.getEncoder().encodeToString(key.key().getEncoded());
        return new KeyParts(shown, certificate.getEncoded(), secret);
    }

    private static KeyParts pgp(KeyMaterial.Pgp key, String id, String channelId, Instant now) throws IOException {
        OpenPGPCertificate certificate = key.certificate();
        Set<String> addresses = new LinkedHashSet<>();
        List<String> ids = certificate.getAllUserIds().stream()
                .map(OpenPGPCertificate.OpenPGPUserId::getUserId)
                .toList();
        for (String userId : ids) {
            String address = Names.address(userId);
            if (!address.isEmpty() && addresses.size() < 20) {
                addresses.add(address);
            }
        }
        Date until = certificate.getExpirationTime();
        ChannelKey shown = new ChannelKey(
                id,
                channelId,
                Standard.OPENPGP,
                key.purpose(),
                ids.isEmpty() ? "(no name)" : Names.cut(ids.getFirst()),
                List.copyOf(addresses),
                HexFormat.of().withUpperCase().formatHex(certificate.getFingerprint()),
                certificate.getPrimaryKey().getCreationTime().toInstant(),
                until == null ? null : until.toInstant(),
                now);
        PGPSecretKeyRing ring = key.secret();
        String secret =
                ring == null ? null : Base64.getEncoder().encodeToString(ring.getEncoded()) + "\n" + key.passphrase();
        return new KeyParts(shown, certificate.getPGPPublicKeyRing().getEncoded(), secret);
    }

    /** The key put together again. */
    static KeyMaterial material(Standard standard, Purpose purpose, byte[] open, @Nullable String secret) {
        try {
            return switch (standard) {
                case SMIME -> {
                    X509CertificateHolder certificate = new X509CertificateHolder(open);
                    yield new KeyMaterial.Certificate(purpose, certificate, secret == null ? null : key(secret));
                }
                case OPENPGP -> {
                    int line = secret == null ? -1 : secret.indexOf('\n');
                    PGPSecretKeyRing ring = secret == null
                            ? null
                            : new PGPSecretKeyRing(
                                    Base64.getDecoder().decode(secret.substring(0, line)),
                                    Castle.PGP.keyFingerPrintCalculator());
                    PGPPublicKeyRing known = new PGPPublicKeyRing(open, Castle.PGP.keyFingerPrintCalculator());
                    yield new KeyMaterial.Pgp(
                            purpose,
                            PgpKeyFile.certificate(known),
                            ring,
                            secret == null ? "" : secret.substring(line + 1));
                }
            };
        } catch (IOException | GeneralSecurityException | PGPException e) {
            throw new IllegalStateException("a stored key cannot be read", e);
        }
    }

    private static PrivateKey key(String base64) throws GeneralSecurityException {
        byte[] pkcs8 = Base64.getDecoder().decode(base64);
        String algorithm = PrivateKeyInfo.getInstance(pkcs8)
                .getPrivateKeyAlgorithm()
                .getAlgorithm()
                .getId();
        return KeyFactory.getInstance(algorithm, Castle.PROVIDER).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
