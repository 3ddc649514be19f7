package org.postroom.secure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Protection.Standard;

/**
 * A key or certificate of a channel, without anything secret.
 *
 * @param subject the name it was made out to
 * @param addresses e-mail addresses that it names, in lower case
 * @param fingerprint of a certificate its SHA-256, of an OpenPGP key its own; hexadecimal in upper case
 * @param validUntil null if it never ends
 */
public record ChannelKey(
        String id,
        String channelId,
        Standard standard,
        Purpose purpose,
        String subject,
        List<String> addresses,
        String fingerprint,
        @Nullable Instant validFrom,
        @Nullable Instant validUntil,
        Instant addedAt) {
    /** Copies the addresses. */
    public ChannelKey {
        addresses = List.copyOf(addresses);
    }

    /** What a key is for. */
    public enum Purpose {
        /** The channel's own, with its private part: opens what is encrypted. */
        OWN,
        /** A correspondent's: checks what that one signs. */
        PEER,
        /** A certificate authority's: vouches for the certificates of correspondents. */
        AUTHORITY
    }
}
