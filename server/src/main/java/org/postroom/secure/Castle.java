package org.postroom.secure;

import java.math.BigInteger;
import java.security.Provider;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openpgp.api.OpenPGPImplementation;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;

/** Bouncy Castle, loaded when the first protected mail or key comes, and never registered for the rest of the process. */
final class Castle {
    private static final int LARGEST_RSA = 16_384;
    private static final int LARGEST_EXPONENT = 64;

    static final Provider PROVIDER = new BouncyCastleProvider();
    static final OpenPGPImplementation PGP = new BcOpenPGPImplementation();

    private Castle() {}

    /** Whether a key that a stranger sent can be used without costing more than it should. */
    static boolean isHarmless(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        try {
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                    || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
                RSAPublicKey rsa = RSAPublicKey.getInstance(key.parsePublicKey());
                BigInteger modulus = rsa.getModulus();
                return modulus.bitLength() <= LARGEST_RSA
                        && rsa.getPublicExponent().bitLength() <= LARGEST_EXPONENT;
            }
            return !algorithm.equals(X9ObjectIdentifiers.id_dsa)
                    && (!algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                            || key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier);
        } catch (java.io.IOException | RuntimeException e) {
            return false;
        }
    }
}
