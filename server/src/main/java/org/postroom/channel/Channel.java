package org.postroom.channel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.OAuthClient;
import org.postroom.wire.Route;

/**
 * A configured mailbox-and-sender pair. Secrets are not in here.
 *
 * @param address the address customers write to; the mailbox that is opened
 * @param script the email script that handles its mail
 * @param route how connections for it go out; the password of its proxy is not in here
 * @param threading how its mail finds its conversation
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
        Route route,
        ThreadRules threading,
        Instant createdAt,
        Instant updatedAt,
        long version) {
    /** Copies the properties. */
    public Channel {
        properties = Map.copyOf(properties);
    }

    /** With the usual rules for conversations. */
    public Channel(
            String id,
            String name,
            String address,
            boolean enabled,
            String script,
            Authentication authentication,
            Incoming incoming,
            Outgoing outgoing,
            Map<String, String> properties,
            Route route,
            Instant createdAt,
            Instant updatedAt,
            long version) {
        this(
                id,
                name,
                address,
                enabled,
                script,
                authentication,
                incoming,
                outgoing,
                properties,
                route,
                ThreadRules.DEFAULT,
                createdAt,
                updatedAt,
                version);
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

    /** What the properties change. */
    public MailOptions options() {
        return new MailOptions(properties);
    }

    /** What to tell people about properties that do not do what they may expect, by name. */
    public List<PropertyHint> hints() {
        return properties.keySet().stream()
                .sorted()
                .flatMap(name ->
                        Optional.ofNullable(MailProperty.hint(name)).stream().map(hint -> new PropertyHint(name, hint)))
                .toList();
    }

    /** The envelope sender: the bounce address, else that of the properties, else {@code sendAs}. */
    public String envelopeFrom() {
        return outgoing.bounceAddress() == null
                ? options().envelopeFrom(outgoing.security()).orElse(outgoing.sendAs())
                : outgoing.bounceAddress();
    }

    /** Whether anything can be sent. */
    public boolean sends() {
        return !outgoing.protocol().equals("none");
    }

    /** This channel as the identity server meets it, or null if it signs in with a password. */
    public @Nullable OAuthClient oauthClient() {
        return authentication instanceof Authentication.OAuth2 auth ? oauthClient(auth) : null;
    }

    /** This channel as the identity server meets it, with its authentication or its outgoing one. */
    public OAuthClient oauthClient(Authentication.OAuth2 auth) {
        return new OAuthClient(
                id, address, auth, auth.neededScopes(sends() && outgoing.authentication() == null), route);
    }
}
