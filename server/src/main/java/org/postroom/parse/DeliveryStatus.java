package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;

/** Reads message/delivery-status (RFC 3464): fields about the message, then a group of fields per recipient. */
final class DeliveryStatus {
    private static final int MAX_RECIPIENTS = 1_000;

    private DeliveryStatus() {}

    static List<Bounce.Recipient> recipients(byte[] report) {
        List<Bounce.Recipient> found = new ArrayList<>();
        int at = 0;
        while (at < report.length && found.size() < MAX_RECIPIENTS) {
            Headers group = new Headers();
            at = HeaderSection.read(report, at, group);
            Bounce.Recipient recipient = recipient(group);
            if (recipient != null) {
                found.add(recipient);
            }
        }
        return found;
    }

    private static Bounce.@Nullable Recipient recipient(Headers group) {
        String address = typed(group.get("final-recipient"));
        if (address.indexOf('@') < 0) {
            String original = typed(group.get("original-recipient"));
            address = original.indexOf('@') > 0 || address.isEmpty() ? original : address;
        }
        if (address.isEmpty()) {
            return null;
        }
        String diagnostic = typed(group.get("diagnostic-code")).replaceAll("\\s+", " ");
        String status = BounceCodes.status(group.get("status"));
        String told = BounceCodes.status(diagnostic);
        if (told != null && (status == null || status.endsWith(".0.0"))) {
            status = told;
        }
        String action = action(group.get("action"), status);
        String code = BounceCodes.reply(diagnostic);
        return BounceCodes.recipient(address, action, status, code, diagnostic.isEmpty() ? null : diagnostic);
    }

    private static String action(String written, @Nullable String status) {
        String word = written.toLowerCase(Locale.ROOT);
        for (String known : List.of("failed", "delayed", "delivered", "relayed", "expanded")) {
            if (word.startsWith(known)) {
                return known;
            }
        }
        if (status != null && status.startsWith("2")) {
            return "delivered";
        }
        return status != null && status.startsWith("4") ? "delayed" : "failed";
    }

    /** The value of {@code type; value}, without angle brackets around an address. */
    private static String typed(String field) {
        int semicolon = field.indexOf(';');
        boolean typed = semicolon >= 0 && field.lastIndexOf(' ', semicolon) < 0;
        String value = EncodedWords.decode(typed ? field.substring(semicolon + 1) : field)
                .strip();
        return value.startsWith("<") && value.endsWith(">")
                ? value.substring(1, value.length() - 1).strip()
                : value;
    }
}
