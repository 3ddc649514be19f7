package org.postroom.parse;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.MessageId;

/**
 * A message that may be a report, and the signs around it.
 *
 * @param sender how surely a mail server's program wrote it
 * @param nobody its Return-Path is empty
 * @param report the whole message is a multipart/report
 * @param answered a person's mark ({@code Re:}, {@code Fwd:}) stands before the subject
 * @param normal what {@link Phrases#normal} made of the subject
 * @param subjectSays which phrases of bounces and challenges are in it
 * @param embedded header of the message it is about, empty if that did not come along
 */
record ReportSource(
        Collector parts,
        List<Address> from,
        String subject,
        String text,
        BounceWords.Sender sender,
        boolean nobody,
        boolean report,
        boolean answered,
        String normal,
        BounceWords.Told subjectSays,
        Headers embedded) {

    static ReportSource of(Collector parts, List<Address> from, String subject, String text) {
        String path = parts.headers().first("return-path");
        String bare =
                path == null || path.length() > 40 ? "" : path.replace(" ", "").strip();
        String normal = Phrases.normal(subject);
        boolean answered = BounceWords.isAnswered(normal);
        return new ReportSource(
                parts,
                from,
                subject,
                text,
                BounceWords.sender(from),
                bare.equals("<>") || bare.equals("<#@[]>"),
                parts.rootType().equals("multipart/report"),
                answered,
                normal,
                BounceWords.told(normal),
                parts.embedded());
    }

    /** The report-type if the whole message is a report, null if it is none. */
    static @Nullable String reportType(Collector parts) {
        return parts.rootType().equals("multipart/report") ? parts.reportType() : null;
    }

    /** The subject is one of bounces. */
    boolean subjectTells() {
        return !answered && subjectSays.subject();
    }

    Headers headers() {
        return parts.headers();
    }

    /** A program sent it: parts that are reports may be taken at their word, not as something a person passes on. */
    boolean byProgram() {
        String submitted = headers().get("auto-submitted");
        return report
                || nobody
                || sender != BounceWords.Sender.OTHER
                || headers().has("x-failed-recipients")
                || (!submitted.isEmpty() && !submitted.regionMatches(true, 0, "no", 0, 2))
                || subjectTells();
    }

    /** {@code multipart/report; report-type=delivery-status}. */
    boolean isStatusReport() {
        return report && "delivery-status".equalsIgnoreCase(parts.reportType());
    }

    /** A reason to read the text at all; ordinary mail has none. */
    boolean suspicious() {
        return nobody
                || report
                || sender != BounceWords.Sender.OTHER
                || subjectTells()
                || headers().has("x-failed-recipients");
    }

    /** To whom the message was addressed that it is about, in lower case. */
    Set<String> written() {
        return written(embedded);
    }

    static Set<String> written(Headers sent) {
        Set<String> written = new HashSet<>();
        for (String name : List.of("to", "cc", "bcc")) {
            for (Address address : MessageParser.addresses(sent, name)) {
                written.add(address.key());
            }
        }
        return written;
    }

    Collector.@Nullable Capture first(String type) {
        for (Collector.Capture capture : parts.captures()) {
            if (capture.type().equals(type)) {
                return capture;
            }
        }
        return null;
    }

    /** The Message-ID of what it is about, as far as parts tell. */
    @Nullable
    String embeddedId() {
        return firstId(embedded.get("message-id"));
    }

    static @Nullable String firstId(String field) {
        List<MessageId> ids = MessageId.all(field);
        return ids.isEmpty() ? null : ids.get(0).value();
    }

    /** What the report answers, by its own header: for when nothing else names the message. */
    @Nullable
    String answeredId() {
        String id = firstId(headers().get("in-reply-to"));
        if (id != null) {
            return id;
        }
        List<MessageId> ids = MessageId.all(headers().get("references"));
        return ids.isEmpty() ? null : ids.getLast().value();
    }
}
