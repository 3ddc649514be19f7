package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Complaint;

/**
 * Feedback of mailbox providers: ARF (RFC 5965, 6591), and the older forms of Microsoft and AOL that only attach the
 * message.
 */
final class Complaints {
    private static final Phrases SUBJECTS = Phrases.of("""
            [subjects]
            complaint about message from; email feedback report for ip; abuse complaint; feedback loop:; fbl report;
            spam complaint; client tos notification
            """);

    private Complaints() {}

    /** Null if it is no complaint. */
    static @Nullable Complaint read(ReportSource source) {
        Collector.Capture feedback = source.first("message/feedback-report");
        if (feedback != null) {
            boolean passedOn = !source.report() && source.answered();
            return passedOn ? null : arf(HeaderSection.read(feedback.content()), source);
        }
        Headers sent = source.embedded();
        if (sent.size() == 0) {
            return null;
        }
        String marked = sent.get("x-hmxmroriginalrecipient");
        boolean named = SUBJECTS.beginning(source.normal(), 0) != 0;
        if (marked.isEmpty() && !named) {
            return null;
        }
        if (source.answered()) {
            return null;
        }
        List<Address> to = Addresses.parse(marked);
        return new Complaint(
                "abuse",
                null,
                to.isEmpty() ? null : to.get(0).address(),
                address(source.subject()),
                MailDates.parse(sent.get("date")),
                source.embeddedId());
    }

    private static Complaint arf(Headers fields, ReportSource source) {
        String type = fields.get("feedback-type").toLowerCase(Locale.ROOT);
        int end = type.indexOf(' ');
        List<Address> to = Addresses.parse(fields.get("original-rcpt-to"));
        if (to.isEmpty()) {
            to = Addresses.parse(ReportAddress.untyped(fields.get("removal-recipient")));
        }
        String arrival = fields.get("arrival-date");
        String id = source.embeddedId();
        if (id == null) {
            id = BounceCopy.split(source.text()).messageId();
        }
        return new Complaint(
                type.isEmpty() ? "abuse" : end < 0 ? type : type.substring(0, end),
                blankToNull(fields.get("user-agent")),
                to.isEmpty() ? null : to.get(0).address(),
                blankToNull(fields.get("source-ip")),
                MailDates.parse(arrival.isEmpty() ? fields.get("received-date") : arrival),
                id == null ? source.answeredId() : id);
    }

    /** {@code complaint about message from 192.0.2.1}. */
    private static @Nullable String address(String subject) {
        String last = subject.strip().substring(subject.strip().lastIndexOf(' ') + 1);
        return last.matches("[0-9a-fA-F:.]{7,45}") ? last : null;
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }
}
