package org.postroom.simulator.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** Content-Transfer-Encoding undone (RFC 2045 section 6); broken input gives what can be read. */
public final class TransferEncoding {
    private TransferEncoding() {}

    /** The decoded body of a part that has no parts. */
    public static byte[] decode(MimePart part) {
        byte[] body = part.bodyOctets();
        return switch (part.headers()
                .first("Content-Transfer-Encoding")
                .orElse("7bit")
                .strip()
                .toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(body);
            case "quoted-printable" -> quotedPrintable(body);
            default -> body;
        };
    }

    /** The first {@code text/plain} part as text, or else the first {@code text/html} with its tags. */
    public static Optional<String> text(MimePart message) {
        return firstOfType(message, "text/plain")
                .or(() -> firstOfType(message, "text/html"))
                .map(part -> {
                    String charset = part.contentType().parameters().getOrDefault("charset", "utf-8");
                    return new String(decode(part), charset(charset));
                });
    }

    private static Optional<MimePart> firstOfType(MimePart part, String type) {
        if (part.type().equals(type)) {
            return Optional.of(part);
        }
        return part.children().stream()
                .flatMap(child -> firstOfType(child, type).stream())
                .findFirst();
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return UTF_8;
        }
    }

    private static byte[] base64(byte[] body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            return body;
        }
    }

    static byte[] quotedPrintable(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        for (int at = 0; at < body.length; at++) {
            if (body[at] != '=') {
                out.write(body[at]);
                continue;
            }
            int end = Lines.end(body, at + 1, body.length);
            if (Lines.trimmedEnd(body, at + 1, end) == at + 1) {
                at = end - 1;
                continue;
            }
            int high = at + 2 < body.length ? Character.digit(body[at + 1], 16) : -1;
            int low = at + 2 < body.length ? Character.digit(body[at + 2], 16) : -1;
            if (high < 0 || low < 0) {
                out.write('=');
            } else {
                out.write(high * 16 + low);
                at += 2;
            }
        }
        return out.toByteArray();
    }
}
