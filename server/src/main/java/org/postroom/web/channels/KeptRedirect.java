package org.postroom.web.channels;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * A redirect address that is registered already, for an application made for another product ({@code
 * POSTROOM_OAUTH_REDIRECT}): given out in place of Postroom's own, and answered at its path.
 */
@Component
class KeptRedirect {
    static final String NAME = "POSTROOM_OAUTH_REDIRECT";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Segments without what servers and proxies read in different ways: dots alone, semicolons, escapes. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~!$&'()*+,=:@-]+)+/?");

    private final @Nullable URI address;

    KeptRedirect(@Value("${postroom.oauth-redirect:}") String entered) {
        this.address = entered.isBlank() ? null : read(entered.strip());
    }

    private static URI read(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text, "is not an address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getRawPath() == null) {
            throw wrong(text, "is not an address");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong(text, "has a query or a fragment, which a redirect address cannot have here");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.contains(uri.getHost()))) {
            throw wrong(text, "is neither https nor http on this machine itself");
        }
        if (!PATH.matcher(uri.getRawPath()).matches()) {
            throw wrong(text, "has no path, or one with characters that do not travel safely");
        }
        return uri;
    }

    /** A value that cannot be used, in one line. */
    static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException(
                NAME + ": '" + text + "' " + why
                        + "; enter the one that is registered, such as https://mail.example.com/AgentWeb/Bookmark/Mailboxes/Auth");
    }

    /** As the operator gave it; null if Postroom's own is used. */
    @Nullable
    URI address() {
        return address;
    }

    /** Scheme, host and port, without a slash at the end; null without an address. */
    @Nullable
    String origin() {
        return address == null ? null : address.getScheme() + "://" + address.getRawAuthority();
    }

    /** Whether a request's path is its path, and not Postroom's own. */
    boolean isAt(String path) {
        return address != null
                && address.getRawPath().equals(path)
                && !address.getRawPath().equals(ConnectAddress.PATH);
    }
}
