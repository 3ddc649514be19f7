package org.postroom.simulator.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.postroom.simulator.exchange.SmtpAccess.Decision;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.exchange.XOAuth2;

/** AUTH with XOAUTH2 and LOGIN (RFC 4954). */
record SmtpAuthentication(SmtpSession session, SmtpService service, boolean tls) {
    private static final String HOST = " [" + Transport.HOST + "]";

    void run(String rest) throws IOException {
        String[] parts = rest.split("\\s+", 2);
        String mechanism = parts[0].toUpperCase(Locale.ROOT);
        String initial = parts.length > 1 ? parts[1].strip() : "";
        if (!tls || !(mechanism.equals("XOAUTH2") || mechanism.equals("LOGIN"))) {
            session.reply("504 5.7.4 Unrecognized authentication type" + HOST);
            return;
        }
        Optional<Decision> decision = mechanism.equals("XOAUTH2") ? token(initial) : password(initial);
        if (decision.isEmpty()) {
            return;
        }
        switch (decision.get()) {
            case Decision.Granted granted -> {
                session.authenticated(granted.identity());
                session.note(granted.identity().name() + " authenticated");
                session.reply("235 2.7.0 Authentication successful");
            }
            case Decision.Refused refused -> {
                session.note(refused.reason());
                session.reply(refused.reply() + HOST);
            }
        }
    }

    private Optional<Decision> token(String initial) throws IOException {
        String response = initial;
        if (response.isEmpty()) {
            session.reply("334 ");
            response = session.line().strip();
        }
        if (cancelled(response)) {
            return Optional.empty();
        }
        return Optional.of(XOAuth2.decode(response)
                .map(service.access()::byToken)
                .orElseGet(() -> new Decision.Refused("535 5.7.3 Authentication unsuccessful", "malformed XOAUTH2")));
    }

    private Optional<Decision> password(String initial) throws IOException {
        String name = initial;
        if (name.isEmpty()) {
            session.reply("334 VXNlcm5hbWU6");
            name = session.line();
        }
        if (cancelled(name)) {
            return Optional.empty();
        }
        session.reply("334 UGFzc3dvcmQ6");
        String password = session.line();
        if (cancelled(password)) {
            return Optional.empty();
        }
        return Optional.of(service.access().byPassword(decoded(name), decoded(password)));
    }

    private boolean cancelled(String response) throws IOException {
        if (response.strip().equals("*")) {
            session.reply("501 5.7.0 Authentication cancelled" + HOST);
            return true;
        }
        return false;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
