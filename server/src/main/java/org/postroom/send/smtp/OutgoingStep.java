package org.postroom.send.smtp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;

/** The steps of the way out, in their order. */
enum OutgoingStep {
    RESOLVE("name resolved"),
    REACH("server reached"),
    ENCRYPT("encrypted"),
    OFFER("sign-in offered"),
    TOKEN("token obtained"),
    DECODE("token decoded"),
    AUTHENTICATE("authenticated"),
    SENDER("may send as "),
    SIZE("size limit read"),
    MAIL("test mail to ");

    private final String words;

    OutgoingStep(String words) {
        this.words = words;
    }

    /** As people see it. */
    String title(Channel channel, @Nullable String sendTo) {
        return "outgoing: " + words
                + switch (this) {
                    case SENDER -> channel.outgoing().sendAs();
                    case MAIL -> sendTo;
                    default -> "";
                };
    }

    /** The names of those that there are. */
    static List<String> of(Channel channel, @Nullable String sendTo) {
        boolean oauth = channel.outgoingAuthentication() instanceof Authentication.OAuth2;
        List<String> titles = new ArrayList<>();
        for (OutgoingStep step : values()) {
            boolean applies = switch (step) {
                case TOKEN, DECODE -> oauth;
                case ENCRYPT -> channel.outgoing().security() != Security.NONE;
                case MAIL -> sendTo != null;
                case RESOLVE, REACH, OFFER, AUTHENTICATE, SENDER, SIZE -> true;
            };
            if (applies) {
                titles.add(step.title(channel, sendTo));
            }
        }
        return titles;
    }
}
