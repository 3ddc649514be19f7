package org.postroom.secure;

import java.security.PrivateKey;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.jspecify.annotations.Nullable;

/** A key as it is used. Private parts stay within this package. */
sealed interface KeyMaterial {
    /** What may be shown of it, and what it is for. */
    ChannelKey.Purpose purpose();

    /**
     * An X.509 certificate.
     *
     * @param key of the channel's own only
     */
    record Certificate(
            ChannelKey.Purpose purpose,
            X509CertificateHolder certificate,
            @Nullable PrivateKey key) implements KeyMaterial {
        /** Never shows the key. */
        @Override
        public String toString() {
            return "Certificate[" + purpose + ", " + certificate.getSubject() + "]";
        }
    }

    /**
     * An OpenPGP key.
     *
     * @param secret of the channel's own only
     * @param passphrase empty if the secret part needs none
     */
    record Pgp(
            ChannelKey.Purpose purpose,
            OpenPGPCertificate certificate,
            @Nullable PGPSecretKeyRing secret,
            String passphrase)
            implements KeyMaterial {
        /** Never shows the key. */
        @Override
        public String toString() {
            return "Pgp[" + purpose + ", " + certificate.getPrettyFingerprint() + "]";
        }
    }
}
