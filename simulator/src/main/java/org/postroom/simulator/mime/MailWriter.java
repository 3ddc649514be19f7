package org.postroom.simulator.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a mail as a person's mail program does (RFC 5322, RFC 2045). Owned by one thread. */
public final class MailWriter {
    private final StringBuilder headers = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private final String messageId;
    private String text = "";
    private @Nullable String html;

    /**
     * A file in the mail.
     *
     * @param contentId without angle brackets, for files the HTML shows; null for those to be saved
     */
    public record Part(
            String name,
            String type,
            byte[] content,
            @Nullable String contentId) {}

    /** Begins a mail with its date and a new Message-ID under the sender's domain. */
    public MailWriter(String fromName, String from, String to, String subject, Instant date) {
        messageId = "<" + UUID.randomUUID() + "@" + from.substring(from.lastIndexOf('@') + 1) + ">";
        header("From", name(fromName) + " <" + from + ">");
        header("To", to);
        header("Subject", EncodedWords.encode(subject));
        header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
        header("Message-ID", messageId);
        header("MIME-Version", "1.0");
    }

    private static String name(String name) {
        String encoded = EncodedWords.encode(name);
        return encoded.equals(name) ? "\"" + name.replace("\"", "'") + "\"" : encoded;
    }

    /** Adds a header field. */
    public MailWriter header(String name, String value) {
        headers.append(name)
                .append(": ")
                .append(value.replaceAll("\r?\n(?![ \t])", " "))
                .append("\r\n");
        return this;
    }

    /** The plain text. */
    public MailWriter text(String body) {
        text = body;
        return this;
    }

    /** The same as HTML; null for none. */
    public MailWriter html(@Nullable String body) {
        html = body;
        return this;
    }

    /** Adds a file. */
    public MailWriter attach(Part part) {
        parts.add(part);
        return this;
    }

    /** The Message-ID with its angle brackets. */
    public String messageId() {
        return messageId;
    }

    /** The whole mail, lines ended by CRLF. */
    public byte[] octets() {
        String body = textPart("text/plain", text);
        if (html != null) {
            List<String> related = new ArrayList<>();
            related.add(textPart("text/html", html));
            parts.stream()
                    .filter(part -> part.contentId() != null)
                    .map(MailWriter::file)
                    .forEach(related::add);
            String rich = related.size() == 1 ? related.getFirst() : multipart("related", related);
            body = multipart("alternative", List.of(body, rich));
        }
        List<String> mixed = new ArrayList<>(List.of(body));
        parts.stream()
                .filter(part -> html == null || part.contentId() == null)
                .map(MailWriter::file)
                .forEach(mixed::add);
        body = mixed.size() == 1 ? body : multipart("mixed", mixed);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(headers.toString().getBytes(UTF_8));
        out.writeBytes(body.getBytes(UTF_8));
        return out.toByteArray();
    }

    private static String textPart(String type, String body) {
        return "Content-Type: " + type + "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder()
                        .encodeToString(body.replaceAll("\r?\n", "\r\n").getBytes(UTF_8)) + "\r\n";
    }

    private static String file(Part part) {
        String disposition = part.contentId() == null
                ? "Content-Disposition: attachment; filename=\"" + part.name() + "\"\r\n"
                : "Content-Disposition: inline; filename=\"" + part.name() + "\"\r\nContent-ID: <" + part.contentId()
                        + ">\r\n";
        return "Content-Type: " + part.type() + "; name=\"" + part.name() + "\"\r\n" + disposition
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(part.content()) + "\r\n";
    }

    private static String multipart(String subtype, List<String> bodies) {
        String boundary = "_000_" + UUID.randomUUID().toString().replace("-", "") + "_";
        StringBuilder whole = new StringBuilder();
        whole.append("Content-Type: multipart/")
                .append(subtype)
                .append("; boundary=\"")
                .append(boundary)
                .append("\"\r\n\r\n");
        for (String body : bodies) {
            whole.append("--").append(boundary).append("\r\n").append(body).append("\r\n");
        }
        return whole.append("--").append(boundary).append("--\r\n").toString();
    }
}
