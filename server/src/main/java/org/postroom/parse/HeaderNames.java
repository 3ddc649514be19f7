package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of header fields that mail is full of, by which a header is told from text. */
final class HeaderNames {
    private static final byte[][] KNOWN = Words.set("""
            accept-language; approved-by; archived-at; authentication-results; auto-submitted; bcc; cc; comments; content-base;
            content-class; content-description; content-disposition; content-duration; content-features; content-id;
            content-identifier; content-language; content-length; content-location; content-md5; content-return;
            content-transfer-encoding; content-type; date; deferred-delivery; delivered-to; delivery-date; disposition-notification-to;
            dkim-signature; domainkey-signature; encoding; envelope-to; errors-to; feedback-id; followup-to; from; importance;
            in-reply-to; keywords; lines; mail-followup-to; mail-reply-to; mailing-list; message-id; mime-version; newsgroups;
            old-return-path; organization; original-recipient; path; precedence; priority; received; received-spf; references;
            reply-to; require-recipient-valid-since; resent-bcc; resent-cc; resent-date; resent-from; resent-message-id;
            resent-reply-to; resent-sender; resent-to; return-path; return-receipt-to; sender; sensitivity; spam-level;
            status; subject; thread-index; thread-topic; tls-required; to; user-agent; xref""").stream()
            .map(n -> n.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);
    private static final byte[][] BEGINNINGS = Words.set("x-; list-; arc-; ms-").stream()
            .map(n -> n.getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    /** The strings of names, so that each is made once. */
    private static final String[] STRINGS = Arrays.stream(KNOWN)
            .map(n -> new String(n, StandardCharsets.US_ASCII))
            .toArray(String[]::new);

    /** The first name of each hash, and for each name the next of the same hash; -1 for none. */
    private static final int[] FIRST = new int[256];

    private static final int[] NEXT = new int[KNOWN.length];

    static {
        Arrays.fill(FIRST, -1);
        for (int i = 0; i < KNOWN.length; i++) {
            int hash = hash(KNOWN[i], 0, KNOWN[i].length);
            NEXT[i] = FIRST[hash];
            FIRST[hash] = i;
        }
    }

    private HeaderNames() {}

    /** Whether mail programs write a field of this name. */
    static boolean isKnown(byte[] bytes, int from, int to) {
        if (index(bytes, from, to) >= 0) {
            return true;
        }
        for (byte[] beginning : BEGINNINGS) {
            if (to - from > beginning.length && same(bytes, from, beginning)) {
                return true;
            }
        }
        return false;
    }

    /** The name in lower case. */
    static String lower(byte[] bytes, int from, int to) {
        int known = index(bytes, from, to);
        if (known >= 0) {
            return STRINGS[known];
        }
        byte[] lower = Arrays.copyOfRange(bytes, from, to);
        for (int i = 0; i < lower.length; i++) {
            lower[i] = lower(lower[i]);
        }
        return new String(lower, StandardCharsets.ISO_8859_1);
    }

    private static int index(byte[] bytes, int from, int to) {
        int known = FIRST[hash(bytes, from, to)];
        while (known >= 0) {
            if (KNOWN[known].length == to - from && same(bytes, from, KNOWN[known])) {
                return known;
            }
            known = NEXT[known];
        }
        return -1;
    }

    private static int hash(byte[] bytes, int from, int to) {
        if (to <= from) {
            return 0;
        }
        int middle = bytes[(from + to) >>> 1] | 32;
        return ((to - from) * 31 + (bytes[from] | 32) * 7 + (bytes[to - 1] | 32) * 17 + middle * 3) & 0xff;
    }

    private static boolean same(byte[] bytes, int from, byte[] lower) {
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
