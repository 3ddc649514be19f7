package org.postroom.secure;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Protection.Signature;
import org.postroom.parse.Opener.Content;

/** Judges OpenPGP signatures over a content by the public keys that the channel was given. */
final class PgpSigners {
    private static final int MAX_SIGNATURES = 10;
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final KeyRing keys;
    private final Clock clock;

    PgpSigners(KeyRing keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    private record Found(OpenPGPCertificate certificate, OpenPGPCertificate.OpenPGPComponentKey key) {}

    /** The signature that counts; there is at least one. */
    Said judge(List<PGPSignature> signatures, Content content, List<Address> from) throws IOException {
        List<Said> all = new ArrayList<>();
        for (PGPSignature one : signatures) {
            if (all.size() >= MAX_SIGNATURES) {
                break;
            }
            all.add(judge(one, content, from));
        }
        return Said.best(all);
    }

    private Said judge(PGPSignature signature, Content content, List<Address> from) throws IOException {
        int type = signature.getSignatureType();
        if (type != PGPSignature.BINARY_DOCUMENT && type != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
            return Said.unchecked("Signed with OpenPGP, but not as a document is signed.");
        }
        Found found = key(signature);
        if (found == null) {
            return Said.unchecked("Signed with OpenPGP by the key " + keyId(signature)
                    + ", which this channel does not have. Ask the sender for the public key, and add it to the"
                    + " channel's keys.");
        }
        String sender = Said.sender(from);
        String name = name(found.certificate, sender);
        try {
            if (!fits(signature, found.key, content)) {
                return Said.broken(name);
            }
            return known(signature, found, name, sender);
        } catch (PGPException | RuntimeException e) {
            return Said.unchecked(
                    "Signed with OpenPGP, but the signature is damaged or of a kind that cannot be" + " checked.");
        }
    }

    private Said known(PGPSignature signature, Found found, String name, String sender) {
        Date signed = signature.getCreationTime();
        if (signed == null || signed.toInstant().isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
            return Said.untrusted(name, "The signature of " + name + " says it was made in the future, or not when.");
        }
        if (!Castle.PGP.policy().hasAcceptableDocumentSignatureHashAlgorithm(signature)) {
            return Said.untrusted(
                    name,
                    "The signature of " + name + " fits the content, but was made in a way that"
                            + " others can imitate by now (MD5 or SHA-1). Ask the sender to bring his program up to date.");
        }
        if (!found.key.isSigningKey(signed)) {
            return Said.untrusted(
                    name,
                    "The signature fits the content, but the key of " + name
                            + " was not valid for signing then: it had ended or was withdrawn.");
        }
        boolean isSender = found.certificate.getValidUserIds(signed).stream()
                .anyMatch(
                        id -> !sender.isEmpty() && Names.address(id.getUserId()).equals(sender));
        if (!isSender) {
            return Said.untrusted(
                    name,
                    "The signature is by " + name + ", but the message says it is from "
                            + (sender.isEmpty() ? "nobody" : sender) + ".");
        }
        return new Said(Signature.VERIFIED, name, "Signed by " + name + " with OpenPGP, and unchanged since.");
    }

    private @Nullable Found key(PGPSignature signature) {
        for (KeyMaterial.Pgp one : keys.pgp()) {
            for (KeyIdentifier id : signature.getKeyIdentifiers()) {
                OpenPGPCertificate.OpenPGPComponentKey key =
                        id.isWildcard() ? null : one.certificate().getKey(id);
                if (key != null) {
                    return new Found(one.certificate(), key);
                }
            }
        }
        return null;
    }

    private static boolean fits(PGPSignature signature, OpenPGPCertificate.OpenPGPComponentKey key, Content content)
            throws IOException, PGPException {
        signature.init(Castle.PGP.pgpContentVerifierBuilderProvider(), key.getPGPPublicKey());
        byte[] buffer = new byte[8192];
        try (InputStream in = content.open()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                signature.update(buffer, 0, n);
            }
        }
        return signature.verify();
    }

    /** The sender's address if the key names it, else the first user id. */
    private static String name(OpenPGPCertificate certificate, String sender) {
        List<String> ids = certificate.getAllUserIds().stream()
                .map(OpenPGPCertificate.OpenPGPUserId::getUserId)
                .toList();
        if (!sender.isEmpty() && ids.stream().anyMatch(id -> Names.address(id).equals(sender))) {
            return sender;
        }
        for (String id : ids) {
            if (!Names.address(id).isEmpty()) {
                return Names.address(id);
            }
        }
        return ids.isEmpty() ? certificate.getKeyIdentifier().toString() : Names.cut(ids.getFirst());
    }

    static String keyId(PGPSignature signature) {
        return keyId(signature.getKeyID());
    }

    static String keyId(long id) {
        return String.format(Locale.ROOT, "%016X", id);
    }
}
