package org.postroom.secure;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority that lives as long as a test. */
public final class TestAuthority {
    /**
     * When the tests began. Not a date of our choice: OpenSSL and GnuPG sign by the clock of the machine, and a
     * signature later than the reader's own time is not trusted.
     */
    public static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private static final AtomicLong SERIAL = new AtomicLong(0x1000);

    private final KeyPair pair = rsa();
    private final X500Name name;
    public final X509CertificateHolder certificate;

    public TestAuthority(String name) {
        this.name = new X500Name("CN=" + name);
        certificate = sign(
                this.name,
                pair,
                NOW.minus(Duration.ofDays(1000)),
                NOW.plus(Duration.ofDays(3000)),
                null,
                new BasicConstraints(true),
                null);
    }

    /** A certificate with its private key. */
    public record Identity(X509CertificateHolder certificate, PrivateKey key, X509CertificateHolder authority) {
        public String pem() {
            return TestAuthority.pem(certificate) + TestAuthority.pem(key);
        }

        public byte[] pkcs12(String passphrase) {
            try {
                KeyStore store = KeyStore.Builder.newInstance(
                                "PKCS12", null, new KeyStore.PasswordProtection(passphrase.toCharArray()))
                        .getKeyStore();
                JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
                store.setKeyEntry("key", key, passphrase.toCharArray(), new Certificate[] {
                    converter.getCertificate(certificate), converter.getCertificate(authority)
                });
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                store.store(out, passphrase.toCharArray());
                return out.toByteArray();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public Identity rsaFor(String address) {
        return identity(
                address,
                rsa(),
                NOW.minus(Duration.ofDays(100)),
                NOW.plus(Duration.ofDays(300)),
                KeyPurposeId.id_kp_emailProtection);
    }

    public Identity ecFor(String address) {
        return identity(
                address,
                ec(),
                NOW.minus(Duration.ofDays(100)),
                NOW.plus(Duration.ofDays(300)),
                KeyPurposeId.id_kp_emailProtection);
    }

    Identity identity(String address, KeyPair keys, Instant from, Instant until, KeyPurposeId purpose) {
        return new Identity(
                sign(new X500Name("CN=" + address.replaceAll("@.*", "")), keys, from, until, address, null, purpose),
                keys.getPrivate(),
                certificate);
    }

    private X509CertificateHolder sign(
            X500Name subject,
            KeyPair keys,
            Instant from,
            Instant until,
            @Nullable String address,
            @Nullable BasicConstraints constraints,
            @Nullable KeyPurposeId purpose) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    keys.getPublic());
            if (address != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.rfc822Name, address)));
            }
            if (constraints != null) {
                builder.addExtension(Extension.basicConstraints, true, constraints);
            }
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static String pem(Object one) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(one);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
