package org.postroom.access;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The address people reach Postroom at, as the operator gave it in {@code POSTROOM_PUBLIC_URL}. */
@Component
public class PublicUrl {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable URI configured;

    PublicUrl(@Value("${postroom.public-url:}") String entered) {
        this.configured = entered.isBlank() ? null : read(entered.strip());
    }

    private static URI read(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean scheme = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean bare = uri.getRawPath() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null;
            if (scheme && bare && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, with the other ways to get it wrong.
        }
        throw new IllegalArgumentException(
                "POSTROOM_PUBLIC_URL: '" + text + "' is not an address like https://mail.example.com, without a path");
    }

    /** As configured; empty if not. */
    public Optional<URI> configured() {
        return Optional.ofNullable(configured);
    }

    /** Whether people reach Postroom by HTTPS, as far as is known. */
    public boolean https() {
        return configured != null && "https".equals(configured.getScheme());
    }

    /**
     * Where the browser of a request finds Postroom, without a slash at the end. A host name that a request claims is
     * only believed if it is this machine's own.
     */
    public Optional<String> origin(String scheme, String host, int port) {
        if (configured != null) {
            return Optional.of(configured.toString());
        }
        String name = "0:0:0:0:0:0:0:1".equals(host) || "::1".equals(host) ? "[::1]" : host;
        if (!LOOPBACK.contains(name)) {
            return Optional.empty();
        }
        boolean usual = port == ("https".equals(scheme) ? 443 : 80);
        return Optional.of(scheme + "://" + name + (usual ? "" : ":" + port));
    }
}
