package org.postroom.secure;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.postroom.secure.ChannelKey.Purpose;
import org.postroom.secure.KeyFile.WrongKeyException;

/** PKCS#12 (RFC 7292): private keys with their certificates; the authorities above them come along. */
final class Pkcs12File {
    private Pkcs12File() {}

    static List<KeyMaterial> read(byte[] file, String passphrase) throws WrongKeyException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(KeyFile.stream(file), passphrase.toCharArray());
            return keys(store, passphrase);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException || e.getCause() instanceof GeneralSecurityException) {
                throw WrongKeyException.passphrase(!passphrase.isEmpty(), e);
            }
            throw new WrongKeyException("file", "this is not a key file, or it is damaged", e);
        } catch (UnrecoverableKeyException e) {
            throw WrongKeyException.passphrase(!passphrase.isEmpty(), e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new WrongKeyException("file", "this key file cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<KeyMaterial> keys(KeyStore store, String passphrase)
            throws GeneralSecurityException, IOException {
        List<KeyMaterial> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.isKeyEntry(alias) ? store.getKey(alias, passphrase.toCharArray()) : null;
            Certificate[] chain = store.getCertificateChain(alias);
            if (key instanceof PrivateKey secret && chain != null && chain.length > 0) {
                found.add(new KeyMaterial.Certificate(
                        Purpose.OWN, new X509CertificateHolder(chain[0].getEncoded()), secret));
                for (int i = 1; i < chain.length; i++) {
                    found.add(KeyFile.certificate(new X509CertificateHolder(chain[i].getEncoded())));
                }
            } else if (store.isCertificateEntry(alias)) {
                found.add(KeyFile.certificate(
                        new X509CertificateHolder(store.getCertificate(alias).getEncoded())));
            }
        }
        return found;
    }
}
