package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage.Kind;
import org.postroom.mail.Receipt;

/**
 * Decides what sort of message it is and reads what a report says: delivery status (RFC 3464), read receipt (RFC 8098),
 * complaint (RFC 5965), and bounces that are only words.
 */
record Reports(
        Kind kind,
        @Nullable Bounce bounce,
        @Nullable Complaint complaint,
        @Nullable Receipt receipt) {
    private static final Reports NONE = new Reports(Kind.MESSAGE, null, null, null);

    static Reports of(Collector parts, List<Address> from, String subject, String text) {
        Collector.Capture feedback = first(parts, "message/feedback-report");
        String original = originalMessageId(parts);
        if (feedback != null) {
            return new Reports(Kind.COMPLAINT, null, complaint(feedback.content(), original), null);
        }
        Collector.Capture disposition = first(parts, "message/disposition-notification");
        if (disposition != null) {
            return new Reports(Kind.RECEIPT, null, null, receipt(disposition.content(), original));
        }
        List<Bounce.Recipient> recipients = new ArrayList<>();
        boolean report = false;
        for (Collector.Capture capture : parts.captures()) {
            if (capture.type().endsWith("delivery-status")) {
                report = true;
                recipients.addAll(DeliveryStatus.recipients(capture.content()));
            }
        }
        if (report && !recipients.isEmpty()) {
            return isChallenge(recipients, text)
                    ? NONE
                    : new Reports(Kind.BOUNCE, new Bounce(BounceDetail.fill(recipients, text), original), null, null);
        }
        Bounce free = BounceText.read(parts, from, subject, text, original);
        return free == null ? NONE : new Reports(Kind.BOUNCE, free, null, null);
    }

    /** A report in form, but the message waits until its sender has proved himself. */
    private static boolean isChallenge(List<Bounce.Recipient> recipients, String text) {
        return recipients.stream().allMatch(BounceWords::isChallenge)
                || (recipients.stream()
                                .allMatch(r -> r.status() != null && r.status().startsWith("4"))
                        && BounceWords.isChallenge(text.toLowerCase(Locale.ROOT)));
    }

    private static Collector.@Nullable Capture first(Collector parts, String type) {
        for (Collector.Capture capture : parts.captures()) {
            if (capture.type().equals(type)) {
                return capture;
            }
        }
        return null;
    }

    private static @Nullable String originalMessageId(Collector parts) {
        List<MessageId> embedded = MessageId.all(parts.embedded().get("message-id"));
        if (!embedded.isEmpty()) {
            return embedded.get(0).value();
        }
        for (Collector.Capture capture : parts.captures()) {
            if (capture.type().equals("message/disposition-notification")) {
                List<MessageId> ids =
                        MessageId.all(HeaderSection.read(capture.content()).get("original-message-id"));
                return ids.isEmpty() ? null : ids.get(0).value();
            }
        }
        return null;
    }

    private static Receipt receipt(byte[] report, @Nullable String original) {
        Headers fields = HeaderSection.read(report);
        String recipient = fields.get("final-recipient");
        List<Address> to = Addresses.parse(recipient.substring(recipient.indexOf(';') + 1));
        String disposition = fields.get("disposition").toLowerCase(Locale.ROOT);
        String type = disposition.substring(disposition.indexOf(';') + 1).strip();
        int end = type.indexOf('/');
        return new Receipt(
                to.isEmpty() ? null : to.get(0).address(),
                end < 0 ? type : type.substring(0, end),
                disposition.contains("mdn-sent-automatically"),
                original);
    }

    private static Complaint complaint(byte[] report, @Nullable String original) {
        Headers fields = HeaderSection.read(report);
        String type = fields.get("feedback-type").toLowerCase(Locale.ROOT);
        List<Address> to = Addresses.parse(fields.get("original-rcpt-to"));
        String arrival = fields.get("arrival-date");
        return new Complaint(
                type.isEmpty() ? "abuse" : type,
                blankToNull(fields.get("user-agent")),
                to.isEmpty() ? null : to.get(0).address(),
                blankToNull(fields.get("source-ip")),
                MailDates.parse(arrival.isEmpty() ? fields.get("received-date") : arrival),
                original);
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
