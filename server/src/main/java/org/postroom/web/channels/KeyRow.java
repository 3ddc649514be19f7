package org.postroom.web.channels;

import java.time.Duration;
import java.time.Instant;
import org.postroom.secure.ChannelKey;

/**
 * A key as its row shows it.
 *
 * @param kind what it is, in words
 * @param fingerprint in groups of four
 * @param ending {@code over}, {@code soon} or nothing
 */
record KeyRow(ChannelKey key, String kind, String fingerprint, String ending) {
    private static final Duration SOON = Duration.ofDays(30);

    static KeyRow of(ChannelKey key, Instant now) {
        String what = switch (key.standard()) {
            case SMIME -> "S/MIME";
            case OPENPGP -> "OpenPGP";
        };
        String whose = switch (key.purpose()) {
            case OWN -> what + ", the channel's own";
            case PEER -> what + ", a correspondent's";
            case AUTHORITY -> what + ", an authority's";
        };
        Instant until = key.validUntil();
        String ending =
                until == null ? "" : !until.isAfter(now) ? "over" : until.isBefore(now.plus(SOON)) ? "soon" : "";
        return new KeyRow(key, whose, key.fingerprint().replaceAll("(.{4})(?=.)", "$1 "), ending);
    }
}
