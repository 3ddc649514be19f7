package org.postroom.simulator.imap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postroom.simulator.mime.Headers;
import org.postroom.simulator.mime.MimePart;
import org.postroom.simulator.mime.ParameterizedValue;

/** BODY and BODYSTRUCTURE (RFC 3501 section 7.4.2). */
final class BodyStructure {
    private BodyStructure() {}

    static String format(MimePart part, boolean extended) {
        StringBuilder text = new StringBuilder();
        append(part, extended, text);
        return text.toString();
    }

    private static void append(MimePart part, boolean extended, StringBuilder text) {
        text.append('(');
        if (part.children().isEmpty()) {
            single(part, extended, text);
        } else {
            for (MimePart child : part.children()) {
                append(child, extended, text);
            }
            text.append(' ').append(upper(part.type().substring(part.type().indexOf('/') + 1)));
            if (extended) {
                text.append(' ').append(parameters(part.contentType().parameters()));
                disposition(part.headers(), text);
            }
        }
        text.append(')');
    }

    private static void single(MimePart part, boolean extended, StringBuilder text) {
        Headers headers = part.headers();
        boolean broken = part.isMultipart();
        String type = broken ? "text/plain" : part.type();
        int slash = type.indexOf('/');
        text.append(upper(type.substring(0, slash))).append(' ').append(upper(type.substring(slash + 1)));
        text.append(' ').append(parameters(part.contentType().parameters()));
        text.append(' ').append(ImapText.nstring(headers.first("Content-ID").orElse(null)));
        text.append(' ')
                .append(ImapText.nstring(headers.first("Content-Description").orElse(null)));
        text.append(' ').append(upper(headers.first("Content-Transfer-Encoding").orElse("7bit")));
        text.append(' ').append(part.bodySize());
        Optional<MimePart> message = part.message();
        if (message.isPresent()) {
            text.append(' ').append(Envelope.format(message.get().headers())).append(' ');
            append(message.get(), extended, text);
            text.append(' ').append(part.bodyLines());
        } else if (type.startsWith("text/")) {
            text.append(' ').append(part.bodyLines());
        }
        if (extended) {
            text.append(' ')
                    .append(ImapText.nstring(headers.first("Content-MD5").orElse(null)));
            disposition(headers, text);
        }
    }

    private static void disposition(Headers headers, StringBuilder text) {
        Optional<ParameterizedValue> disposition =
                headers.first("Content-Disposition").map(ParameterizedValue::parse);
        text.append(' ')
                .append(disposition
                        .map(value -> "(" + upper(value.value()) + " " + parameters(value.parameters()) + ")")
                        .orElse("NIL"));
        text.append(' ')
                .append(ImapText.nstring(headers.first("Content-Language").orElse(null)));
        text.append(' ')
                .append(ImapText.nstring(headers.first("Content-Location").orElse(null)));
    }

    private static String parameters(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return "NIL";
        }
        StringBuilder list = new StringBuilder();
        parameters.forEach((name, value) -> list.append(list.isEmpty() ? "" : " ")
                .append(ImapText.string(name))
                .append(' ')
                .append(ImapText.string(value)));
        return "(" + list + ")";
    }

    private static String upper(String word) {
        return ImapText.string(word.toUpperCase(Locale.ROOT));
    }
}
