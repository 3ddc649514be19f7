package org.postroom.mail;

import org.jspecify.annotations.Nullable;

/**
 * How a message was protected on its way, and what came of checking that (S/MIME, RFC 8551; OpenPGP, RFC 3156 and 9580).
 *
 * @param signature what is known of its signature
 * @param encryption what is known of its encryption
 * @param signer the address or name that the signature's certificate or key names
 * @param words for people: what was found, or what kept it from being checked and what to do
 */
public record Protection(
        Standard standard,
        Signature signature,
        Encryption encryption,
        @Nullable String signer,
        String words) {
    /** By which standard. */
    public enum Standard {
        SMIME,
        OPENPGP
    }

    /** The state of a signature. */
    public enum Signature {
        /** There is none. */
        NONE,
        /** It fits the content, and its signer is who the message says and is trusted by the channel. */
        VERIFIED,
        /** It fits the content; its signer is not known to the channel, or is somebody else than the sender. */
        UNTRUSTED,
        /** It does not fit the content. */
        BROKEN,
        /** It was not checked. */
        UNCHECKED
    }

    /** The state of an encryption. */
    public enum Encryption {
        /** There is none. */
        NONE,
        /** It was opened by a key of the channel. */
        DECRYPTED,
        /** It could not be opened. */
        CLOSED
    }
}
