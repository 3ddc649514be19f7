package org.postroom.parse;

import java.util.List;
import java.util.Set;
import org.postroom.mail.Bounce;

/**
 * Adds to a delivery-status report what only its explanation says: many servers leave the diagnostic out, or name the
 * address that the message was passed on to.
 */
final class BounceDetail {
    private BounceDetail() {}

    static List<Bounce.Recipient> fill(List<Bounce.Recipient> recipients, String explanation) {
        boolean passed = BounceBlocks.mayNameOrigin(explanation);
        if (!passed && recipients.stream().noneMatch(BounceDetail::isBare)) {
            return recipients;
        }
        BounceBlocks blocks = BounceBlocks.read(explanation, Set.of(), "");
        return recipients.stream()
                .map(r -> isBare(r) ? detailed(r, blocks, explanation) : r)
                .map(r -> passed ? atOrigin(r, blocks) : r)
                .toList();
    }

    private static boolean isBare(Bounce.Recipient recipient) {
        boolean failure =
                recipient.action().equals("failed") || recipient.action().equals("delayed");
        return failure
                && (recipient.reason().equals("unknown")
                        || (recipient.code() == null && recipient.diagnostic() == null));
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
        String kept = diagnostic.isBlank() ? null : diagnostic;
        Bounce.Recipient filled = BounceCodes.recipient(bare.address(), bare.action(), status, code, kept);
        if (!filled.reason().equals("unknown")) {
            return filled;
        }
        String reason = BounceReason.of(status, code, explanation);
        return BounceCodes.recipient(bare.address(), bare.action(), status, code, kept, reason, explanation);
    }

    private static Bounce.Recipient atOrigin(Bounce.Recipient recipient, BounceBlocks blocks) {
        String origin = blocks.origin(recipient.address());
        if (origin.equals(recipient.address())) {
            return recipient;
        }
        String diagnostic = recipient.diagnostic();
        String passedOn = " (final recipient " + recipient.address() + ")";
        return new Bounce.Recipient(
                origin,
                recipient.action(),
                recipient.status(),
                recipient.code(),
                diagnostic == null ? passedOn.strip() : diagnostic + passedOn,
                recipient.permanent(),
                recipient.reason());
    }
}
