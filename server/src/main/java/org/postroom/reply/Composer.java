package org.postroom.reply;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.QuotedPrintableOutputStream;
import org.apache.james.mime4j.util.MimeUtil;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.MessageId;

/** Writes a message as it leaves (RFC 5322, 2045–2047): pure, everything it needs comes in. */
final class Composer {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final int LONGEST_REFERENCES = 1500;

    private final SecureRandom random = new SecureRandom();

    /** What is written. */
    record Letter(
            Address from,
            @Nullable Address replyTo,
            List<Address> to,
            List<Address> cc,
            String subject,
            Instant date,
            MessageId messageId,
            @Nullable MessageId inReplyTo,
            List<MessageId> references,
            String text,
            @Nullable String html,
            List<ReplyInput.File> attachments) {}

    /** The message's bytes. */
    byte[] write(Letter letter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            headers(letter, out);
            body(letter, out);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes everything", e);
        }
        return out.toByteArray();
    }

    private void headers(Letter letter, OutputStream out) throws IOException {
        header(out, "Date", DATE.format(letter.date().atOffset(ZoneOffset.UTC)));
        header(out, "From", addresses(List.of(letter.from())));
        if (letter.replyTo() != null) {
            header(out, "Reply-To", addresses(List.of(letter.replyTo())));
        }
        if (!letter.to().isEmpty()) {
            header(out, "To", addresses(letter.to()));
        }
        if (!letter.cc().isEmpty()) {
            header(out, "Cc", addresses(letter.cc()));
        }
        header(
                out,
                "Subject",
                EncoderUtil.encodeIfNecessary(oneLine(letter.subject()), EncoderUtil.Usage.TEXT_TOKEN, 9));
        header(out, "Message-ID", letter.messageId().value());
        if (letter.inReplyTo() != null) {
            header(out, "In-Reply-To", letter.inReplyTo().value());
        }
        String references = references(letter.references());
        if (!references.isEmpty()) {
            header(out, "References", references);
        }
        header(out, "MIME-Version", "1.0");
    }

    private void body(Letter letter, OutputStream out) throws IOException {
        if (letter.attachments().isEmpty()) {
            content(letter, out);
            return;
        }
        String boundary = boundary();
        header(out, "Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        ascii(out, "\r\n--" + boundary + "\r\n");
        content(letter, out);
        for (ReplyInput.File file : letter.attachments()) {
            ascii(out, "\r\n--" + boundary + "\r\n");
            attachment(file, out);
        }
        ascii(out, "\r\n--" + boundary + "--\r\n");
    }

    private void content(Letter letter, OutputStream out) throws IOException {
        if (letter.html() == null) {
            text(out, "plain", letter.text());
            return;
        }
        String boundary = boundary();
        header(out, "Content-Type", "multipart/alternative; boundary=\"" + boundary + "\"");
        ascii(out, "\r\n--" + boundary + "\r\n");
        text(out, "plain", letter.text());
        ascii(out, "\r\n--" + boundary + "\r\n");
        text(out, "html", letter.html());
        ascii(out, "\r\n--" + boundary + "--\r\n");
    }

    private static void text(OutputStream out, String subtype, String text) throws IOException {
        header(out, "Content-Type", "text/" + subtype + "; charset=utf-8");
        String normal = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n");
        byte[] bytes = normal.getBytes(StandardCharsets.UTF_8);
        boolean plain =
                normal.lines().allMatch(line -> line.length() <= 900 && isAscii(line) && !line.startsWith("From "));
        header(out, "Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
        ascii(out, "\r\n");
        if (plain) {
            out.write(bytes);
        } else {
            try (var encoded = new QuotedPrintableOutputStream(out, false)) {
                encoded.write(bytes);
            }
        }
        ascii(out, "\r\n");
    }

    private static boolean isAscii(String line) {
        return line.chars().allMatch(c -> c < 0x7f && (c >= 0x20 || c == '\t'));
    }

    private static void attachment(ReplyInput.File file, OutputStream out) throws IOException {
        String name = oneLine(file.name()).replace("/", "_").replace("\\", "_");
        String type = file.contentType().matches("[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,100}")
                        && !file.contentType().toLowerCase(Locale.ROOT).startsWith("multipart/")
                        && !file.contentType().toLowerCase(Locale.ROOT).startsWith("message/")
                ? file.contentType()
                : "application/octet-stream";
        header(out, "Content-Type", type);
        header(out, "Content-Disposition", "attachment;" + fileName(name));
        header(out, "Content-Transfer-Encoding", "base64");
        ascii(out, "\r\n");
        out.write(Base64.getMimeEncoder().encode(file.content()));
        ascii(out, "\r\n");
    }

    /** RFC 2231 where the name needs it, plain otherwise. */
    private static String fileName(String name) {
        if (isAscii(name) && name.length() < 70) {
            return "\r\n filename=\"" + name.replace("\"", "'") + "\"";
        }
        StringBuilder out = new StringBuilder();
        StringBuilder part = new StringBuilder("utf-8''");
        int number = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean safe = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '-'
                    || c == '_';
            part.append(
                    safe
                            ? String.valueOf(c)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
            if (part.length() > 55) {
                out.append("\r\n filename*")
                        .append(number++)
                        .append("*=")
                        .append(part)
                        .append(';');
                part.setLength(0);
            }
        }
        return out.append("\r\n filename*")
                .append(number)
                .append("*=")
                .append(part)
                .toString();
    }

    private static String addresses(List<Address> list) {
        StringBuilder out = new StringBuilder();
        for (Address one : list) {
            String name = one.name().isBlank() ? "" : EncoderUtil.encodeAddressDisplayName(oneLine(one.name())) + " ";
            out.append(out.isEmpty() ? "" : ", ")
                    .append(name.isEmpty() ? one.address() : name + "<" + one.address() + ">");
        }
        return out.toString();
    }

    /** First and last kept, the middle left out where the header would grow too long. */
    static String references(List<MessageId> ids) {
        StringBuilder tail = new StringBuilder();
        int first = ids.isEmpty() ? 0 : ids.getFirst().value().length();
        for (MessageId id : ids.reversed()) {
            boolean last = id.equals(ids.getFirst());
            if (!last && tail.length() + id.value().length() + first > LONGEST_REFERENCES) {
                return ids.getFirst().value() + " " + tail;
            }
            tail.insert(0, tail.isEmpty() ? id.value() : id.value() + " ");
        }
        return tail.toString();
    }

    private String boundary() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        // "=_" never stands in quoted-printable or base64 text (RFC 2045 section 6.7).
        return "=_pr_" + HexFormat.of().formatHex(bytes);
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\r\\n\\u0000]+", " ");
    }

    private static void header(OutputStream out, String name, String value) throws IOException {
        ascii(out, MimeUtil.fold(name + ": " + value, 0) + "\r\n");
    }

    private static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
