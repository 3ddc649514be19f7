package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** A message that was attached in Outlook's own format, as a message that every program opens (RFC 5322, in UTF-8). */
final class TnefMail {
    private static final int LARGEST = 32 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int multiparts;

    private TnefMail() {}

    /** Its files within it, as far as there is room. */
    static byte[] written(Tnef message) {
        TnefMail mail = new TnefMail();
        mail.header(message);
        mail.content(message);
        return mail.out.toByteArray();
    }

    /** Adds the files of a message, a message in it as one and with its own files after it. */
    static void unpack(Tnef message, FileList files) throws IOException {
        for (Tnef.File file : message.files) {
            Tnef inner = file.message;
            TnefBytes data = file.data;
            String name = message.name(file);
            if (inner != null) {
                byte[] mail = written(inner);
                String subject = inner.subject().isBlank() ? name : inner.subject();
                String called = subject == null ? null : subject + ".eml";
                files.add(new FileList.Label(called, "message/rfc822", null, false), mail, 0, mail.length);
                unpack(inner, files);
            } else if (data != null) {
                String id = message.contentId(file);
                int from = data.offset();
                FileList.Label label = new FileList.Label(name, message.type(file, name), id, id != null);
                files.add(label, data.array(), from, from + data.left());
            }
        }
    }

    private void header(Tnef message) {
        line("Subject: " + flat(message.subject()));
        Address from = sender(message);
        if (from != null) {
            String name = flat(from.name()).replace("\"", "");
            line("From: " + (name.isEmpty() ? "" : "\"" + name + "\" ") + "<" + flat(from.address()) + ">");
        }
        people("To: ", message.text(TnefProperties.DISPLAY_TO));
        people("Cc: ", message.text(TnefProperties.DISPLAY_CC));
        Instant sent = message.properties.time(TnefProperties.SENT);
        if (sent != null) {
            line("Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(sent.atOffset(ZoneOffset.UTC)));
        }
        String id = message.text(TnefProperties.MESSAGE_ID);
        if (id != null) {
            line("Message-ID: " + flat(id));
        }
        line("MIME-Version: 1.0");
    }

    /** Names only: the format keeps no addresses beside them. */
    private void people(String field, @Nullable String names) {
        if (names != null) {
            line(field + flat(names).replace('\0', ' '));
        }
    }

    /** Who wrote it; null if that is not known. */
    static @Nullable Address sender(Tnef message) {
        String name = first(message, TnefProperties.SENT_FOR_NAME, TnefProperties.SENDER_NAME);
        String smtp = first(message, TnefProperties.SENT_FOR_SMTP, TnefProperties.SENDER_SMTP);
        if (smtp == null) {
            String other = first(message, TnefProperties.SENT_FOR_ADDRESS, TnefProperties.SENDER_ADDRESS);
            smtp = other != null && other.indexOf('@') > 0 ? other : null;
        }
        return name == null && smtp == null ? null : new Address(name == null ? "" : name, smtp == null ? "" : smtp);
    }

    private static @Nullable String first(Tnef message, int property, int other) {
        String found = message.text(property);
        return found == null ? message.text(other) : found;
    }

    private void content(Tnef message) {
        String boundary = "=_part-" + ++multiparts;
        line("Content-Type: multipart/mixed; boundary=\"" + boundary + "\"");
        line("");
        String html = message.html();
        line("--" + boundary);
        line("Content-Type: " + (html == null ? "text/plain" : "text/html") + "; charset=utf-8");
        String text = html == null ? message.anyPlain() : html;
        encoded(text.getBytes(StandardCharsets.UTF_8));
        for (Tnef.File file : message.files) {
            if (out.size() > LARGEST) {
                break;
            }
            line("--" + boundary);
            file(message, file);
        }
        line("--" + boundary + "--");
    }

    private void file(Tnef message, Tnef.File file) {
        Tnef inner = file.message;
        TnefBytes data = file.data;
        if (inner != null) {
            line("Content-Type: message/rfc822");
            line("");
            header(inner);
            content(inner);
        } else if (data != null) {
            String name = message.name(file);
            String safe = FileNames.safe(name, message.type(file, name), 1);
            line("Content-Type: " + message.type(file, name));
            String id = message.contentId(file);
            line("Content-Disposition: " + (id == null ? "attachment" : "inline") + "; filename=\""
                    + safe.replace("\"", "") + "\"");
            if (id != null) {
                line("Content-ID: <" + flat(id) + ">");
            }
            byte[] bytes = new byte[data.left()];
            System.arraycopy(data.array(), data.offset(), bytes, 0, bytes.length);
            encoded(bytes);
        }
    }

    private void encoded(byte[] content) {
        line("Content-Transfer-Encoding: base64");
        line("");
        out.writeBytes(Base64.getMimeEncoder().encode(content));
        line("");
    }

    private static String flat(String text) {
        return text.replace('\r', ' ').replace('\n', ' ').strip();
    }

    private void line(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write('\r');
        out.write('\n');
    }
}
