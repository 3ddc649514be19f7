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

    ConnectAddress(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * The address as this browser can reach it; empty if the request came by a name that is not this machine's own and
     * the operator has not said that it is right ({@code POSTROOM_PUBLIC_URL}).
     */
    public Optional<String> redirectAddress(HttpServletRequest request) {
        return publicUrl
                .origin(request.getScheme(), request.getServerName(), request.getServerPort())
                .map(origin -> origin + PATH);
    }
}
