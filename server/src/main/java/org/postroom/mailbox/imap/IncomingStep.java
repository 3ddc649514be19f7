package org.postroom.mailbox.imap;

import java.util.Arrays;
import java.util.List;
import org.postroom.channel.Channel;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.mailbox.MailboxException;

/** The steps of the way in, in their order. */
enum IncomingStep {
    RESOLVE("name resolved"),
    REACH("server reached"),
    ENCRYPT("encrypted"),
    OFFER("sign-in offered"),
    TOKEN("token obtained"),
    DECODE("token decoded"),
    AUTHENTICATE("authenticated"),
    OPEN("mailbox opened and counted"),
    FIND("folder found"),
    READ("message readable"),
    SENT("Sent folder found");

    final String title;

    IncomingStep(String words) {
        this.title = "incoming: " + words;
    }

    /** The names of those that a channel has. */
    static List<String> of(Channel channel) {
        boolean oauth = channel.authentication() instanceof Authentication.OAuth2;
        boolean plain = channel.incoming().security() == Security.NONE;
        return Arrays.stream(values())
                .filter(step -> oauth || (step != TOKEN && step != DECODE))
                .filter(step -> !plain || step != ENCRYPT)
                .map(step -> step.title)
                .toList();
    }

    /** Where a failure belongs; one of a command that may stand anywhere belongs to the reading. */
    static IncomingStep of(MailboxException.Step step) {
        return switch (step) {
            case RESOLVE -> RESOLVE;
            case CONNECT -> REACH;
            case TLS -> ENCRYPT;
            case CAPABILITIES -> OFFER;
            case TOKEN -> TOKEN;
            case AUTHENTICATE -> AUTHENTICATE;
            case OPEN_FOLDER -> OPEN;
            case FIND_FOLDER -> FIND;
            case WORK -> READ;
        };
    }
}
