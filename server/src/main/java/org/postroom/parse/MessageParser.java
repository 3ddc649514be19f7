package org.postroom.parse;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Automatic;
import org.postroom.mail.Findings;
import org.postroom.mail.Invitation;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;

/**
 * Bytes to a parsed message, in one pass, attachments only digested. Never fails because of a mail: what was mended or
 * left out is listed in the message's problems. Immutable and thread-safe.
 */
public final class MessageParser {
    private final ParseLimits limits;
    private final @Nullable Opener opener;

    /** With the default limits. */
    public MessageParser() {
        this(ParseLimits.DEFAULT);
    }

    /** With limits of one's own. */
    public MessageParser(ParseLimits limits) {
        this(limits, null);
    }

    /**
     * With somebody who checks signatures and opens what is encrypted; without, protected parts are recognised only.
     *
     * @param opener for one message at a time if it is so itself
     */
    public MessageParser(ParseLimits limits, @Nullable Opener opener) {
        this.limits = limits;
        this.opener = opener;
    }

    /**
     * Reads a raw message to the end of the stream, which stays open.
     *
     * @throws IOException only what the stream itself throws
     */
    public ParsedMessage parse(InputStream raw) throws IOException {
        return read(raw).message();
    }

    /** Reads a file. */
    public ParsedMessage parse(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in);
        }
    }

    /** Reads a message in memory. */
    public ParsedMessage parse(byte[] raw) {
        try {
            return read(new ByteArrayInputStream(raw)).message();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
    }

    /** As {@link #parse(InputStream)}, with the header. */
    public Reading read(InputStream raw) throws IOException {
        Buffers buffers = Buffers.take();
        try {
            return read(raw, buffers);
        } finally {
            buffers.giveBack();
        }
    }

    private Reading read(InputStream raw, Buffers buffers) throws IOException {
        long deadline = System.nanoTime() + limits.time().toNanos();
        Problems problems = new Problems();
        RawInput input = new RawInput(raw, limits.maxBytes(), deadline, problems);
        Unsealing unsealing = new Unsealing(opener, limits, problems, deadline);
        Collector parts = new Collector(limits, problems, unsealing, number -> null, buffers);
        new MimeWalk(limits, problems, parts, unsealing).run(input, buffers);
        input.drain();
        if (input.size() == 0) {
            problems.add("empty message");
        }
        return assembled(input, parts, unsealing, problems, deadline);
    }

    /** The header section alone; the rest of the stream is not read. */
    public Headers headers(InputStream raw) throws IOException {
        Problems problems = new Problems();
        long deadline = System.nanoTime() + limits.time().toNanos();
        RawInput input = new RawInput(new BufferedInputStream(raw), limits.maxBytes(), deadline, problems);
        HeaderOnly visitor = new HeaderOnly();
        new MimeWalk(limits, problems, visitor, Unsealing.none(limits, problems)).run(input, new Buffers());
        return visitor.headers();
    }

    /**
     * Writes the decoded content of an attachment.
     *
     * @param raw the message, from its beginning
     * @param number its place in {@link ParsedMessage#attachments()}, from 0
     * @return what was written; empty if the message has no such attachment
     */
    public Optional<Attachment> attachment(InputStream raw, int number, OutputStream to) throws IOException {
        Problems problems = new Problems();
        long deadline = System.nanoTime() + limits.time().toNanos();
        RawInput input = new RawInput(raw, limits.maxBytes(), deadline, problems);
        Unsealing unsealing = new Unsealing(opener, limits, problems, deadline);
        Buffers buffers = new Buffers();
        Collector parts = new Collector(limits, problems, unsealing, n -> n == number ? to : null, buffers);
        new MimeWalk(limits, problems, parts, unsealing).run(input, buffers);
        List<Attachment> found = parts.attachments();
        return number >= 0 && number < found.size() ? Optional.of(found.get(number)) : Optional.empty();
    }

    private Reading assembled(RawInput input, Collector parts, Unsealing unsealing, Problems problems, long deadline) {
        Headers headers = parts.headers();
        Headers inner = unsealing.inner();
        String subject = (inner == null ? headers : inner).text("subject");
        List<Address> from = addresses(headers, "from");
        Tnef outlook = parts.outlook();
        if (outlook != null) {
            subject = subject.isEmpty() ? outlook.subject() : subject;
            Address writer = from.isEmpty() ? TnefMail.sender(outlook) : null;
            from = writer == null ? from : List.of(writer);
        }
        List<CalendarEvent> events = Calendars.read(parts.calendars());
        Views views = events.isEmpty() ? parts.views() : parts.views().with(CalendarEvent.words(events), null);
        Address writer = from.isEmpty() ? null : from.get(0);
        Body body = Body.of(views, writer, ForwardMarks.begin(subject), deadline, problems);
        Reports reports = Reports.of(parts, from, subject, body.text());
        Automatic automatic = AutomaticRules.judge(
                headers, from, ReportSource.reportType(parts), subject, body.newText(), reports.challenge());
        if (reports.kind() != Kind.MESSAGE && !automatic.is()) {
            automatic = new Automatic(true, false, "a report");
        }
        Kind kind = reports.kind() == Kind.MESSAGE && automatic.is() ? Kind.AUTOMATIC : reports.kind();
        String date = headers.get("date");
        var instant = MailDates.parse(date);
        if (instant == null && !date.isEmpty()) {
            problems.add("date " + Problems.quote(date) + " not readable");
        }
        List<Invitation> invitations = events.isEmpty()
                ? List.of()
                : events.stream().map(CalendarEvent::invitation).toList();
        Findings findings = new Findings(
                Language.of(body.newText(), headers.get("content-language")),
                Preview.of(body.newText()),
                reports.complaint(),
                reports.receipt(),
                invitations,
                unsealing.protection(),
                body.trackers());
        List<MessageId> ids = MessageId.all(headers.get("message-id"));
        ParsedMessage message = new ParsedMessage(
                input.sha256(),
                input.size(),
                ids.isEmpty() ? null : ids.get(0),
                MessageId.all(String.join(" ", either(headers, inner, "in-reply-to"))),
                MessageId.all(String.join(" ", either(headers, inner, "references"))),
                subject,
                instant,
                from,
                addresses(headers, "sender"),
                addresses(headers, "reply-to"),
                addresses(headers, "to"),
                addresses(headers, "cc"),
                addresses(headers, "bcc"),
                body.text(),
                body.html(),
                body.newText(),
                body.withInline(parts.attachments()),
                kind,
                automatic,
                reports.bounce(),
                findings,
                problems.list());
        return new Reading(message, headers);
    }

    /** From the message's own header, else from the one that was encrypted. */
    private static List<String> either(Headers headers, @Nullable Headers inner, String name) {
        return inner == null || headers.has(name) ? headers.all(name) : inner.all(name);
    }

    static List<Address> addresses(Headers headers, String name) {
        List<String> bodies = headers.all(name);
        return switch (bodies.size()) {
            case 0 -> List.of();
            case 1 -> Addresses.parse(bodies.get(0));
            default -> Addresses.parse(String.join(", ", bodies));
        };
    }
}
