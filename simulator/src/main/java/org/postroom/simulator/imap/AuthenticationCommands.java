package org.postroom.simulator.imap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.postroom.simulator.exchange.ImapAccess;
import org.postroom.simulator.exchange.ImapAccess.Decision;
import org.postroom.simulator.exchange.XOAuth2;

/** AUTHENTICATE with XOAUTH2 and PLAIN, with and without initial response (RFC 4959), and LOGIN. */
final class AuthenticationCommands {
    private AuthenticationCommands() {}

    static String authenticate(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        arguments.space();
        String mechanism = arguments.word();
        Optional<String> initial = Optional.empty();
        if (arguments.take(' ')) {
            initial = Optional.of(arguments.rest().strip());
        }
        if (!session.tls() || !(mechanism.equals("XOAUTH2") || mechanism.equals("PLAIN"))) {
            throw new ImapRefusal("NO AUTHENTICATE failed.");
        }
        String response = initial.isPresent() ? initial.get() : asked(session);
        if (response.equals("*")) {
            throw new ImapRefusal("BAD AUTHENTICATE failed.");
        }
        ImapAccess access = session.service().access();
        Optional<Decision> decision = mechanism.equals("XOAUTH2")
                ? XOAuth2.decode(response).map(access::byToken)
                : plain(response).map(pair -> access.byPassword(pair[0], pair[1]));
        return answer(session, decision.orElse(new Decision.Refused("malformed " + mechanism)), "AUTHENTICATE");
    }

    private static String asked(ImapSession session) throws ImapRefusal, IOException {
        session.out().line("+ ");
        session.out().flush();
        return session.in().line().strip();
    }

    private static Optional<String[]> plain(String response) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(response), UTF_8).split("\0", -1);
            return parts.length == 3 ? Optional.of(new String[] {parts[1], parts[2]}) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String login(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.space();
        String name = arguments.string();
        arguments.space();
        String password = arguments.string();
        arguments.end();
        boolean customer = session.service().organisation().customer(name).isPresent();
        if (!session.tls() && !customer) {
            throw new ImapRefusal("NO LOGIN failed.");
        }
        return answer(session, session.service().access().byPassword(name, password), "LOGIN");
    }

    private static String answer(ImapSession session, Decision decision, String command) throws ImapRefusal {
        switch (decision) {
            case Decision.Granted granted -> session.authenticated(granted.identity());
            case Decision.NotConnected theirs -> session.notConnected(theirs.name(), theirs.reason());
            case Decision.Refused refused -> {
                session.service().note(session.id(), refused.reason());
                throw new ImapRefusal("NO " + command + " failed.");
            }
        }
        return "OK " + command + " completed.";
    }
}
