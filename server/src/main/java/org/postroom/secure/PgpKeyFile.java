package org.postroom.secure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.postroom.secure.ChannelKey.Purpose;
import org.postroom.secure.KeyFile.WrongKeyException;

/** OpenPGP keys as gpg and mail programs export them, several in one file too. */
final class PgpKeyFile {
    private static final String BEGIN = "-----BEGIN PGP ";

    private PgpKeyFile() {}

    static List<KeyMaterial> read(byte[] file, String passphrase) throws WrongKeyException {
        List<KeyMaterial> found = new ArrayList<>();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(BEGIN);
        if (at < 0) {
            add(file, passphrase, found);
        }
        while (at >= 0) {
            int next = text.indexOf(BEGIN, at + 1);
            String block = text.substring(at, next < 0 ? text.length() : next);
            if (!block.startsWith(BEGIN + "PUBLIC KEY") && !block.startsWith(BEGIN + "PRIVATE KEY")) {
                throw WrongKeyException.file("this is an OpenPGP message or signature, not a key; export the key:"
                        + " gpg --armor --export ADDRESS");
            }
            add(block.getBytes(StandardCharsets.ISO_8859_1), passphrase, found);
            at = next;
        }
        return found;
    }

    private static void add(byte[] block, String passphrase, List<KeyMaterial> found) throws WrongKeyException {
        try (InputStream in = PGPUtil.getDecoderStream(KeyFile.stream(block))) {
            PGPObjectFactory objects = Castle.PGP.pgpObjectFactory(in);
            for (Object one = objects.nextObject(); one != null; one = objects.nextObject()) {
                if (one instanceof PGPSecretKeyRing secret) {
                    found.add(own(secret, passphrase));
                } else if (one instanceof PGPPublicKeyRing ring) {
                    found.add(new KeyMaterial.Pgp(Purpose.PEER, certificate(ring), null, ""));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new WrongKeyException("file", "this OpenPGP key is damaged, or of a kind that is not supported", e);
        }
    }

    static OpenPGPCertificate certificate(PGPPublicKeyRing ring) {
        return new OpenPGPCertificate(ring, Castle.PGP);
    }

    private static KeyMaterial own(PGPSecretKeyRing ring, String passphrase) throws WrongKeyException {
        boolean any = false;
        try {
            for (PGPSecretKey key : ring) {
                any |= PgpRecipients.unlocked(key, passphrase) != null;
            }
        } catch (PGPException e) {
            throw WrongKeyException.passphrase(!passphrase.isEmpty(), e);
        }
        if (!any) {
            throw WrongKeyException.file("the secret parts of this key are elsewhere, such as on a card; export it from"
                    + " where they are: gpg --armor --export-secret-keys ADDRESS");
        }
        return new KeyMaterial.Pgp(Purpose.OWN, certificate(ring.toCertificate()), ring, passphrase);
    }
}
