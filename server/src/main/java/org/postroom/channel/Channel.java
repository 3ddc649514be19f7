package org.postroom.channel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;

/**
 * A configured mailbox-and-sender pair. Secrets are not in here.
 *
 * @param address the address customers write to; the mailbox that is opened
 * @param script the email script that handles its mail
 * @param version grows with every change; whoever saves must have seen the newest
 */
public record Channel(
        String id,
        String name,
        String address,
        boolean enabled,
        String script,
        Authentication authentication,
        Incoming incoming,
        Outgoing outgoing,
        Map<String, String> properties,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    private static final String OUTLOOK = "https://outlook.office.com/";
    /** All that the application was granted, which is the only way to ask as an application. */
    private static final String APPLICATION = "https://outlook.office365.com/.default";

    /** Copies the properties. */
    public Channel {
        properties = Map.copyOf(properties);
    }

    /** How mail comes in: {@code imap} so far. */
    public record Incoming(
            String protocol,
            String host,
            int port,
            Security security,
            String folder,
            AfterImport afterImport,
            StartFrom startFrom) {}

    /**
     * How mail goes out: {@code smtp} or {@code none} so far.
     *
     * @param sendAs the From address
     * @param bounceAddress the envelope sender; {@code sendAs} if null
     * @param authentication its own, or null for the same as incoming
     */
    public record Outgoing(
            String protocol,
            String host,
            int port,
            Security security,
            String sendAs,
            @Nullable String displayName,
            @Nullable String replyTo,
            @Nullable String bounceAddress,
            @Nullable Authentication authentication) {}

    /** How mail goes out is proven: its own authentication, or the same as incoming. */
    public Authentication outgoingAuthentication() {
        return outgoing.authentication() == null ? authentication : outgoing.authentication();
    }

    /** Whether anything can be sent. */
    public boolean sends() {
        return !outgoing.protocol().equals("none");
    }

    /** The OAuth 2.0 scopes this channel cannot do without. */
    public List<String> neededScopes() {
        if (!(authentication instanceof Authentication.OAuth2 oauth)) {
            return List.of();
        }
        if (!oauth.scopes().isEmpty()) {
            return oauth.scopes();
        }
        if (oauth.grant() == Grant.CLIENT_CREDENTIALS) {
            return List.of(APPLICATION);
        }
        List<String> scopes = new ArrayList<>();
        scopes.add(OUTLOOK + "IMAP.AccessAsUser.All");
        if (sends() && outgoing.authentication() == null) {
            scopes.add(OUTLOOK + "SMTP.Send");
        }
        if (oauth.grant().needsPerson()) {
            scopes.add("offline_access");
        }
        return scopes;
    }
}
