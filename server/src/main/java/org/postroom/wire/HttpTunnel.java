package org.postroom.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.wire.WireException.Cause;

/** A tunnel by HTTP CONNECT (RFC 9110 section 9.3.6), with Basic credentials (RFC 7617) where the proxy has any. */
final class HttpTunnel {
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final Pattern STATUS =
            Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: ([^\\r\\n]{0,200})[^\\r\\n]*)?");

    private HttpTunnel() {}

    /** Asks for the tunnel; behind it, the next byte is the server's. */
    static void open(Handshake with, Proxy proxy, String host, int port) throws IOException {
        String target = Dialer.place(host, port);
        StringBuilder ask = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n");
        if (proxy.username() != null) {
            String credentials = proxy.username() + ":" + (proxy.password() == null ? "" : proxy.password());
            ask.append("Proxy-Authorization: Basic ")
                    .append(Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                    .append("\r\n");
        }
        with.write(ask.append("\r\n").toString());
        String head = head(with, proxy);
        int end = head.indexOf('\n');
        Matcher status = STATUS.matcher((end < 0 ? head : head.substring(0, end)).strip());
        if (!status.matches()) {
            throw noHttp(proxy);
        }
        int code = Integer.parseInt(status.group(1));
        if (code < 200 || code > 299) {
            throw refusal(proxy, target, code, status.group(2) == null ? "" : printable(status.group(2)), head);
        }
    }

    /** Status line and header fields; a 1xx answer (RFC 9110 section 15.2) before them is passed over. */
    private static String head(Handshake with, Proxy proxy) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int total = 0; ; total++) {
            if (total > LARGEST_HEAD) {
                throw new WireException(
                        Cause.PROXY_ANSWER,
                        "The proxy " + proxy.place() + " sent an endless header instead of an answer");
            }
            head.append((char) with.read());
            int n = head.length();
            if (n <= 5 && !"HTTP/".startsWith(head.toString())) {
                throw noHttp(proxy);
            }
            if (n > 1 && head.charAt(n - 1) == '\n' && (head.charAt(n - 2) == '\n' || ends(head, "\r\n\r\n"))) {
                if (!head.toString().matches("(?s)HTTP/1\\.[01] 1\\d\\d.*")) {
                    return head.toString();
                }
                head.setLength(0);
            }
        }
    }

    private static boolean ends(StringBuilder text, String end) {
        return text.length() >= end.length()
                && text.substring(text.length() - end.length()).equals(end);
    }

    private static WireException noHttp(Proxy proxy) {
        return new WireException(
                Cause.PROXY_ANSWER, "What answers on " + proxy.place() + " is no HTTP proxy: its answer is no HTTP");
    }

    private static WireException refusal(Proxy proxy, String target, int code, String reason, String head) {
        String who = "The proxy " + proxy.place();
        String words = " (" + (code + " " + reason).strip() + ")";
        return switch (code) {
            case 407 -> new WireException(Cause.PROXY_CREDENTIALS, who + credentials(proxy, head) + words);
            case 401, 403, 451 ->
                new WireException(Cause.PROXY_FORBIDS, who + " does not allow connections to " + target + words);
            case 400, 404, 405, 426, 501, 505 ->
                new WireException(Cause.PROXY_ANSWER, who + " does not open tunnels (CONNECT) to " + target + words);
            case 504 ->
                new WireException(Cause.PROXY_TARGET, who + " got no answer from " + target + " in time" + words);
            case 500, 502, 503 -> new WireException(Cause.PROXY_TARGET, who + " could not reach " + target + words);
            default -> new WireException(Cause.PROXY_TARGET, who + " did not connect to " + target + words);
        };
    }

    private static String credentials(Proxy proxy, String head) {
        if (proxy.username() == null) {
            return " asks for a user name and a password";
        }
        String lower = head.toLowerCase(Locale.ROOT);
        return lower.contains("proxy-authenticate:") && !lower.matches("(?s).*proxy-authenticate:[^\\r\\n]*basic.*")
                ? " asks for another kind of sign-in than Basic, which is the one that Postroom has"
                : " refused the user name and password that are stored for it";
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
