package org.postroom.conversation;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;

/** How much a bounce tells about the address: hard, soft, or nothing since the fault lies with sender or transit. */
enum BounceWeight {
    /** The address does not exist or no longer takes mail: invalid at once. */
    HARD,
    /** It may take mail again, or it cannot be told: several in a row count. */
    SOFT,
    /** What was sent, who sent it or the way was at fault; or the message is not lost yet. */
    RECORDED;

    /** Addressing status of RFC 3463 section 3.2 that are about the recipient, and Exchange's 5.1.10. */
    private static final Set<String> BAD_ADDRESS = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");

    static BounceWeight of(Bounce.Recipient report) {
        if (!report.action().equals(Returned.FAILED)) {
            return RECORDED;
        }
        return switch (report.reason()) {
            case "no-such-user", "disabled" -> report.permanent() ? HARD : SOFT;
            case "network" -> !report.permanent() ? RECORDED : badAddress(report.status()) ? HARD : SOFT;
            case "unknown" -> report.permanent() && badAddress(report.status()) ? HARD : SOFT;
            case "mailbox-full", "expired" -> SOFT;
            // Blocked, spam, too-big, policy, rate-limited, system, content, relay-denied.
            default -> RECORDED;
        };
    }

    private static boolean badAddress(@Nullable String status) {
        return status != null && BAD_ADDRESS.contains(status);
    }
}
