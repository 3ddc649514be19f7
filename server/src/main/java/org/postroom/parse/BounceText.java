package org.postroom.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;

/** Bounces without a delivery-status part: recognised and read by the words of the programs that write them. */
final class BounceText {
    private BounceText() {}

    static @Nullable Bounce read(
            Collector parts, List<Address> from, String subject, String text, @Nullable String original) {
        String failed = parts.headers().get("x-failed-recipients");
        if (failed.isEmpty()) {
            return null;
        }
        List<Bounce.Recipient> recipients = Addresses.parse(failed).stream()
                .filter(a -> a.address().indexOf('@') > 0)
                .map(a -> BounceCodes.recipient(
                        a.address(), "failed", BounceCodes.status(text), BounceCodes.reply(text), null))
                .toList();
        return recipients.isEmpty() ? null : new Bounce(recipients, original);
    }
}
