package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.mail.Bounce;

/** Adds to a delivery-status report what only its explanation says: many servers leave the diagnostic out. */
final class BounceDetail {
    private static final int LOOK = 16_000;

    private BounceDetail() {}

    static List<Bounce.Recipient> fill(List<Bounce.Recipient> recipients, String text) {
        if (recipients.stream().noneMatch(BounceDetail::isBare)) {
            return recipients;
        }
        String explanation = BounceCopy.split(text.length() > LOOK ? text.substring(0, LOOK) : text)
                .explanation();
        BounceBlocks blocks = BounceBlocks.read(explanation, Set.of(), "");
        return recipients.stream()
                .map(r -> isBare(r) ? detailed(r, blocks, explanation) : r)
                .toList();
    }

    private static boolean isBare(Bounce.Recipient recipient) {
        return recipient.reason().equals("unknown")
                || (recipient.code() == null
                        && recipient.diagnostic() == null
                        && !recipient.action().equals("delivered"));
    }

    private static Bounce.Recipient detailed(Bounce.Recipient bare, BounceBlocks blocks, String explanation) {
        String about = blocks.about(bare.address(), explanation)
                .replaceAll("\\s+", " ")
                .strip();
        String diagnostic = bare.diagnostic() == null ? about : bare.diagnostic();
        String status = bare.status();
        String told = BounceCodes.status(about);
        if (told != null && (status == null || status.endsWith(".0.0"))) {
            status = told;
        }
        String code = bare.code() == null ? BounceCodes.reply(about) : bare.code();
        Bounce.Recipient filled = BounceCodes.recipient(
                bare.address(), bare.action(), status, code, diagnostic.isBlank() ? null : diagnostic);
        if (!filled.reason().equals("unknown")) {
            return filled;
        }
        String reason = BounceReason.of(status, code, explanation.toLowerCase(Locale.ROOT));
        return new Bounce.Recipient(
                filled.address(), filled.action(), status, code, filled.diagnostic(), filled.permanent(), reason);
    }
}
