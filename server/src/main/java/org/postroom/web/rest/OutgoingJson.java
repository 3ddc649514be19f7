package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.web.rest.ChannelJson.AuthenticationJson;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** How mail goes out. */
@Schema(name = "Outgoing")
record OutgoingJson(
        @Schema(allowableValues = {"smtp", "none"}) @Nullable
        String protocol,

        @Nullable String host,
        @Nullable Integer port,

        @Schema(allowableValues = {"tls", "starttls", "none"}) @Nullable
        String security,

        @Nullable String sendAs,
        @Nullable String displayName,
        @Nullable String replyTo,
        @Nullable String bounceAddress,

        @Schema(
                description = "The word same, or an authentication of its own.",
                oneOf = {String.class, AuthenticationJson.class},
                defaultValue = "same")
        @Nullable
        Own authentication) {

    /**
     * The word {@code same}, or an authentication of its own.
     *
     * @param word null if there is an authentication of its own
     */
    @JsonDeserialize(using = OwnReader.class)
    record Own(@Nullable String word, @Nullable AuthenticationJson own) {
        static final Own SAME = new Own("same", null);

        @JsonValue
        Object value() {
            return own == null ? "same" : own;
        }

        private @Nullable Object toInput() {
            return own == null ? word : own.toInput();
        }
    }

    /** Reads either. */
    static final class OwnReader extends ValueDeserializer<Own> {
        @Override
        public Own deserialize(JsonParser parser, DeserializationContext context) {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> new Own(parser.getString(), null);
                case START_OBJECT -> new Own(null, context.readValue(parser, AuthenticationJson.class));
                default -> (Own) context.handleUnexpectedToken(Own.class, parser);
            };
        }
    }

    static OutgoingJson of(Channel.Outgoing out) {
        if (out.protocol().equals("none")) {
            return new OutgoingJson("none", null, null, null, null, null, null, null, null);
        }
        return new OutgoingJson(
                out.protocol(),
                out.host(),
                out.port(),
                out.security().word(),
                out.sendAs(),
                out.displayName(),
                out.replyTo(),
                out.bounceAddress(),
                out.authentication() == null ? Own.SAME : new Own(null, AuthenticationJson.of(out.authentication())));
    }

    ChannelInput.OutgoingInput toInput() {
        return new ChannelInput.OutgoingInput(
                protocol,
                host,
                port,
                security,
                sendAs,
                displayName,
                replyTo,
                bounceAddress,
                authentication == null ? null : authentication.toInput());
    }
}
