package org.postroom.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom TLS trusts: the authorities of the JDK, and those of one PEM file ({@code POSTROOM_TRUSTED_CA}). */
public final class TrustedAuthorities {
    private TrustedAuthorities() {}

    /**
     * A TLS context.
     *
     * @param more a PEM file with further authorities, or null
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     */
    public static SSLContext context(@Nullable Path more) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (X509Certificate known : platform().getAcceptedIssuers()) {
                store.setCertificateEntry("jdk" + n++, known);
            }
            if (more != null) {
                for (Certificate added : read(more)) {
                    store.setCertificateEntry("added" + n++, added);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("POSTROOM_TRUSTED_CA: " + file + " holds no certificate");
            }
            return found;
        } catch (IOException e) {
            throw new IllegalArgumentException("POSTROOM_TRUSTED_CA: " + file + " cannot be read", e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "POSTROOM_TRUSTED_CA: " + file + " is not a PEM file of certificates: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager platform() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
