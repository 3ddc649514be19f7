package org.postroom.parse;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener.Form;

/** Protected parts told by their types and names alone. */
final class Recognised {
    private Recognised() {}

    static boolean isSigned(PartType type) {
        return type.type().value().equals("multipart/signed");
    }

    /** By the protocol that a multipart/signed names; S/MIME if it names none. */
    static Standard standard(PartType type) {
        return standard(type, "");
    }

    /** By the signature's own type, else by the protocol that the multipart names. */
    static Standard standard(PartType type, String signature) {
        String protocol = type.type().parameter("protocol");
        String named = signature.isEmpty() ? protocol == null ? "" : Unsealing.lower(protocol) : signature;
        return named.contains("pgp") ? Standard.OPENPGP : Standard.SMIME;
    }

    static boolean isSignature(Part part) {
        return isSignature(part.type(), part.name());
    }

    static boolean isSignature(String type, @Nullable String name) {
        if (type.equals("application/pgp-signature") || type.endsWith("pkcs7-signature")) {
            return true;
        }
        String lower = name == null ? "" : Unsealing.lower(name);
        return lower.endsWith(".p7s") || lower.equals("signature.asc");
    }

    /** How a single part is protected; null if it is like any other. */
    static @Nullable Form form(Part part) {
        String type = part.type();
        if (type.startsWith("text/") || type.startsWith("image/")) {
            return null;
        }
        if (type.equals("application/pkcs7-mime") || type.equals("application/x-pkcs7-mime")) {
            return Form.SMIME;
        }
        String name = part.name();
        if (name == null) {
            return null;
        }
        String lower = Unsealing.lower(name);
        if (lower.endsWith(".p7m") && !isSignature(type, null)) {
            return Form.SMIME;
        }
        boolean pgp = lower.equals("encrypted.asc")
                || lower.equals("msg.asc")
                || lower.equals("openpgp-encrypted-message.asc");
        return pgp && !isSignature(type, null) ? Form.PGP : null;
    }

    /** What can be said of a part that nobody tried to open; null if it may be neither signed nor encrypted. */
    static @Nullable Protection closed(Part part, Form form) {
        if (form != Form.SMIME) {
            return closed(Standard.OPENPGP);
        }
        String said = part.description().type().parameter("smime-type");
        String kind = said == null ? "" : Unsealing.lower(said);
        String name = part.name() == null ? "" : Unsealing.lower(part.name());
        if (kind.equals("certs-only") || kind.equals("compressed-data") || name.endsWith(".p7c")) {
            return null;
        }
        return kind.startsWith("signed") ? signed(Standard.SMIME) : closed(Standard.SMIME);
    }

    static Protection signed(Standard standard) {
        return new Protection(
                standard,
                Signature.UNCHECKED,
                Encryption.NONE,
                null,
                "Signed with " + word(standard) + "; the signature was not checked.");
    }

    static Protection closed(Standard standard) {
        return new Protection(
                standard,
                Signature.NONE,
                Encryption.CLOSED,
                null,
                "Encrypted with " + word(standard) + "; it was not opened.");
    }

    /** A multipart/signed in which no signature is found. */
    static Protection unsigned(Standard standard) {
        return new Protection(
                standard,
                Signature.UNCHECKED,
                Encryption.NONE,
                null,
                "Said to be signed with " + word(standard) + ", but its signature is missing or damaged.");
    }

    private static String word(Standard standard) {
        return switch (standard) {
            case SMIME -> "S/MIME";
            case OPENPGP -> "OpenPGP";
        };
    }
}
