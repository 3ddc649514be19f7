package org.postroom.wire;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between Postroom and the servers outside.
 *
 * @param username for proxies that ask; null for those that do not
 * @param password its secret, or null
 * @param noProxy hosts that are reached without it
 */
public record Proxy(
        Type type,
        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        NoProxy noProxy) {
    private static final String SHAPE =
            "write it like http://proxy.example.com:3128 or socks5://user:password@proxy.example.com:1080";

    /** How to speak to it. */
    public enum Type {
        /** HTTP CONNECT (RFC 9110 section 9.3.6). */
        HTTP,
        /** SOCKS version 5 (RFC 1928). */
        SOCKS5;

        /** As settings write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the operator's setting; user name and password may be percent-encoded.
     *
     * @param url such as {@code http://user:password@proxy.example.com:3128}, or empty
     * @return null if it is empty
     * @throws IllegalArgumentException naming the setting, never showing it
     */
    public static @Nullable Proxy parse(String url, String noProxy) {
        NoProxy except = NoProxy.parse(noProxy);
        if (url.isBlank()) {
            return null;
        }
        URI uri = uri(url.strip());
        Type type = switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "http" -> Type.HTTP;
            case "socks5", "socks5h" -> Type.SOCKS5;
            default -> throw wrong("it begins with http:// or socks5://");
        };
        String host = uri.getHost();
        String path = uri.getRawPath();
        if (host == null || (path != null && path.length() > 1) || uri.getRawQuery() != null) {
            throw wrong("host or port cannot be read");
        }
        int port = uri.getPort() > 0 ? uri.getPort() : type == Type.HTTP ? 3128 : 1080;
        String user = uri.getRawUserInfo();
        int colon = user == null ? -1 : user.indexOf(':');
        String name = user == null ? null : decoded(colon < 0 ? user : user.substring(0, colon));
        String password = user == null || colon < 0 ? null : decoded(user.substring(colon + 1));
        if (type == Type.HTTP && name != null && name.indexOf(':') >= 0) {
            throw wrong("a user name for Basic credentials has no colon");
        }
        if (type == Type.SOCKS5 && (tooLong(name) || tooLong(password))) {
            throw wrong("SOCKS5 takes user names and passwords of at most 255 bytes");
        }
        return new Proxy(type, host.replaceAll("[\\[\\]]", ""), port, name, password, except);
    }

    /** Whether SOCKS5 (RFC 1929) has no room for it. */
    public static boolean tooLong(@Nullable String credential) {
        return credential != null && credential.getBytes(StandardCharsets.UTF_8).length > 255;
    }

    private static URI uri(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            // Its message would show the password.
            throw wrong("percent-encode special characters of the user name and password");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong("percent-encode special characters of the user name and password");
        }
    }

    private static IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("POSTROOM_PROXY: " + why + "; " + SHAPE);
    }

    /** The same with a password. */
    public Proxy withPassword(@Nullable String secret) {
        return new Proxy(type, host, port, username, secret, noProxy);
    }

    /** Host and port, as messages name it. */
    public String place() {
        return Dialer.place(host, port);
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return type.word() + "://" + place();
    }
}
