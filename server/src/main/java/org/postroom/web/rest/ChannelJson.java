package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.ChannelState;
import org.postroom.channel.NextSettings;
import org.postroom.channel.PropertyHint;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Provider;

/**
 * A channel as the contract writes it. What is read only is ignored when it comes in, so that what was read can be
 * changed and sent back; secrets come in and never go out.
 */
@Schema(name = "Channel")
record ChannelJson(
        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable String id,

        @Nullable String name,
        @Nullable String address,
        @Nullable Boolean enabled,

        @Schema(
                accessMode = AccessMode.READ_ONLY,
                description = "starting, connected, waiting-for-sign-in, failing," + " throttled or disabled")
        @Nullable
        String state,

        @Schema(defaultValue = "default") @Nullable String script,
        @Nullable AuthenticationJson authentication,
        @Nullable IncomingJson incoming,
        @Nullable OutgoingJson outgoing,

        @Schema(
                description = "A proxy of its own; none: not even the server's; null: the server's.",
                oneOf = {String.class, ProxyJson.class})
        ProxyJson.@Nullable Way proxy,

        @Nullable Map<String, String> properties,

        @Schema(description = "How mail finds its conversation; left out: as it was, or as is usual.") @Nullable
        ThreadingJson threading,

        @Schema(accessMode = AccessMode.READ_ONLY, description = "Properties that have no effect, and why.") @Nullable
        List<PropertyHint> hints,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(accessMode = AccessMode.READ_ONLY, description = "What it changes to once that is proven to work.")
        @Nullable
        NextJson next,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Instant createdAt,

        @Schema(accessMode = AccessMode.READ_ONLY) @Nullable Instant updatedAt) {

    /** What a working channel is to change to; it goes on as it is until then. */
    @Schema(name = "NextSettings")
    record NextJson(
            AuthenticationJson authentication,
            IncomingJson incoming,
            OutgoingJson outgoing,
            Instant createdAt,
            @Nullable Instant testedAt) {
        static @Nullable NextJson of(NextSettings.@Nullable Next next) {
            return next == null
                    ? null
                    : new NextJson(
                            AuthenticationJson.of(next.channel().authentication()),
                            IncomingJson.of(next.channel().incoming()),
                            OutgoingJson.of(next.channel().outgoing()),
                            next.createdAt(),
                            next.testedAt());
        }
    }

    /** How Postroom proves itself: {@code password} or {@code oauth2}. */
    @Schema(name = "Authentication")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuthenticationJson(
            @Schema(allowableValues = {"password", "oauth2"}) @Nullable
            String type,

            @Nullable String username,

            @Schema(accessMode = AccessMode.WRITE_ONLY) @Nullable
            String password,

            @Schema(allowableValues = {"microsoft", "google", "other"}) @Nullable
            String provider,

            @Schema(
                    allowableValues = {
                        "authorization_code",
                        "device_code",
                        "client_credentials",
                        "password",
                        "service_account",
                        "external"
                    })
            @Nullable
            String grant,

            @Schema(allowableValues = {"global", "gcc-high", "dod", "china"}) @Nullable
            String cloud,

            @Nullable String tenant,
            @Nullable String clientId,

            @Schema(accessMode = AccessMode.WRITE_ONLY) @Nullable
            String clientSecret,

            @Schema(description = "When the client secret ends, such as 2027-11-22; warned of beforehand.") @Nullable
            String clientSecretExpires,

            @Schema(
                    types = {"string", "object", "null"},
                    description =
                            "In: PEM text of certificate and private key. Out: subject, thumbprint, sha1, notBefore,"
                                    + " notAfter.")
            @Nullable
            Object certificate,

            @Schema(
                    accessMode = AccessMode.WRITE_ONLY,
                    types = {"string", "object", "null"},
                    description = "Google's JSON key file of a service account.")
            @Nullable
            Object serviceAccountKey,

            @Schema(description = "For external: an https address, or command.") @Nullable
            String tokenService,

            @Nullable String authority,
            @Nullable List<String> scopes,
            @Nullable String signInUser) {
        static AuthenticationJson of(Authentication authentication) {
            return switch (authentication) {
                case Authentication.Password(String username) ->
                    new AuthenticationJson(
                            "password",
                            username,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null);
                case Authentication.OAuth2 oauth ->
                    new AuthenticationJson(
                            "oauth2",
                            null,
                            null,
                            oauth.provider().word(),
                            oauth.grant().word(),
                            oauth.provider() == Provider.MICROSOFT
                                    ? oauth.cloud().word()
                                    : null,
                            oauth.tenant().isEmpty() ? null : oauth.tenant(),
                            oauth.clientId().isEmpty() ? null : oauth.clientId(),
                            null,
                            oauth.secretExpiry() == null
                                    ? null
                                    : oauth.secretExpiry().toString(),
                            oauth.certificate(),
                            null,
                            oauth.tokenService(),
                            oauth.authority().isEmpty() ? null : oauth.authority(),
                            oauth.scopes(),
                            oauth.signInUser());
            };
        }

        ChannelInput.AuthenticationInput toInput() {
            return new ChannelInput.AuthenticationInput(
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
                    cloud,
                    clientSecretExpires,
                    serviceAccountKey,
                    tokenService);
        }

        /** Never shows a secret. */
        @Override
        public String toString() {
            return "AuthenticationJson[type=" + type + "]";
        }
    }

    /** How mail comes in. */
    @Schema(name = "Incoming")
    record IncomingJson(
            @Schema(allowableValues = "imap") @Nullable String protocol,
            @Nullable String host,
            @Nullable Integer port,

            @Schema(allowableValues = {"tls", "starttls", "none"}) @Nullable
            String security,

            @Schema(defaultValue = "INBOX") @Nullable String folder,

            @Schema(description = "keep, mark-read, delete, or move: with a folder") @Nullable
            String afterImport,

            @Schema(description = "now, all, or a time") @Nullable
            String startFrom) {
        static IncomingJson of(Channel.Incoming in) {
            return new IncomingJson(
                    in.protocol(),
                    in.host(),
                    in.port(),
                    in.security().word(),
                    in.folder(),
                    in.afterImport().word(),
                    in.startFrom().word());
        }

        ChannelInput.IncomingInput toInput() {
            return new ChannelInput.IncomingInput(protocol, host, port, security, folder, afterImport, startFrom);
        }
    }

    static ChannelJson of(Channel channel, @Nullable ChannelState state) {
        return of(channel, state, null);
    }

    static ChannelJson of(Channel channel, @Nullable ChannelState state, NextSettings.@Nullable Next next) {
        return new ChannelJson(
                channel.id(),
                channel.name(),
                channel.address(),
                channel.enabled(),
                word(channel, state),
                channel.script(),
                AuthenticationJson.of(channel.authentication()),
                IncomingJson.of(channel.incoming()),
                OutgoingJson.of(channel.outgoing()),
                ProxyJson.Way.of(channel.route()),
                channel.properties(),
                ThreadingJson.of(channel.threading()),
                channel.hints(),
                NextJson.of(next),
                channel.createdAt(),
                channel.updatedAt());
    }

    /** The word for a channel's state; a switch counts at once, before the watch has noticed. */
    static String word(Channel channel, @Nullable ChannelState state) {
        ChannelState.Status status = !channel.enabled()
                ? ChannelState.Status.DISABLED
                : state == null ? ChannelState.Status.STARTING : state.status();
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    ChannelInput toInput() {
        return new ChannelInput(
                name,
                address,
                enabled,
                script,
                authentication == null ? null : authentication.toInput(),
                incoming == null ? null : incoming.toInput(),
                outgoing == null ? null : outgoing.toInput(),
                proxy == null ? null : proxy.toInput(),
                properties,
                threading == null ? null : threading.toInput());
    }
}
