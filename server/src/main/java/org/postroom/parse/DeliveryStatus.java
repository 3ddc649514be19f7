package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;

/**
 * Reads message/delivery-status and message/global-delivery-status (RFC 3464, 6533): fields about the message, then a
 * group of fields per recipient. Damage is expected: blank lines within a group, indented fields, a body that is still
 * encoded.
 */
final class DeliveryStatus {
    private static final int MAX_RECIPIENTS = 1_000;
    private static final Set<String> ABOUT = Words.set("action status diagnostic-code remote-mta");

    private DeliveryStatus() {}

    static List<Bounce.Recipient> recipients(byte[] report) {
        return recipients(report, Set.of());
    }

    /** @param written to whom the original was addressed, in lower case; empty if unknown */
    static List<Bounce.Recipient> recipients(byte[] report, Set<String> written) {
        String text = Charsets.decode(report, report.length, "utf-8", new Problems());
        return recipients(plain(text), written);
    }

    static List<Bounce.Recipient> recipients(String text, Set<String> written) {
        Map<String, Bounce.Recipient> found = new LinkedHashMap<>();
        for (Map<String, String> group : groups(text)) {
            Bounce.Recipient recipient = recipient(group, written);
            if (recipient != null) {
                found.merge(recipient.address().toLowerCase(Locale.ROOT), recipient, DeliveryStatus::merged);
            }
        }
        return List.copyOf(found.values());
    }

    /** A body whose Content-Transfer-Encoding got lost. */
    private static String plain(String text) {
        if (text.indexOf(':') >= 0 || text.length() < 40) {
            return text;
        }
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(text.strip());
            return new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static List<Map<String, String>> groups(String text) {
        List<Map<String, String>> groups = new ArrayList<>();
        Map<String, String> group = new LinkedHashMap<>();
        String field = null;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String stripped = line.strip();
            int colon = stripped.indexOf(':');
            boolean folded = field != null && !line.isEmpty() && line.charAt(0) <= ' ';
            if (stripped.isEmpty()) {
                group = closed(groups, group);
                field = null;
            } else if (colon > 0 && isName(stripped, colon) && (!folded || isKnown(stripped, colon))) {
                String name = stripped.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                String body = stripped.substring(colon + 1).strip();
                if (isRecipient(name) && group.containsKey(name)) {
                    group = closed(groups, group);
                }
                group.merge(name, body, (one, two) -> one.isEmpty() ? two : one + " " + two);
                field = name;
            } else if (field != null) {
                group.merge(field, stripped, (one, two) -> one + " " + two);
            }
            if (groups.size() > MAX_RECIPIENTS) {
                break;
            }
        }
        closed(groups, group);
        return groups;
    }

    /** A group without a recipient belongs to the one before it if that lacks what it says. */
    private static Map<String, String> closed(List<Map<String, String>> groups, Map<String, String> group) {
        if (group.isEmpty()) {
            return group;
        }
        Map<String, String> last = groups.isEmpty() ? Map.of() : groups.getLast();
        boolean split = hasRecipient(last)
                && (!last.containsKey("action") || !last.containsKey("status"))
                && group.keySet().stream().noneMatch(last::containsKey)
                && (!hasRecipient(group) || ABOUT.stream().noneMatch(last::containsKey));
        if (split) {
            last.putAll(group);
        } else {
            groups.add(group);
        }
        return new LinkedHashMap<>();
    }

    private static boolean hasRecipient(Map<String, String> group) {
        return group.keySet().stream().anyMatch(DeliveryStatus::isRecipient);
    }

    private static boolean isRecipient(String name) {
        return name.equals("final-recipient") || name.equals("original-recipient");
    }

    private static boolean isName(String line, int colon) {
        for (int i = 0; i < colon; i++) {
            char c = line.charAt(i);
            if (c != '-'
                    && (c > 'z' || !Character.isLetterOrDigit(c))
                    && !(c == ' ' && line.substring(i, colon).isBlank())) {
                return false;
            }
        }
        return true;
    }

    /** Such a name begins a field even if it is indented. */
    private static boolean isKnown(String line, int colon) {
        String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        return isRecipient(name) || ABOUT.contains(name) || name.equals("reporting-mta");
    }

    private static Bounce.@Nullable Recipient recipient(Map<String, String> group, Set<String> written) {
        ReportAddress finalAddress = ReportAddress.of(group.getOrDefault("final-recipient", ""));
        ReportAddress original = ReportAddress.of(group.getOrDefault("original-recipient", ""));
        ReportAddress address = original.isMail() ? original : finalAddress;
        if (finalAddress.isMail() && written.contains(finalAddress.key())) {
            address = finalAddress;
        }
        if (address.text().isEmpty()) {
            address = original;
        }
        if (address.text().isEmpty() || !(group.containsKey("action") || group.containsKey("status"))) {
            return null;
        }
        String diagnostic = diagnostic(group);
        String status = BounceCodes.fieldStatus(group.getOrDefault("status", ""));
        String told = BounceCodes.status(diagnostic);
        if (told != null && (status == null || status.endsWith(".0.0"))) {
            status = told;
        }
        String action = action(group.getOrDefault("action", ""), status);
        String code = BounceCodes.reply(diagnostic);
        if (code == null) {
            code = BounceCodes.reply(group.getOrDefault("status", ""));
        }
        String reason = BounceReason.of(status, code, diagnostic);
        String more = diagnostic;
        if (finalAddress.isMail() && !finalAddress.key().equals(address.key())) {
            more = (more + " (final recipient " + finalAddress.text() + ")").strip();
        }
        String until = group.getOrDefault("will-retry-until", "");
        if (!until.isEmpty()) {
            more = (more + " (will retry until " + until + ")").strip();
        }
        return BounceCodes.recipient(
                address.text(), action, status, code, more.isEmpty() ? null : more, reason, diagnostic);
    }

    private static String diagnostic(Map<String, String> group) {
        String diagnostic = ReportAddress.untyped(group.getOrDefault("diagnostic-code", ""));
        return EncodedWords.decode(diagnostic).replaceAll("\\s+", " ").strip();
    }

    private static String action(String written, @Nullable String status) {
        String word = written.toLowerCase(Locale.ROOT);
        for (String known : List.of("failed", "delayed", "delivered", "relayed", "expanded")) {
            if (word.startsWith(known.substring(0, 5))) {
                return known;
            }
        }
        if (status != null && status.startsWith("2")) {
            return "delivered";
        }
        return status != null && status.startsWith("4") && !word.startsWith("fail") ? "delayed" : "failed";
    }

    /** Two groups about one address: a failure counts most, a delay least; of equals the one that says more. */
    private static Bounce.Recipient merged(Bounce.Recipient one, Bounce.Recipient two) {
        int first = weight(one);
        int second = weight(two);
        return second > first ? two : one;
    }

    private static int weight(Bounce.Recipient recipient) {
        int action = switch (recipient.action()) {
            case "failed" -> 8;
            case "delayed" -> 0;
            default -> 4;
        };
        String status = recipient.status();
        return action + (recipient.diagnostic() == null ? 0 : 2) + (status == null || status.endsWith(".0.0") ? 0 : 1);
    }
}
