package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a message was refused, as a word of the contract's list. What the other server says in words comes before its
 * status code, which is often just 5.0.0 or 5.7.1; the first group with a phrase in the text wins.
 */
final class BounceReason {
    private record Group(String reason, List<String> phrases) {}

    private static final List<Group> GROUPS = List.of(
            new Group("rate-limited", Words.list("""
                    rate limit; rate-limit; too many connections; too many messages per; too many messages in; too
                    many messages from; too many messages sent; too many recipients; throttl; sending limit; daily
                    quota; greylist; graylist; receiving mail at a rate; too many concurrent; exceeded the max
                    emails""")),
            new Group("mailbox-full", Words.list("""
                    over quota; overquota; disk space; exceeds allowed size; too many messages on; mailbox exceeds;
                    over-quota; quota exceeded; exceeded quota; exceeds quota; quota is exceeded; exceed the quota;
                    exceeding the quota; disk quota; out of storage; mailbox full; mailbox is full; mailbox too
                    full; mail box full; inbox full; inbox is full; user is over; exceeded storage; exceeds allowed;
                    exceeded its storage; storage allocation; exceeded his/her; full mailbox; is full;
                    quotaexceeded; insufficient disk space; not enough space; mailbox size limit; allocated message
                    quota; quota; almacenamiento; voll; boîte pleine; casella piena; 本邮箱空间; 容量""")),
            new Group("too-big", Words.list("""
                    too large; too big; size limit; size exceeds; exceeds size; exceeds the maximum size; maximum
                    size; message size; exceeds fixed maximum; exceeds maximum; file size; larger than the; maximum
                    message""")),
            new Group("relay-denied", Words.list("""
                    relay denied; relaying denied; unable to relay; relay access denied; not permitted to relay;
                    relaying not allowed; relay not permitted; not allowed to relay; rcpthosts; relaying is; as a
                    relay; relaying mail; we do not relay; no relay; relay prohibited; not a relay; authentication
                    required for relay""")),
            new Group("spam", Words.list("""
                    spam; junk mail; junk email; unsolicited; bulk mail; looks like uce; message content rejected;
                    high probability; content filter; uce""")),
            new Group("blocked", Words.list("""
                    blacklist; black list; blocklist; block list; blocked; dnsbl; rbl; spamhaus; spamcop; barracuda;
                    sorbs; poor reputation; bad reputation; low reputation; banned; listed at; listed by;
                    senderscore; denied by; not accepting mail from your; client host rejected; sender address
                    rejected; sender denied; sender is blocked; sender rejected; bad sender""")),
            new Group("disabled", Words.list("""
                    disabled; inactive; suspended; deactivated; discontinued; no longer active; not active; account
                    closed; closed account; no longer in use; no longer available; no longer valid; frozen; is
                    locked; expired account; account expired; account has expired; user is not allowed; no longer
                    works; no longer employed; terminated; abandoned; unavailable for delivery""")),
            new Group("no-such-user", Words.list("""
                    user unknown; unknown user; bad recipient; not an active; not recognized; not recognised;
                    userunknown; no such user; no such recipient; does not exist; doesn't exist; do not exist; not
                    exist; recipient not found; user not found; mailbox not found; not found in; no mailbox; invalid
                    recipient; unknown recipient; recipient unknown; no such mailbox; no such address; addressee
                    unknown; address unknown; unknown address; unknown local; not listed in; bad destination
                    mailbox; not a valid mailbox; not a valid user; no such person; no such account; not our
                    customer; unknown mailbox; user doesn't; user does not; no account by that name; not known;
                    invalid mailbox; invalid address; bad address; badrcptto; unrouteable address; unroutable
                    address; isn't listed; recipientnotfound; no longer on server; unknown account; invalid user;
                    undeliverable address; recipient rejected; mailbox unavailable; recipient address rejected;
                    couldn't be found; could not be found; wasn't found; not a known user; no matches to nameserver;
                    name not found; no user; no valid recipients; user not known; unbekannt; inconnu; desconocido;
                    sconosciuto; desconhecido; onbekend; nieznany; okänd; ukendt; ukjent; not a local user; this
                    user; address error; has no mailbox; no one by that name""")),
            new Group("expired", Words.list("""
                    retry timeout; retry time not; delivery time expired; message expired; delivery expired; could
                    not be delivered for; giving up; in queue too long; queue too long; too many hops; been in the
                    queue; been on the queue; undelivered for; message timed out; retries; delivery has been
                    attempted""")),
            new Group("network", Words.list("""
                    host unknown; unknown host; host not found; domain not found; unknown domain; invalid domain;
                    name service; name server; no route to host; timed out; timeout; connection refused; connection
                    reset; unable to connect; could not connect; couldn't connect; can't connect; unable to resolve;
                    dns; no mx; mx record; mail exchanger; lost connection; bad destination host; connect to;
                    network; unreachable; domain does not; no such domain; couldn't find any host; connection
                    dropped; hostname""")),
            new Group("content", Words.list("""
                    virus; malware; attachment; malformed; dangerous; executable; content rejected; infected; html
                    mail; 8bit; conversion; invalid header; message content; phish""")),
            new Group("policy", Words.list("""
                    policy; dmarc; spf; dkim; not authorized; not authorised; unauthorized; prohibit; access denied;
                    permission; not allowed; refused; restricted; denied; reject; not permitted; not accept; not
                    accepted; challenge; verify; confirmation""")),
            new Group("system", Words.list("""
                    internal error; internal server error; configuration error; local error; local problem; disk
                    full; temporary failure; system error; server error; loop; service unavailable; try again; i/o
                    error; software; resources; can't create; cannot create; unable to write; routing""")));

    private static final int SHORT = 4;
    private static final Pattern SPACE = Pattern.compile("[\\s_]+");

    private BounceReason() {}

    static String of(@Nullable String status, @Nullable String code, String text) {
        String lower = SPACE.matcher(text.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .replace("spamhaus", "dnsbl")
                .replace("spamcop", "dnsbl");
        String exact = byExactStatus(status);
        String words = byWords(lower);
        boolean weak = words == null || words.equals("policy") || words.equals("system");
        if (exact != null && weak) {
            return exact;
        }
        if (words != null) {
            return words;
        }
        return byCode(status, code);
    }

    private static @Nullable String byWords(String lower) {
        for (Group group : GROUPS) {
            for (String phrase : group.phrases) {
                if (phrase.length() > SHORT ? lower.contains(phrase) : containsWord(lower, phrase)) {
                    return group.reason;
                }
            }
        }
        return null;
    }

    /** A short phrase counts as a word of its own: {@code uce} is not in {@code reduce}. */
    private static boolean containsWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean starts = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (starts && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    /** Codes that say one thing only. */
    private static @Nullable String byExactStatus(@Nullable String status) {
        if (status == null || status.length() < 5) {
            return null;
        }
        return switch (status.substring(2)) {
            case "1.1", "1.6", "1.10", "1.3" -> "no-such-user";
            case "1.2", "4.1", "4.2", "4.3", "4.4" -> "network";
            case "2.1" -> "disabled";
            case "2.2" -> "mailbox-full";
            case "2.3", "3.4" -> "too-big";
            case "4.7" -> "expired";
            case "4.6" -> "system";
            case "7.8", "7.9" -> "policy";
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
                default -> "unknown";
            };
        }
        if (code == null) {
            return "unknown";
        }
        return switch (code) {
            case "552" -> "mailbox-full";
            case "421", "451" -> "system";
            case "551", "553" -> "no-such-user";
            default -> "unknown";
        };
    }
}
