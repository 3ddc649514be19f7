package org.postroom.parse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;

/** Status (RFC 3463) and SMTP reply codes out of text, and what they make of a recipient. */
final class BounceCodes {
    private static final Pattern FIELD = Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]?\\d)");
    private static final Pattern STATUS =
            Pattern.compile("(?<![\\w.])([45])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]?\\d)(?!\\.[\\w-])");

    /** A reply code before an enhanced one is surely what it seems. */
    private static final Pattern BOTH =
            Pattern.compile("(?<![\\d.])([45][0-5]\\d)(?:[ -]|\\s-\\s|: )#?[45]\\.\\d{1,3}\\.\\d{1,3}(?![\\d.]?\\d)");

    private static final Pattern REPLY =
            Pattern.compile("(?<![\\d#\\w/@-])(?<!\\d\\.)([45][0-5]\\d)(?=[\\s:;,)\\]'\"-]|\\.(?!\\d)|$)"
                    + "(?!\\s*(?:seconds|minutes|hours|days|bytes|[kmg]b|messages|recipients|times|attempts)\\b)");
    private static final Pattern PROGRAM = Pattern.compile(
            "(?i)(?:version|release|exim|postfix|sendmail|courier|server|smtpd?|build|v\\.?)[\\s/]{0,3}$");
    private static final int MAX_DIAGNOSTIC = 2_000;

    private BounceCodes() {}

    /** The enhanced status code of a Status field; null if there is none. */
    static @Nullable String fieldStatus(String text) {
        Matcher matcher = FIELD.matcher(text);
        return matcher.find() ? matcher.group() : null;
    }

    /** The first enhanced status code of a failure in it, versions of programs aside; null if there is none. */
    static @Nullable String status(String text) {
        Matcher matcher = STATUS.matcher(text);
        while (matcher.find()) {
            int start = matcher.start();
            if (!PROGRAM.matcher(text.substring(Math.max(0, start - 14), start)).find()) {
                return matcher.group();
            }
        }
        return null;
    }

    /** The first SMTP reply code of a failure in it; null if there is none. */
    static @Nullable String reply(String text) {
        Matcher both = BOTH.matcher(text);
        if (both.find()) {
            return both.group(1);
        }
        Matcher matcher = REPLY.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** Fills in what follows from the rest: status, permanence and reason. */
    static Bounce.Recipient recipient(
            String address,
            String action,
            @Nullable String status,
            @Nullable String code,
            @Nullable String diagnostic) {
        String text = diagnostic == null ? "" : diagnostic;
        return recipient(address, action, status, code, diagnostic, BounceReason.of(status, code, text), text);
    }

    /** With a reason that is known already. */
    static Bounce.Recipient recipient(
            String address,
            String action,
            @Nullable String status,
            @Nullable String code,
            @Nullable String diagnostic,
            String reason,
            String text) {
        String kept = diagnostic == null || diagnostic.length() <= MAX_DIAGNOSTIC
                ? diagnostic
                : diagnostic.substring(0, MAX_DIAGNOSTIC);
        boolean permanent = action.equals("failed") && BounceFate.isPermanent(status, code, reason, text);
        boolean success = !action.equals("failed") && !action.equals("delayed");
        String told = status == null && !success ? BounceFate.status(code, reason, permanent) : status;
        return new Bounce.Recipient(address, action, told, code, kept, permanent, success ? "unknown" : reason);
    }
}
