package org.postroom.simulator.organisation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of an app registration, which proves the app by what its key signs.
 *
 * @param starts not accepted before; may be later than the certificate's own date
 * @param expires not accepted from then on; may be earlier than the certificate's own date
 */
public record ClientCertificate(X509Certificate certificate, Instant starts, Instant expires) {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    /**
     * Reads the first certificate of a PEM text.
     *
     * @param expires an earlier end than the certificate's own, null for its own
     * @throws IllegalArgumentException if there is no certificate in it; the message says what is expected
     */
    public static ClientCertificate ofPem(String pem, @Nullable Instant expires) {
        int begin = pem.indexOf(BEGIN);
        if (begin < 0) {
            throw new IllegalArgumentException(
                    "must be a certificate as PEM, beginning with " + BEGIN + "; Entra wants no private key");
        }
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate read = (X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(pem.substring(begin).getBytes(US_ASCII)));
            Instant own = read.getNotAfter().toInstant();
            Instant end = expires == null || expires.isAfter(own) ? own : expires;
            return new ClientCertificate(read, read.getNotBefore().toInstant(), end);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("is no certificate that can be read: " + e.getMessage(), e);
        }
    }

    /** The same certificate with another end. */
    public ClientCertificate expiring(Instant end) {
        return new ClientCertificate(certificate, starts, end);
    }

    /** SHA-1 of the certificate in capital hex digits, as the portal shows it and {@code x5t} has it. */
    public String thumbprint() {
        return digest("SHA-1");
    }

    /** SHA-256 of the certificate in capital hex digits, as {@code x5t#S256} has it. */
    public String thumbprint256() {
        return digest("SHA-256");
    }

    private String digest(String algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
