package org.postroom.secure;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.bcpg.AEADEncDataPacket;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.PGPSessionKeyEncryptedData;
import org.jspecify.annotations.Nullable;

/** Opens OpenPGP encrypted data by the channel's secret keys, those that have ended too. */
final class PgpRecipients {
    /** Private key operations for one message. */
    private static final int MAX_TRIES = 10;

    private static final int MAX_NAMED = 3;

    private final KeyRing keys;

    PgpRecipients(KeyRing keys) {
        this.keys = keys;
    }

    /** What came of it. */
    sealed interface Result {
        /** Its packets, with their integrity proven. */
        record Open(Spooled packets) implements Result {}

        /** To stand behind "Encrypted with OpenPGP." */
        record Closed(String words) implements Result {}
    }

    /** Opens one packet of encrypted data; nothing of it is handed on before it is known to be unchanged. */
    Result open(PGPEncryptedDataList list, long most) throws IOException {
        if (!isProtected(list)) {
            return new Result.Closed(
                    "It has no protection against changes on its way (no MDC), so that opening it could"
                            + " hand its content to a stranger; it was not opened. Ask the sender to send it again with a"
                            + " program of today.");
        }
        Set<String> named = new LinkedHashSet<>();
        PGPSessionKey session = session(list, named);
        if (session == null) {
            return new Result.Closed(missing(named));
        }
        Spooled packets = new Spooled(most);
        boolean whole = false;
        try {
            PGPSessionKeyEncryptedData data = list.extractSessionKeyEncryptedData();
            InputStream in = data.getDataStream(Castle.PGP.sessionKeyDataDecryptorFactory(session));
            Smime.copy(in, packets.out());
            whole = data.isAEAD() || data.verify();
        } catch (Spooled.TooMuchException e) {
            return new Result.Closed("It was not opened: " + e.getMessage() + ".");
        } catch (PGPException | IOException | RuntimeException e) {
            whole = false;
        } finally {
            if (!whole) {
                packets.close();
            }
        }
        return whole
                ? new Result.Open(packets)
                : new Result.Closed("The channel has the key, but the content was changed on its way or is damaged; it"
                        + " was not opened. Ask the sender to send it again.");
    }

    /** By a code over it, or by authenticated encryption, which GnuPG since 2.3 writes in a packet of its own. */
    private static boolean isProtected(PGPEncryptedDataList list) {
        return list.isIntegrityProtected() || list.getEncryptedData() instanceof AEADEncDataPacket;
    }

    private @Nullable PGPSessionKey session(PGPEncryptedDataList list, Set<String> named) {
        int tries = 0;
        for (PGPEncryptedData one : list) {
            if (!(one instanceof PGPPublicKeyEncryptedData data)) {
                continue;
            }
            KeyIdentifier id = data.getKeyIdentifier();
            if (named.size() < MAX_NAMED) {
                named.add(id.isWildcard() ? "a key it does not name" : "the key " + PgpSigners.keyId(id.getKeyId()));
            }
            for (KeyMaterial.Pgp key : keys.pgp()) {
                if (key.secret() == null) {
                    continue;
                }
                for (PGPSecretKey secret : key.secret()) {
                    boolean fits = id.isWildcard()
                            ? secret.getPublicKey().isEncryptionKey()
                            : secret.getKeyIdentifier().matchesExplicit(id);
                    if (fits && tries++ < MAX_TRIES) {
                        PGPSessionKey session = session(data, secret, key.passphrase());
                        if (session != null) {
                            return session;
                        }
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable PGPSessionKey session(
            PGPPublicKeyEncryptedData data, PGPSecretKey secret, String passphrase) {
        try {
            PGPPrivateKey key = unlocked(secret, passphrase);
            return key == null ? null : data.getSessionKey(Castle.PGP.publicKeyDataDecryptorFactory(key));
        } catch (PGPException | RuntimeException e) {
            return null;
        }
    }

    /** Null if only a stub of the key is there. */
    static @Nullable PGPPrivateKey unlocked(PGPSecretKey secret, String passphrase) throws PGPException {
        return secret.isPrivateKeyEmpty()
                ? null
                : secret.extractPrivateKey(Castle.PGP
                        .pbeSecretKeyDecryptorBuilderProvider()
                        .provide()
                        .build(passphrase.toCharArray()));
    }

    private static String missing(Set<String> named) {
        String whom = named.isEmpty() ? "a password only" : String.join(", or ", named);
        return "It can be opened by " + whom + "; the channel has no such secret key. An administrator can add it on"
                + " the channel's page under Encryption and signatures, and then try again.";
    }
}
