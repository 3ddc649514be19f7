package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.postroom.mail.Bounce;

/**
 * Finds the delivery status of a report: in its part, or in the text where a program wrote it there or the part lost its
 * type.
 */
final class StatusParts {
    private static final Pattern INLINE =
            Pattern.compile("(?im)^[>\\s]{0,8}(?:final|original)-recipient\\s*:\\s*[^\\n]*@");

    private StatusParts() {}

    /** Empty if there is none. */
    static List<Bounce.Recipient> read(ReportSource source, String explanation) {
        Set<String> written = source.written();
        List<Bounce.Recipient> found = new ArrayList<>();
        for (Collector.Capture capture : source.parts().captures()) {
            if (capture.type().endsWith("delivery-status")) {
                add(found, DeliveryStatus.recipients(capture.content(), written));
            }
        }
        return found.isEmpty() ? inline(explanation, written) : found;
    }

    /** As fields within a text. */
    static List<Bounce.Recipient> inline(String text, Set<String> written) {
        List<Bounce.Recipient> found = new ArrayList<>();
        if (INLINE.matcher(text).find()) {
            add(found, DeliveryStatus.recipients(text.replace("\n> ", "\n"), written));
        }
        return found;
    }

    /** Several parts about one address: the first counts unless it only told of a delay. */
    private static void add(List<Bounce.Recipient> all, List<Bounce.Recipient> more) {
        for (Bounce.Recipient recipient : more) {
            String key = recipient.address().toLowerCase(Locale.ROOT);
            Bounce.Recipient known = all.stream()
                    .filter(r -> r.address().toLowerCase(Locale.ROOT).equals(key))
                    .findFirst()
                    .orElse(null);
            if (known == null) {
                all.add(recipient);
            } else if (known.action().equals("delayed") && !recipient.action().equals("delayed")) {
                all.set(all.indexOf(known), recipient);
            }
        }
    }
}
