package org.postroom.simulator.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import org.postroom.simulator.mailbox.MessageContent;
import org.postroom.simulator.mime.HeaderField;
import org.postroom.simulator.mime.MimePart;

/** The octets a section names. */
final class BodySection {
    private BodySection() {}

    /** The octets, empty where there is no such part. */
    static Optional<byte[]> read(MessageContent content, FetchItem.Section section) {
        if (section.path().isEmpty() && section.what().isEmpty()) {
            return Optional.of(cut(content.octets(), section));
        }
        return part(content.parsed(), section)
                .flatMap(part -> octets(part, section))
                .map(octets -> cut(octets, section));
    }

    private static Optional<MimePart> part(MimePart message, FetchItem.Section section) {
        MimePart at = message;
        boolean leaf = false;
        for (int number : section.path()) {
            if (at.message().isPresent() && at != message) {
                at = at.message().get();
            }
            if (leaf) {
                return Optional.empty();
            }
            if (at.isMultipart()) {
                if (number > at.children().size()) {
                    return Optional.empty();
                }
                at = at.children().get(number - 1);
            } else if (number == 1) {
                leaf = true;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    private static Optional<byte[]> octets(MimePart part, FetchItem.Section section) {
        boolean top = section.path().isEmpty();
        return switch (section.what()) {
            case "" -> Optional.of(part.bodyOctets());
            case "MIME" -> Optional.of(part.headerOctets());
            case "HEADER" -> (top ? Optional.of(part) : part.message()).map(MimePart::headerOctets);
            case "TEXT" -> (top ? Optional.of(part) : part.message()).map(MimePart::bodyOctets);
            default -> (top ? Optional.of(part) : part.message()).map(message -> fields(message, section));
        };
    }

    private static byte[] fields(MimePart message, FetchItem.Section section) {
        boolean wanted = section.what().equals("HEADER.FIELDS");
        StringBuilder kept = new StringBuilder();
        boolean keeping = false;
        for (String line : new String(message.headerOctets(), ISO_8859_1).split("(?<=\n)")) {
            if (line.isBlank()) {
                continue;
            }
            if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                int colon = line.indexOf(':');
                HeaderField field =
                        new HeaderField(line.substring(0, Math.max(colon, 0)).strip(), "");
                keeping = colon > 0 && section.names(field) == wanted;
            }
            kept.append(keeping ? line : "");
        }
        return kept.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static byte[] cut(byte[] octets, FetchItem.Section section) {
        if (section.count() < 0) {
            return octets;
        }
        int from = (int) Math.min(section.from(), octets.length);
        int to = (int) Math.min(section.from() + section.count(), octets.length);
        return Arrays.copyOfRange(octets, from, Math.max(from, to));
    }
}
