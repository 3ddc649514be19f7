package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.AccessMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.ProxyInput;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** A channel's own proxy. */
@Schema(name = "Proxy")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProxyJson(
        @Schema(allowableValues = {"http", "socks5"}) @Nullable
        String type,

        @Nullable String host,

        @Schema(description = "3128 for http and 1080 for socks5 if left out.") @Nullable
        Integer port,

        @Nullable String username,

        @Schema(
                accessMode = AccessMode.WRITE_ONLY,
                description = "Left out, the stored one stays while host, port and username do.")
        @Nullable
        String password,

        @Schema(description = "Hosts reached without it: names, .suffixes, addresses and networks.") @Nullable
        List<@Nullable String> noProxy) {

    /**
     * The word {@code none}, or a proxy of its own.
     *
     * @param word null if there is a proxy
     */
    @JsonDeserialize(using = WayReader.class)
    record Way(@Nullable String word, @Nullable ProxyJson proxy) {
        @JsonValue
        Object value() {
            return proxy == null ? "none" : proxy;
        }

        /** As {@link org.postroom.channel.ChannelInput} takes it. */
        @Nullable
        Object toInput() {
            return proxy == null
                    ? word
                    : new ProxyInput(proxy.type, proxy.host, proxy.port, proxy.username, proxy.password, proxy.noProxy);
        }

        static @Nullable Way of(Route route) {
            return switch (route) {
                case Route.Servers s -> null;
                case Route.Direct d -> new Way("none", null);
                case Route.Through(Proxy p) ->
                    new Way(
                            null,
                            new ProxyJson(
                                    p.type().word(),
                                    p.host(),
                                    p.port(),
                                    p.username(),
                                    null,
                                    List.copyOf(p.noProxy().entries())));
            };
        }
    }

    /** Reads either. */
    static final class WayReader extends ValueDeserializer<Way> {
        @Override
        public Way deserialize(JsonParser parser, DeserializationContext context) {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> new Way(parser.getString(), null);
                case START_OBJECT -> new Way(null, context.readValue(parser, ProxyJson.class));
                default -> (Way) context.handleUnexpectedToken(Way.class, parser);
            };
        }
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "ProxyJson[type=" + type + "]";
    }
}
