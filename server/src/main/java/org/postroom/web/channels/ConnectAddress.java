package org.postroom.web.channels;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.postroom.access.PublicUrl;
import org.springframework.stereotype.Component;

/** The address that the identity server sends the browser back to; registered there beforehand. */
@Component
public class ConnectAddress {
    /** Its path. */
    public static final String PATH = "/channels/email/oauth/callback";

    private final PublicUrl publicUrl;
    private final KeptRedirect kept;

    ConnectAddress(PublicUrl publicUrl, KeptRedirect kept) {
        this.publicUrl = publicUrl;
        this.kept = kept;
    }

    /**
     * The address as the operator gave it ({@code POSTROOM_OAUTH_REDIRECT}), or as this browser can reach it; empty if the request came by a name that is not this machine's own and
     * the operator has not said that it is right ({@code POSTROOM_PUBLIC_URL}).
     */
    public Optional<String> redirectAddress(HttpServletRequest request) {
        if (kept.address() != null) {
            return Optional.of(kept.address().toString());
        }
        return publicUrl
                .origin(request.getScheme(), request.getServerName(), request.getServerPort())
                .map(origin -> origin + PATH);
    }
}
