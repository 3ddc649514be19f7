package org.postroom.parse;

import org.jspecify.annotations.Nullable;

/**
 * Why a message was refused, as a word of the contract's list. What the other server says in words comes before its
 * status code, which is often just 5.0.0 or 5.7.1; the first group of the table with a phrase in the text wins. Words
 * that say little give way to a code that says one thing only.
 */
final class BounceReason {
    private static final Phrases TABLE = Phrases.load("bounce-reasons.txt");
    private static final long WEAK = TABLE.bit("policy")
            | TABLE.bit("system")
            | TABLE.bit("network")
            | TABLE.bit("content")
            | TABLE.bit("no-such-user-weak")
            | TABLE.bit("no-such-user-last");

    private BounceReason() {}

    static String of(@Nullable String status, @Nullable String code, String text) {
        String settled = settled(status);
        if (settled != null) {
            return settled;
        }
        long found = TABLE.found(Phrases.normal(text)
                .replace("spamhaus", "dnsbl")
                .replace("spamcop", "dnsbl")
                .replace("antispameurope", "")
                .replace("they may be blacklisted", "")
                .replace("recipient address rejected: access denied", "recipient rejected")
                .replace("sender address rejected", "sender denied")
                .replace("recipient address rejected", "rcptrejected")
                .replace("address rejected", "rcptrejected"));
        String exact = exact(status);
        long strong = found & ~WEAK;
        if (strong == 0 && exact != null) {
            return exact;
        }
        String words = TABLE.first(strong == 0 ? found : strong);
        if (words == null) {
            return byCode(status, code);
        }
        return switch (words) {
            case "policy-exact" -> "policy";
            case "content-exact" -> "content";
            case "blocked-exact" -> "blocked";
            case "disabled-exact" -> "disabled";
            case "network-exact" -> "network";
            case "no-such-user-last" ->
                status == null || status.charAt(2) < '3' ? "no-such-user" : byCode(status, code);
            case "no-such-user-weak" -> "no-such-user";
            case "loop" -> "system";
            default -> words;
        };
    }

    /** Codes that decide whatever is said beside them. */
    private static @Nullable String settled(@Nullable String status) {
        if (status == null || status.length() < 5) {
            return null;
        }
        return switch (status.substring(2)) {
            case "2.2" -> "mailbox-full";
            case "3.4" -> "too-big";
            case "2.121", "2.122", "1.90" -> "rate-limited";
            case "7.13" -> "disabled";
            case "1.7", "1.8" -> "policy";
            case "7.23", "7.24", "7.25", "7.26", "7.27", "7.30", "7.124", "7.129", "7.133", "7.134", "7.136" ->
                "policy";
            case "7.501", "7.502", "7.503" -> "spam";
            case "7.511", "7.512", "7.708" -> "blocked";
            default -> isBannedAddress(status) ? "blocked" : null;
        };
    }

    /** 5.7.606 to 5.7.649: Exchange Online refuses the sending address. */
    private static boolean isBannedAddress(String status) {
        String detail = status.substring(2);
        return detail.length() == 5 && detail.compareTo("7.606") >= 0 && detail.compareTo("7.649") <= 0;
    }

    /** Codes that say one thing only, if words do not say it better. */
    private static @Nullable String exact(@Nullable String status) {
        if (status == null || status.length() < 5) {
            return null;
        }
        return switch (status.substring(2)) {
            case "1.1", "1.6", "1.10", "1.3" -> "no-such-user";
            case "1.2", "4.1", "4.2", "4.3", "4.4", "4.312", "4.310" -> "network";
            case "2.1" -> "disabled";
            case "2.3" -> "too-big";
            case "4.7", "4.300", "4.316" -> "expired";
            case "4.6", "4.14" -> "system";
            case "7.8", "7.9", "7.57", "7.64" -> "policy";
            default -> null;
        };
    }

    private static String byCode(@Nullable String status, @Nullable String code) {
        if (status != null) {
            return switch (status.charAt(2)) {
                case '1' -> "no-such-user";
                case '3' -> "system";
                case '4' -> "network";
                case '6' -> "content";
                case '7' -> "policy";
                default -> code == null ? "unknown" : byReply(code);
            };
        }
        return code == null ? "unknown" : byReply(code);
    }

    private static String byReply(String code) {
        return switch (code) {
            case "552" -> "mailbox-full";
            case "421", "451" -> "system";
            case "551", "553" -> "no-such-user";
            default -> "unknown";
        };
    }
}
