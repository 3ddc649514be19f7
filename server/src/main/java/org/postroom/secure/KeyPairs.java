package org.postroom.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.cert.X509CertificateHolder;

/** Private keys and the certificates they belong to. */
final class KeyPairs {
    private KeyPairs() {}

    /** Keys that cannot sign are told by their algorithm alone. */
    static boolean belong(PrivateKey key, X509CertificateHolder certificate) {
        try {
            PublicKey known = Names.publicKey(certificate);
            if (key instanceof RSAPrivateKey rsa) {
                return known instanceof RSAPublicKey other && rsa.getModulus().equals(other.getModulus());
            }
            String algorithm = key.getAlgorithm();
            return algorithm.startsWith("X")
                    ? known.getAlgorithm().equals(algorithm)
                    : signs(key, known, algorithm.startsWith("Ed") ? algorithm : "SHA256withECDSA");
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static boolean signs(PrivateKey key, PublicKey known, String by) throws GeneralSecurityException {
        byte[] probe = "postroom".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance(by, Castle.PROVIDER);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(probe);
        return signature.verify(signed);
    }
}
