package org.postroom.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;

/** Status (RFC 3463) and SMTP reply codes out of text, and what they make of a recipient. */
final class BounceCodes {
    private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]?\\d)");
    private static final Pattern REPLY = Pattern.compile("(?<![\\d.#\\w-])([245][0-5]\\d)(?=[\\s:;,)\\]\\-]|$)");
    private static final int MAX_DIAGNOSTIC = 2_000;

    private BounceCodes() {}

    /** The first enhanced status code in it; null if there is none. */
    static @Nullable String status(String text) {
        Matcher matcher = STATUS.matcher(text);
        return matcher.find() ? matcher.group() : null;
    }

    /** The first SMTP reply code in it; null if there is none. */
    static @Nullable String reply(String text) {
        Matcher matcher = REPLY.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Fills in what follows from the rest: permanence and reason. */
    static Bounce.Recipient recipient(
            String address,
            String action,
            @Nullable String status,
            @Nullable String code,
            @Nullable String diagnostic) {
        String text = diagnostic == null ? "" : diagnostic;
        boolean failed = action.equals("failed");
        boolean temporary = status != null ? status.startsWith("4") : code != null && code.startsWith("4");
        String reason = BounceReason.of(status, code, text);
        String kept = diagnostic == null || diagnostic.length() <= MAX_DIAGNOSTIC
                ? diagnostic
                : diagnostic.substring(0, MAX_DIAGNOSTIC);
        return new Bounce.Recipient(address, action, status, code, kept, failed && !temporary, reason);
    }
}
