package org.postroom.parse;

import org.jspecify.annotations.Nullable;

/** What a refusal means for later tries, and the status of RFC 3463 where no server wrote one. */
final class BounceFate {
    private static final Phrases WORDS = Phrases.of("""
            [temporary]
            temporary; temporarily; try again; try later; transient; deferred; greylist; later|; timed out; timeout;
            vorübergehend; temporaire; temporal; temporane; временн; 一時的; 暂时
            [gone]
            permanent; giving up; given up; unknown; not found; does not exist; no such; not exist; invalid; nonexist;
            couldn't be found; illegal; no mx; null mx; not known
            """);

    private BounceFate() {}

    /**
     * Whether another try to this address is in vain: 5.x.x and 5xx are, 4.x.x and 4xx are not (RFC 3463 section 3.1).
     * Where neither is told, a full mailbox or too much mail at once passes.
     */
    static boolean isPermanent(@Nullable String status, @Nullable String code, String reason, String text) {
        if (status != null && !status.startsWith("2")) {
            return status.startsWith("5");
        }
        if (code != null) {
            return code.startsWith("5");
        }
        if (reason.equals("mailbox-full") || reason.equals("rate-limited")) {
            return false;
        }
        long said = WORDS.found(Phrases.normal(text));
        boolean gone = (said & WORDS.bit("gone")) != 0;
        boolean temporary = (said & WORDS.bit("temporary")) != 0;
        return switch (reason) {
            case "expired", "network", "system" -> gone;
            case "unknown" -> gone || !temporary;
            default -> gone || !temporary || reason.equals("no-such-user") || reason.equals("disabled");
        };
    }

    /** Out of reply code and reason; null if nothing is known. */
    static @Nullable String status(@Nullable String code, String reason, boolean permanent) {
        if (code == null && reason.equals("unknown")) {
            return null;
        }
        String kind = code == null ? (permanent ? "5" : "4") : code.substring(0, 1);
        return kind
                + switch (reason) {
                    case "no-such-user" -> ".1.1";
                    case "mailbox-full" -> ".2.2";
                    case "disabled" -> ".2.1";
                    case "too-big" -> ".3.4";
                    case "expired" -> ".4.7";
                    case "rate-limited" -> ".4.5";
                    case "network" -> ".4.4";
                    case "system" -> ".3.0";
                    case "content" -> ".6.0";
                    case "blocked", "spam", "policy", "relay-denied" -> ".7.1";
                    default -> ".0.0";
                };
    }
}
