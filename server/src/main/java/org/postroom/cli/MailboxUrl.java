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
 * @param protocol {@code imap} so far
 */
record MailboxUrl(String protocol, String user, String host, int port, Security security, String folder) {
    private static final Pattern FORM =
            Pattern.compile("([a-z0-9+]+)://(?:(.+)@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?(?:/(.*))?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static MailboxUrl parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no mailbox address; write imaps://user@host:993/INBOX");
        }
        String user = matcher.group(2) == null ? "" : decode(matcher.group(2));
        String host = matcher.group(3);
        boolean tls = switch (matcher.group(1)) {
            case "imaps" -> true;
            case "imap" -> false;
            default ->
                throw new IllegalArgumentException(
                        "'" + matcher.group(1) + "' is not offered by this version; use imap or imaps");
        };
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the address names no user; write imaps://user@host:993/INBOX");
        }
        if (matcher.group(2).indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "a password does not belong into the address; set POSTROOM_PASSWORD or POSTROOM_ACCESS_TOKEN");
        }
        int port = matcher.group(4) == null ? (tls ? 993 : 143) : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 1 and 65535");
        }
        // Off this machine nothing goes unencrypted; on it there is nobody to listen.
        Security security = tls ? Security.TLS : LOOPBACK.contains(host) ? Security.NONE : Security.STARTTLS;
        String folder = matcher.group(5) == null || matcher.group(5).isEmpty() ? "INBOX" : decode(matcher.group(5));
        return new MailboxUrl("imap", user, host, port, security, folder);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
