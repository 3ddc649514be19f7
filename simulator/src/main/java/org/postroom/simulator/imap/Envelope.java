package org.postroom.simulator.imap;

import java.util.List;
import java.util.Optional;
import org.postroom.simulator.mime.Address;
import org.postroom.simulator.mime.Headers;

/** ENVELOPE (RFC 3501 section 7.4.2). */
final class Envelope {
    private Envelope() {}

    static String format(Headers headers) {
        String from = addresses(headers.all("From"));
        String sender = addresses(headers.all("Sender"));
        String replyTo = addresses(headers.all("Reply-To"));
        return "(" + field(headers, "Date") + " " + field(headers, "Subject") + " " + from + " "
                + (sender.equals("NIL") ? from : sender) + " " + (replyTo.equals("NIL") ? from : replyTo) + " "
                + addresses(headers.all("To")) + " " + addresses(headers.all("Cc")) + " "
                + addresses(headers.all("Bcc")) + " " + field(headers, "In-Reply-To") + " "
                + field(headers, "Message-ID") + ")";
    }

    private static String field(Headers headers, String name) {
        Optional<String> value = headers.first(name);
        return ImapText.nstring(value.orElse(null));
    }

    private static String addresses(List<String> fields) {
        StringBuilder list = new StringBuilder();
        for (String field : fields) {
            for (Address address : Address.parseList(field)) {
                list.append('(')
                        .append(orNil(address.name()))
                        .append(" NIL ")
                        .append(orNil(address.local()))
                        .append(' ')
                        .append(orNil(address.domain()))
                        .append(')');
            }
        }
        return list.isEmpty() ? "NIL" : "(" + list + ")";
    }

    private static String orNil(String text) {
        return ImapText.nstring(text.isEmpty() ? null : text);
    }
}
