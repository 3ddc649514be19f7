package org.postroom.simulator.smtp;

import java.util.Optional;
import java.util.UUID;
import org.postroom.simulator.exchange.Identity;
import org.postroom.simulator.exchange.Transport;

/** What Exchange's store driver says to a whole message. */
final class SmtpSubmission {
    private static final String HOST = " [Hostname=" + Transport.HOST + "]";

    private SmtpSubmission() {}

    static String submit(SmtpService service, Identity who, boolean withinLimit, SmtpMail mail, byte[] message) {
        if (!withinLimit) {
            return "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded" + HOST;
        }
        boolean expired = who.tokenExpires() != null
                && !who.tokenExpires().isAfter(service.organisation().clock().instant());
        if (expired) {
            return "535 5.7.3 Authentication unsuccessful [" + Transport.HOST + "]";
        }
        Optional<String> forbidden = service.transport().forbiddenSender(who, mail.from(), message);
        if (forbidden.isPresent()) {
            return "554 5.2.252 SendAsDenied; " + who.mailbox().address() + " not allowed to send as " + forbidden.get()
                    + "; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process"
                    + " message due to a permanent exception with message [BeginDiagnosticData]Cannot submit message."
                    + " 0.35250:1F009983, 1.36674:0A000000, 1.61250:00000000[EndDiagnosticData]" + HOST;
        }
        service.transport().submit(who, mail.from(), mail.recipients(), message);
        String id =
                UUID.randomUUID().toString().replace("-", "").substring(0, 24).toUpperCase(java.util.Locale.ROOT);
        return "250 2.0.0 OK <" + id + "@" + Transport.HOST + ">" + HOST;
    }
}
