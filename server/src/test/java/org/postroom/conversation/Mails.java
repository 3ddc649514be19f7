package org.postroom.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Automatic;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.Findings;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;
import org.postroom.mail.Receipt;

/** Messages as the parser hands them on. */
final class Mails {
    private Mails() {}

    static ParsedMessage letter(String from, Instant date, @Nullable String inReplyTo) {
        return mail(from, date, inReplyTo, Kind.MESSAGE, null, Findings.NONE);
    }

    static ParsedMessage bounce(Instant date, @Nullable String original, Bounce.Recipient... recipients) {
        return mail(
                "mailer-daemon@mx.test",
                date,
                null,
                Kind.BOUNCE,
                new Bounce(List.of(recipients), original),
                Findings.NONE);
    }

    static ParsedMessage receipt(String from, Instant date, String original) {
        Receipt receipt = new Receipt(from, "displayed", false, original);
        return mail(
                from,
                date,
                null,
                Kind.RECEIPT,
                null,
                new Findings(null, "", null, receipt, List.of(), null, List.of()));
    }

    static ParsedMessage complaint(Instant date, String type, @Nullable String recipient, String original) {
        Complaint complaint = new Complaint(type, null, recipient, null, null, original);
        return mail(
                "fbl@provider.test",
                date,
                null,
                Kind.COMPLAINT,
                null,
                new Findings(null, "", complaint, null, List.of(), null, List.of()));
    }

    static Bounce.Recipient failed(String address, String status, String reason, boolean permanent) {
        return new Bounce.Recipient(
                address, "failed", status, permanent ? "550" : "452", "said the server", permanent, reason);
    }

    static Bounce.Recipient report(String address, String action, String status) {
        return new Bounce.Recipient(address, action, status, null, null, false, "unknown");
    }

    private static ParsedMessage mail(
            String from, Instant date, @Nullable String inReplyTo, Kind kind, @Nullable Bounce bounce, Findings found) {
        String unique = UUID.randomUUID().toString();
        boolean machine = kind != Kind.MESSAGE;
        return new ParsedMessage(
                unique,
                10,
                new MessageId("<" + unique + "@test>"),
                inReplyTo == null ? List.of() : List.of(new MessageId(inReplyTo)),
                List.of(),
                "Lamp",
                date,
                List.of(Address.of(from)),
                List.of(),
                List.of(),
                List.of(Address.of("support@contoso.test")),
                List.of(),
                List.of(),
                "Hello",
                null,
                "Hello",
                List.of(),
                kind,
                machine ? new Automatic(true, false, "a machine") : Automatic.NO,
                bounce,
                found,
                List.of());
    }
}
