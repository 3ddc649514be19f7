package org.postroom.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.channel.Security;

/**
 * A mailbox on the command line: {@code imaps://user@host:993/INBOX} (after RFC 5092). An {@code @} in the user may be
 * written as it is or as {@code %40}. Never holds a secret.
 *
 * @param protocol {@code imap} or {@code smtp}
 */
record MailboxUrl(String protocol, String user, String host, int port, Security security, String folder) {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9+]+)://(?:(.+)@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(?:/(.*))?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Reads one that mail is fetched from.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static MailboxUrl parse(String text) {
        MailboxUrl url = parse(text, "imap or imaps");
        if (!url.protocol().equals("imap")) {
            throw new IllegalArgumentException("mail is not fetched by " + url.protocol() + "; use imap or imaps");
        }
        return url;
    }

    /**
     * Reads one of any protocol: {@code imap}, {@code imaps}, {@code smtp}, {@code smtps}, {@code submission} or
     * {@code submissions} (RFC 8314 section 7.3).
     *
     * @param offered what to use instead, for the refusal
     * @throws IllegalArgumentException naming what is wrong
     */
    static MailboxUrl parse(String text, String offered) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no mailbox address; write imaps://user@host:993/INBOX");
        }
        String user = matcher.group(2) == null ? "" : decode(matcher.group(2));
        String host = matcher.group(3);
        String scheme = matcher.group(1);
        String protocol = switch (scheme) {
            case "imap", "imaps" -> "imap";
            case "smtp", "smtps", "submission", "submissions" -> "smtp";
            default ->
                throw new IllegalArgumentException("'" + scheme + "' is not offered by this version; use " + offered);
        };
        boolean tls = scheme.endsWith("s");
        int usual = protocol.equals("imap") ? (tls ? 993 : 143) : (tls ? 465 : 587);
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the address names no user; write imaps://user@host:993/INBOX");
        }
        if (matcher.group(2).indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "a password does not belong into the address; set POSTROOM_PASSWORD or POSTROOM_ACCESS_TOKEN");
        }
        int port = matcher.group(4) == null ? usual : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 1 and 65535");
        }
        // Off this machine nothing goes unencrypted; on it there is nobody to listen.
        Security security = tls
                ? Security.TLS
                : LOOPBACK.contains(host) && !scheme.equals("submission") ? Security.NONE : Security.STARTTLS;
        String folder = matcher.group(5) == null || matcher.group(5).isEmpty() ? "INBOX" : decode(matcher.group(5));
        return new MailboxUrl(protocol, user, host, port, security, folder);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
