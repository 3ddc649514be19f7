package org.postroom.secure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;
import org.postroom.mail.Protection.Standard;

/**
 * What is found of one signature.
 *
 * @param signer the address or name that its certificate or key names
 */
record Said(Signature signature, @Nullable String signer, String words) {
    static Said broken(@Nullable String signer) {
        return new Said(
                Signature.BROKEN,
                signer,
                "The signature does not fit the content: the message was changed on its way, or the signature is"
                        + " damaged. Do not rely on what it says; ask the sender another way.");
    }

    static Said unchecked(String words) {
        return new Said(Signature.UNCHECKED, null, words);
    }

    static Said untrusted(@Nullable String signer, String words) {
        return new Said(Signature.UNTRUSTED, signer, words);
    }

    /** The one that counts where there are several. */
    static Said best(List<Said> all) {
        Said best = all.getFirst();
        for (Said one : all) {
            best = rank(one.signature) < rank(best.signature) ? one : best;
        }
        return best;
    }

    private static int rank(Signature signature) {
        return switch (signature) {
            case VERIFIED -> 0;
            case BROKEN -> 1;
            case UNTRUSTED -> 2;
            case UNCHECKED -> 3;
            case NONE -> 4;
        };
    }

    Protection by(Standard standard) {
        return new Protection(standard, signature, Encryption.NONE, signer, words);
    }

    Protection inside(Standard standard, String opened) {
        return new Protection(standard, signature, Encryption.DECRYPTED, signer, opened + " " + words);
    }

    /** The address that a message is from, as it is shown; empty if it names none. */
    static String sender(List<Address> from) {
        return from.isEmpty() ? "" : from.getFirst().address().toLowerCase(Locale.ROOT);
    }
}
