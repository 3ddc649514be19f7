package org.postroom.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.ParsedMessage.Kind;
import org.postroom.mail.Receipt;

/**
 * Decides what sort of message it is and reads what a report says: delivery status (RFC 3464), read receipt (RFC 8098),
 * complaint (RFC 5965), and those that are only words. What a person quotes or passes on is no report.
 *
 * @param challenge a program wants the sender to prove himself
 */
record Reports(
        Kind kind,
        @Nullable Bounce bounce,
        @Nullable Complaint complaint,
        @Nullable Receipt receipt,
        boolean challenge) {
    /** What is read of a text, in characters: the explanation comes first. */
    private static final int LOOK = 16_000;

    private static final Reports NONE = new Reports(Kind.MESSAGE, null, null, null, false);
    private static final Reports CHALLENGE = new Reports(Kind.MESSAGE, null, null, null, true);

    static Reports of(Collector parts, List<Address> from, String subject, String text) {
        ReportSource source = ReportSource.of(parts, from, subject, text);
        Complaint complaint = Complaints.read(source);
        if (complaint != null) {
            return new Reports(Kind.COMPLAINT, null, complaint, null, false);
        }
        Reports notice = SesNotice.read(source);
        if (notice != null) {
            return notice;
        }
        Receipt receipt = Receipts.read(source);
        if (receipt != null) {
            return new Reports(Kind.RECEIPT, null, null, receipt, false);
        }
        if (source.suspicious() || !parts.captures().isEmpty()) {
            Reports bounce = bounce(source);
            if (bounce != null) {
                return bounce;
            }
        }
        return Challenges.isOne(source) ? CHALLENGE : NONE;
    }

    private static @Nullable Reports bounce(ReportSource source) {
        if (!source.byProgram()) {
            return null;
        }
        String text = source.text();
        BounceCopy copy = BounceCopy.split(text.length() > LOOK ? text.substring(0, LOOK) : text);
        List<Bounce.Recipient> recipients = StatusParts.read(source, copy.explanation());
        if (!recipients.isEmpty()) {
            if (Challenges.isOne(recipients, copy.explanation())) {
                return CHALLENGE;
            }
            recipients = BounceDetail.fill(recipients, copy.explanation());
        } else if (source.suspicious()) {
            recipients = BounceText.read(source, copy);
            if (recipients != null && recipients.isEmpty()) {
                recipients = StatusParts.inline(copy.copy(), source.written());
            }
        }
        if (recipients == null || (recipients.isEmpty() && !source.suspicious())) {
            return null;
        }
        String id = source.embeddedId();
        id = id == null ? copy.messageId() : id;
        id = id == null ? source.answeredId() : id;
        return new Reports(Kind.BOUNCE, new Bounce(recipients, id), null, null, false);
    }
}
