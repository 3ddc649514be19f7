package org.postroom.secure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.postroom.secure.ChannelKey.Purpose;

/**
 * Whether a certificate may vouch for a sender: it is a correspondent's that the channel was given, or an authority of the
 * channel or of the Java runtime stands behind it (RFC 8550, RFC 5280). Nothing is asked over the network.
 */
final class SmimeTrust {
    private static final int LONGEST_PATH = 6;
    /** Signatures of certificates that are tried for one path. */
    private static final int MAX_TRIES = 40;

    private final KeyRing keys;
    private int tries;

    SmimeTrust(KeyRing keys) {
        this.keys = keys;
    }

    /** The runtime's authorities, read once. */
    private static final class Known {
        static final List<X509CertificateHolder> AUTHORITIES = read();

        private static List<X509CertificateHolder> read() {
            try {
                TrustManagerFactory factory =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init((KeyStore) null);
                List<X509CertificateHolder> found = new ArrayList<>();
                for (TrustManager manager : factory.getTrustManagers()) {
                    if (manager instanceof X509TrustManager x509) {
                        for (X509Certificate one : x509.getAcceptedIssuers()) {
                            found.add(new JcaX509CertificateHolder(one));
                        }
                    }
                }
                return List.copyOf(found);
            } catch (GeneralSecurityException e) {
                return List.of();
            }
        }
    }

    /** What speaks against a certificate, to stand behind "the certificate of …"; null if nothing does. */
    @Nullable
    String doubt(X509CertificateHolder certificate, List<X509CertificateHolder> sent, Instant at) {
        Date when = Date.from(at);
        if (!certificate.isValidOn(when)) {
            return "was not valid when the message was signed.";
        }
        if (!mayVouch(certificate)) {
            return "is not made for signing mail.";
        }
        for (KeyMaterial.Certificate peer : keys.certificates()) {
            if (peer.purpose() != Purpose.AUTHORITY && peer.certificate().equals(certificate)) {
                return null;
            }
        }
        tries = 0;
        List<X509CertificateHolder> path = new ArrayList<>();
        X509CertificateHolder anchor = path(certificate, sent, path);
        if (anchor == null) {
            return "was issued by " + Names.subject(certificate.getIssuer()) + ", whom this channel does not trust. If"
                    + " you do, an administrator can add that authority, or the certificate, to the channel's keys.";
        }
        return isValid(path, anchor, when) ? null : "does not lead to an authority by rules that can be relied on.";
    }

    /** Signs, and is for mail if it says what it is for. */
    private static boolean mayVouch(X509CertificateHolder certificate) {
        if (certificate.getExtensions() == null) {
            return true;
        }
        KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(certificate.getExtensions());
        return (usage == null || usage.hasUsages(KeyUsage.digitalSignature) || usage.hasUsages(KeyUsage.nonRepudiation))
                && (purposes == null
                        || purposes.hasKeyPurposeId(KeyPurposeId.id_kp_emailProtection)
                        || purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage));
    }

    /** Goes up from one certificate; fills the path and answers its anchor. */
    private @Nullable X509CertificateHolder path(
            X509CertificateHolder leaf, List<X509CertificateHolder> sent, List<X509CertificateHolder> path) {
        X509CertificateHolder current = leaf;
        while (path.size() < LONGEST_PATH) {
            path.add(current);
            X509CertificateHolder anchor = issuer(current, authorities());
            if (anchor != null) {
                return anchor;
            }
            X509CertificateHolder next = issuer(current, sent);
            if (next == null || path.contains(next)) {
                return null;
            }
            current = next;
        }
        return null;
    }

    private List<X509CertificateHolder> authorities() {
        List<X509CertificateHolder> all = new ArrayList<>();
        keys.certificates(Purpose.AUTHORITY).forEach(c -> all.add(c.certificate()));
        all.addAll(Known.AUTHORITIES);
        return all;
    }

    private @Nullable X509CertificateHolder issuer(X509CertificateHolder of, List<X509CertificateHolder> among) {
        X500Name name = of.getIssuer();
        for (X509CertificateHolder one : among) {
            if (one.getSubject().equals(name) && tries++ < MAX_TRIES && signed(of, one)) {
                return one;
            }
        }
        return null;
    }

    private static boolean signed(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        try {
            x509(certificate).verify(Names.publicKey(issuer), Castle.PROVIDER);
            return true;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isValid(List<X509CertificateHolder> path, X509CertificateHolder anchor, Date when) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (X509CertificateHolder one : path) {
                if (!Arrays.equals(one.getEncoded(), anchor.getEncoded())) {
                    if (isWeak(one)) {
                        return false;
                    }
                    certificates.add(x509(one));
                }
            }
            if (certificates.isEmpty()) {
                return true; // the authority itself signed
            }
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(x509(anchor), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(when);
            CertPathValidator.getInstance("PKIX", Castle.PROVIDER)
                    .validate(
                            CertificateFactory.getInstance("X.509", Castle.PROVIDER)
                                    .generateCertPath(certificates),
                            parameters);
            return true;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return false;
        }
    }

    /** Signed by MD2, MD5 or SHA-1, so that another may stand in its place. */
    private static boolean isWeak(X509CertificateHolder certificate) {
        String algorithm = new org.bouncycastle.operator.DefaultAlgorithmNameFinder()
                .getAlgorithmName(certificate.getSignatureAlgorithm())
                .toUpperCase(java.util.Locale.ROOT);
        return algorithm.contains("MD2") || algorithm.contains("MD5") || algorithm.contains("SHA1");
    }

    private static X509Certificate x509(X509CertificateHolder holder) throws GeneralSecurityException {
        return new JcaX509CertificateConverter().setProvider(Castle.PROVIDER).getCertificate(holder);
    }
}
