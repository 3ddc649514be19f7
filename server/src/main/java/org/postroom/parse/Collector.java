package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
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

    private static final int MAX_CAPTURES = 20;
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

    /** Where the content of an attachment goes, if anywhere. */
    interface Target {
        @Nullable
        OutputStream open(int number);
    }

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
    private final Target target;
    private final Unsealing unsealing;
    private final Deque<Section> open = new ArrayDeque<>();
    private final Section root = new Section("multipart/mixed");
    private byte[] buffer = new byte[8192];
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private Headers headers = new Headers();
    private String rootType = "text/plain";
    private @Nullable String reportType;
    private int textLeft;
    private int htmlLeft;
    private boolean done;

    Collector(ParseLimits limits, Problems problems, Unsealing unsealing, Target target) {
        this.limits = limits;
        this.problems = problems;
        this.unsealing = unsealing;
        this.target = target;
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
        int length = content.readNBytes(buffer, 0, buffer.length);
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
        if (isBody(part, section, position)) {
            boolean html = part.type().equals("text/html") || part.type().equals("application/xhtml+xml");
            String text = text(part, content, html);
            section.children.add(Views.of(new Views.Piece(text, html)));
            unsealing.shown(part, text.isBlank());
        } else {
            unsealing.shown(part, false);
            attachment(part, section, content);
        }
    }

    private boolean isBody(Part part, Section section, int position) {
        String type = part.type();
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

    private String text(Part part, InputStream content, boolean html) throws IOException {
        int left = html ? htmlLeft : textLeft;
        int length = fill(content, left);
        if (length == left && content.read() >= 0) {
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
        if ("flowed".equalsIgnoreCase(part.description().type().parameter("format"))) {
            return Flowed.joined(
                    text, "yes".equalsIgnoreCase(part.description().type().parameter("delsp")));
        }
        return text;
    }

    /** Reads into the buffer, which grows as needed, and returns how much. */
    private int fill(InputStream content, int limit) throws IOException {
        int length = 0;
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

    private void attachment(Part part, Section section, InputStream content) throws IOException {
        int number = attachments.size();
        OutputStream to = target.open(number);
        boolean capture = CAPTURED.contains(part.type()) && captures.size() < MAX_CAPTURES;
        ByteArrayOutputStream kept = capture ? new ByteArrayOutputStream() : null;
        MessageDigest digest = Digests.sha256();
        long size = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            digest.update(buffer, 0, n);
            size += n;
            if (kept != null && kept.size() < CAPTURE) {
                kept.write(buffer, 0, n);
            }
            if (to != null) {
                to.write(buffer, 0, n);
            }
        }
        String name = part.name();
        if (kept != null) {
            captures.add(new Capture(part.type(), kept.toByteArray()));
            name = name == null && part.type().equals("message/rfc822") ? subjectOf(kept.toByteArray()) : name;
        }
        String contentId = part.contentId();
        boolean related = section.type.equals("multipart/related") && contentId != null;
        boolean inline = !part.saysAttachment() && (part.saysInline() || related);
        String safe = FileNames.safe(name, part.type(), number + 1);
        attachments.add(new Attachment(safe, part.type(), size, Digests.hex(digest), contentId, inline));
        done = to != null;
    }

    private static @Nullable String subjectOf(byte[] message) {
        Headers embedded = HeaderSection.read(message);
        String subject = embedded.text("subject");
        return subject.isBlank() ? null : subject + ".eml";
    }

    @Override
    public boolean done() {
        return done;
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

    Views views() {
        return combined(root);
    }

    List<Attachment> attachments() {
        return attachments;
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
