package org.postroom.secure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;
import org.postroom.secure.ChannelKey.Purpose;

/**
 * A file with keys as people have them: PKCS#12, PEM, DER or PKCS#7 certificates, PEM private keys with their certificate,
 * OpenPGP keys armored or not.
 */
final class KeyFile {
    static final int LARGEST = 1 << 20;
    private static final int MOST_KEYS = 100;

    private KeyFile() {}

    /** Why a file is not taken. */
    static final class WrongKeyException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String field;

        /** @param field {@code file} or {@code passphrase} */
        WrongKeyException(String field, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.field = field;
        }

        String field() {
            return field;
        }

        static WrongKeyException file(String message) {
            return new WrongKeyException("file", message, null);
        }

        static WrongKeyException passphrase(boolean given, @Nullable Throwable cause) {
            return new WrongKeyException(
                    "passphrase",
                    given ? "the passphrase does not open this file" : "this file is locked; enter its passphrase",
                    cause);
        }
    }

    /**
     * Reads a file.
     *
     * @param passphrase empty if it needs none
     * @throws WrongKeyException with words for whoever chose it
     */
    static List<KeyMaterial> read(byte[] file, String passphrase) throws WrongKeyException {
        if (file.length == 0) {
            throw WrongKeyException.file("choose a file with a key or a certificate");
        }
        if (file.length > LARGEST) {
            throw WrongKeyException.file("the file is larger than 1 MB; a file of keys is a few KB, so choose another");
        }
        List<KeyMaterial> found = new ArrayList<>(all(file, passphrase));
        if (found.isEmpty()) {
            throw WrongKeyException.file("there is no key and no certificate in this file; choose a .p12, .pfx, .cer,"
                    + " .crt, .pem, .p7b, .asc or .gpg file");
        }
        if (found.size() > MOST_KEYS) {
            throw WrongKeyException.file("there are more than " + MOST_KEYS + " keys in this file; split it");
        }
        return found;
    }

    private static List<KeyMaterial> all(byte[] file, String passphrase) throws WrongKeyException {
        String start = new String(file, 0, Math.min(file.length, LARGEST), StandardCharsets.ISO_8859_1);
        if (start.contains("-----BEGIN PGP ")) {
            return PgpKeyFile.read(file, passphrase);
        }
        if (start.contains("-----BEGIN ")) {
            return PemKeyFile.read(start, passphrase);
        }
        if (file[0] != 0x30) {
            return (file[0] & 0x80) != 0 ? PgpKeyFile.read(file, passphrase) : List.of();
        }
        try {
            return List.of(certificate(new X509CertificateHolder(file)));
        } catch (IOException | RuntimeException e) {
            List<KeyMaterial> certificates = PemKeyFile.pkcs7(file);
            return certificates.isEmpty() ? Pkcs12File.read(file, passphrase) : certificates;
        }
    }

    /** A certificate by itself: an authority's if it may sign others, else a correspondent's. */
    static KeyMaterial certificate(X509CertificateHolder certificate) {
        var constraints = certificate.getExtensions() == null
                ? null
                : org.bouncycastle.asn1.x509.BasicConstraints.fromExtensions(certificate.getExtensions());
        boolean authority = constraints != null && constraints.isCA();
        return new KeyMaterial.Certificate(authority ? Purpose.AUTHORITY : Purpose.PEER, certificate, null);
    }

    static ByteArrayInputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }
}
