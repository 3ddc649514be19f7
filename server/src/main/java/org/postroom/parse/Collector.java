package org.postroom.parse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Attachment;

/**
 * Keeps what the walk meets: texts decoded, attachments digested and numbered, reports captured. Decides at each leaf,
 * from what came before alone, whether it is body or attachment; so a second walk numbers alike.
 */
final class Collector implements MimeWalk.Visitor {
    /** Kept of each part that a report may need, in bytes. */
    private static final int CAPTURE = 128 << 10;

    private static final int PREAMBLE = 8 << 10;
    private static final int MAX_CAPTURES = 20;

    /** Of a file that is opened to see what is in it, in bytes; a larger one stays closed. */
    private static final int LARGEST_OPENED = 32 << 20;

    private static final int MAX_CALENDARS = 20;
    private static final Set<String> CAPTURED = Set.of(
            "message/rfc822",
            "message/global",
            "message/global-headers",
            "message/rfc822-headers",
            "text/rfc822-headers",
            "message/delivery-status",
            "message/xdelivery-status",
            "message/global-delivery-status",
            "message/disposition-notification",
            "message/feedback-report");
    private static final Set<String> NEVER_BODY = Set.of(
            "text/calendar",
            "text/vcard",
            "text/x-vcard",
            "text/directory",
            "text/csv",
            "text/css",
            "text/javascript",
            "text/xml",
            "text/x-amp-html",
            "text/watch-html",
            "text/rfc822-headers");

    /** The beginning of a part that a report may need. */
    record Capture(String type, byte[] content) {}

    /** An open multipart. */
    private static final class Section {
        final String type;
        final List<Views> children = new ArrayList<>();
        int leaves;
        byte[] preamble = new byte[0];

        Section(String type) {
            this.type = type;
        }
    }

    private final ParseLimits limits;
    private final Problems problems;
    private final Unsealing unsealing;
    private final FileList files;
    private final Deque<Section> open = new ArrayDeque<>();
    private final Section root = new Section("multipart/mixed");
    private byte[] buffer;
    private final List<String> calendars = new ArrayList<>();
    private @Nullable Tnef outlook;
    private final List<Capture> captures = new ArrayList<>();
    private Headers headers = new Headers();
    private String rootType = "text/plain";
    private @Nullable String reportType;
    private int textLeft;
    private int htmlLeft;

    Collector(ParseLimits limits, Problems problems, Unsealing unsealing, FileList.Target target, Buffers buffers) {
        buffer = buffers.part();
        this.limits = limits;
        this.problems = problems;
        this.unsealing = unsealing;
        files = new FileList(target, limits.maxParts(), problems);
        textLeft = limits.maxTextBytes();
        htmlLeft = limits.maxHtmlBytes();
        open.push(root);
    }

    @Override
    public void message(Headers message) {
        headers = message;
    }

    @Override
    public void startMultipart(PartType type) {
        if (open.size() == 1) {
            rootType = type.type().value();
        }
        if (reportType == null && type.type().value().equals("multipart/report")) {
            reportType = type.type().parameters().getOrDefault("report-type", "");
        }
        open.push(new Section(type.type().value()));
    }

    @Override
    public void endMultipart() {
        Section section = open.pop();
        if (section.leaves == 0 && section.children.isEmpty() && section.preamble.length > 0) {
            problems.add(section.type + " without parts: read as text");
            String text = Charsets.decode(section.preamble, section.preamble.length, null, problems);
            section.children.add(Views.of(new Views.Piece(text, false)));
        }
        Section parent = section == root ? root : open.element();
        parent.leaves++;
        parent.children.add(combined(section));
    }

    private static Views combined(Section section) {
        return section.type.equals("multipart/alternative")
                ? Views.choice(section.children)
                : Views.inOrder(section.children);
    }

    @Override
    public void preamble(InputStream content) throws IOException {
        int length = content.readNBytes(buffer, 0, PREAMBLE);
        if (length > 0) {
            open.element().preamble = Arrays.copyOf(buffer, length);
        }
    }

    @Override
    public void leaf(Part part, InputStream content) throws IOException {
        Section section = open.element();
        if (section == root && section.leaves == 0) {
            rootType = part.type();
        }
        int position = section.leaves++;
        String type = part.type();
        if (isBody(part, section, position)) {
            boolean html = type.equals("text/html") || type.equals("application/xhtml+xml");
            String text = text(part, content, html);
            section.children.add(Views.of(new Views.Piece(text, html)));
            unsealing.shown(part, text.isBlank());
            return;
        }
        unsealing.shown(part, false);
        if (Tnef.named(type, part.name())) {
            outlook(part, section, content);
        } else if (type.equals("application/applefile")) {
            apple(part, section, content);
        } else {
            attachment(part, section, content);
        }
    }

    private boolean isBody(Part part, Section section, int position) {
        String type = part.type();
        if (Recognised.isSignature(part) || (section.type.equals("multipart/signed") && position > 0)) {
            return false;
        }
        if (type.equals("message/partial")) {
            return isPartial(part);
        }
        if ((!type.startsWith("text/") && !type.equals("application/xhtml+xml")) || NEVER_BODY.contains(type)) {
            return false;
        }
        boolean named = part.name() != null;
        if (part.saysAttachment()) {
            return section == root && !named;
        }
        boolean known = type.equals("text/plain") || type.equals("text/html");
        if (!known && named) {
            return false;
        }
        boolean related = section.type.equals("multipart/related");
        return position == 0 || (!named && !(related && part.contentId() != null && !section.children.isEmpty()));
    }

    /** A piece of a message that was sent in several (RFC 2046 section 5.2.2). */
    private boolean isPartial(Part part) {
        HeaderValue type = part.description().type();
        String number = type.parameter("number");
        String total = type.parameter("total");
        problems.add("this is part " + (number == null ? "?" : number) + (total == null ? "" : " of " + total)
                + " of a message that was sent in parts: they are not joined");
        return true;
    }

    private String text(Part part, InputStream content, boolean html) throws IOException {
        int left = html ? htmlLeft : textLeft;
        int length = fill(content, 0, left);
        if (!html && TextFiles.mayHave(buffer, length)) {
            length = fill(content, length, LARGEST_OPENED);
            length = Math.min(left + 1, withoutFiles(length));
        }
        if (length > left || (length == left && content.read() >= 0)) {
            length = left;
            problems.add((html ? "HTML" : "text") + " longer than "
                    + (html ? limits.maxHtmlBytes() : limits.maxTextBytes()) + " bytes: cut");
        }
        if (html) {
            htmlLeft -= length;
        } else {
            textLeft -= length;
        }
        String charset = part.charset();
        if (charset == null && html) {
            charset = HtmlCharset.declared(buffer, length);
        }
        String text = Charsets.decode(buffer, length, charset, problems);
        if (!html) {
            text = unsealing.text(buffer, length, charset, text);
        }
        if (text.indexOf('\0') >= 0) {
            text = text.replace("\0", "");
            problems.add("NUL bytes in the text were left out");
        }
        if (text.startsWith("{\\rtf")) {
            return Rtf.read(Arrays.copyOf(buffer, length)).content();
        }
        if ("flowed".equalsIgnoreCase(part.description().type().parameter("format"))) {
            return Flowed.joined(
                    text, "yes".equalsIgnoreCase(part.description().type().parameter("delsp")));
        }
        return text;
    }

    private int withoutFiles(int length) throws IOException {
        TextFiles text = TextFiles.taken(buffer, length, problems);
        for (TextFiles.Found file : text.found()) {
            FileList.Label label = new FileList.Label(file.name(), FileTypes.of(file.name()), null, false);
            files.add(label, file.content(), 0, file.length());
        }
        return text.length();
    }

    /** Reads into the buffer, which grows as needed, behind what is there; returns how much is in it then. */
    private int fill(InputStream content, int from, int limit) throws IOException {
        int length = from;
        while (length < limit) {
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 4);
            }
            int n = content.read(buffer, length, Math.min(buffer.length, limit) - length);
            if (n < 0) {
                break;
            }
            length += n;
        }
        return length;
    }

    /** What is in the buffer, and what follows it, as an attachment of the message. */
    private void closed(Part part, Section section, int length, InputStream rest) throws IOException {
        InputStream begun = new ByteArrayInputStream(buffer, 0, length);
        buffer = new byte[8192];
        attachment(part, section, new SequenceInputStream(begun, rest));
    }

    private void outlook(Part part, Section section, InputStream content) throws IOException {
        int length = fill(content, 0, LARGEST_OPENED);
        String name = FileNames.safe(part.name(), part.type(), files.files().size() + 1);
        try {
            if (length == LARGEST_OPENED) {
                throw new TnefBytes.Damaged("is larger than " + LARGEST_OPENED + " bytes");
            }
            Tnef found = Tnef.read(buffer, length);
            outlook = outlook == null ? found : outlook;
            problems.add(name + " was unpacked");
            TnefMail.unpack(found, files);
        } catch (TnefBytes.Damaged e) {
            problems.add(name + " could not be unpacked: it " + e.getMessage());
            closed(part, section, length, content);
            return;
        }
        buffer = new byte[8192]; // its parts may still be needed
    }

    /** The resource fork beside a file's data is of no use elsewhere (RFC 1740). */
    private void apple(Part part, Section section, InputStream content) throws IOException {
        if (section.type.equals("multipart/appledouble")) {
            problems.add("a resource fork for Macintosh was left out");
            return;
        }
        int length = fill(content, 0, LARGEST_OPENED);
        AppleFile file = length < LARGEST_OPENED ? AppleFile.read(buffer, length) : null;
        if (file == null) {
            closed(part, section, length, content);
            return;
        }
        String name = file.name() == null ? part.name() : file.name();
        FileList.Label label = new FileList.Label(name, FileTypes.of(name), part.contentId(), part.saysInline());
        files.add(label, buffer, file.from(), file.to());
    }

    private void attachment(Part part, Section section, InputStream content) throws IOException {
        String type = part.type();
        boolean calendar = Calendars.named(type, part.name()) && calendars.size() < MAX_CALENDARS;
        boolean capture = CAPTURED.contains(type) && captures.size() < MAX_CAPTURES;
        Beginning kept = capture || calendar ? new Beginning() : null;
        FileList.Content read = files.read(content, buffer, kept);
        String name = part.name();
        if (kept != null && capture) {
            captures.add(new Capture(type, kept.toByteArray()));
            name = name == null && type.equals("message/rfc822") ? subjectOf(kept.toByteArray()) : name;
        } else if (kept != null) {
            byte[] bytes = kept.toByteArray();
            calendars.add(Charsets.decode(bytes, bytes.length, part.charset(), problems));
        }
        String contentId = part.contentId();
        boolean related = section.type.equals("multipart/related") && contentId != null;
        boolean inline = !part.saysAttachment() && (part.saysInline() || related);
        files.add(new FileList.Label(name, type, contentId, inline), read);
    }

    /** Keeps no more than a report or a calendar needs. */
    private static final class Beginning extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, Math.min(length, Math.max(0, CAPTURE - count)));
        }
    }

    private static @Nullable String subjectOf(byte[] message) {
        Headers embedded = HeaderSection.read(message);
        String subject = embedded.text("subject");
        return subject.isBlank() ? null : subject + ".eml";
    }

    @Override
    public boolean done() {
        return files.written();
    }

    Headers headers() {
        return headers;
    }

    /** Type of the whole message. */
    String rootType() {
        return rootType;
    }

    /** The report-type of the outermost multipart/report, null if there is none. */
    @Nullable
    String reportType() {
        return reportType;
    }

    /** Texts of calendars that came along. */
    List<String> calendars() {
        return calendars;
    }

    /** The message in Outlook's own format that came along; null if none did. */
    @Nullable
    Tnef outlook() {
        return outlook;
    }

    Views views() {
        Views views = combined(root);
        Tnef message = outlook;
        return message == null ? views : views.with(message.anyPlain(), message.html());
    }

    List<Attachment> attachments() {
        return files.files();
    }

    /** The header of the first message or header section that came along; empty if none did. */
    Headers embedded() {
        for (Capture capture : captures) {
            if (capture.type.contains("rfc822") || capture.type.startsWith("message/global")) {
                Headers embedded = HeaderSection.read(capture.content);
                if (embedded.size() > 0) {
                    return embedded;
                }
            }
        }
        return new Headers();
    }

    List<Capture> captures() {
        return captures;
    }
}
