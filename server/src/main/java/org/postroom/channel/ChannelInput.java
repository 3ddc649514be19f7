package org.postroom.channel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as somebody typed or sent it: nothing checked, secrets included. Its shape is the contract's.
 *
 * @param proxy null for the server's own, the word {@code none}, or a {@link ProxyInput}
 * @param threading how mail finds its conversation; null for what was, or what is usual
 */
public record ChannelInput(
        @Nullable String name,
        @Nullable String address,
        @Nullable Boolean enabled,
        @Nullable String script,
        @Nullable AuthenticationInput authentication,
        @Nullable IncomingInput incoming,
        @Nullable OutgoingInput outgoing,
        @Nullable Object proxy,
        @Nullable Map<String, String> properties,
        @Nullable ThreadingInput threading) {

    /** With no word on how mail finds its conversation. */
    public ChannelInput(
            @Nullable String name,
            @Nullable String address,
            @Nullable Boolean enabled,
            @Nullable String script,
            @Nullable AuthenticationInput authentication,
            @Nullable IncomingInput incoming,
            @Nullable OutgoingInput outgoing,
            @Nullable Object proxy,
            @Nullable Map<String, String> properties) {
        this(name, address, enabled, script, authentication, incoming, outgoing, proxy, properties, null);
    }

    /** How Postroom proves itself. */
    public record AuthenticationInput(
            @Nullable String type,
            @Nullable String username,
            @Nullable String password,
            @Nullable String provider,
            @Nullable String grant,
            @Nullable String tenant,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable Object certificate,
            @Nullable String authority,
            @Nullable List<String> scopes,
            @Nullable String signInUser,
            @Nullable String cloud,
            @Nullable String clientSecretExpires,
            @Nullable Object serviceAccountKey,
            @Nullable String tokenService) {
        /** What all grants at Microsoft's worldwide cloud need. */
        public AuthenticationInput(
                @Nullable String type,
                @Nullable String username,
                @Nullable String password,
                @Nullable String provider,
                @Nullable String grant,
                @Nullable String tenant,
                @Nullable String clientId,
                @Nullable String clientSecret,
                @Nullable Object certificate,
                @Nullable String authority,
                @Nullable List<String> scopes,
                @Nullable String signInUser) {
            this(
                    type,
                    username,
                    password,
                    provider,
                    grant,
                    tenant,
                    clientId,
                    clientSecret,
                    certificate,
                    authority,
                    scopes,
                    signInUser,
                    null,
                    null,
                    null,
                    null);
        }

        /** Never shows a secret. */
        @Override
        public String toString() {
            return "AuthenticationInput[type=" + type + "]";
        }
    }

    /** How mail comes in. */
    public record IncomingInput(
            @Nullable String protocol,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String security,
            @Nullable String folder,
            @Nullable String afterImport,
            @Nullable String startFrom) {}

    /**
     * How mail goes out.
     *
     * @param authentication the word {@code same}, or an {@link AuthenticationInput} of its own
     */
    public record OutgoingInput(
            @Nullable String protocol,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String security,
            @Nullable String sendAs,
            @Nullable String displayName,
            @Nullable String replyTo,
            @Nullable String bounceAddress,
            @Nullable Object authentication) {}

    /** How mail finds its conversation; null members stay as they are. */
    public record ThreadingInput(
            @Nullable Integer secureUpdate,
            @Nullable Boolean updateByCreate,
            @Nullable Boolean subjectNumber,
            @Nullable List<@Nullable String> numberForms,
            @Nullable Boolean numberInBody,
            @Nullable String reopen,
            @Nullable Boolean referenceLine) {}

    /** A proxy of its own. */
    public record ProxyInput(
            @Nullable String type,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @Nullable List<@Nullable String> noProxy) {
        /** Never shows a secret. */
        @Override
        public String toString() {
            return "ProxyInput[type=" + type + "]";
        }
    }
}
