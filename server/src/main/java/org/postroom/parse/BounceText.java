package org.postroom.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.MessageId;

/**
 * Bounces without a usable delivery-status part: recognised and read by the words of the servers that write them. Only
 * mail from a server's own name or with an empty Return-Path is considered, so that a forwarded bounce stays a message.
 */
final class BounceText {
    /** What is read of a text, in characters: the explanation comes first. */
    private static final int LOOK = 16_000;

    private BounceText() {}

    /** Null if this is no bounce. */
    static @Nullable Bounce read(
            Collector parts, List<Address> from, String subject, String text, @Nullable String original) {
        Headers headers = parts.headers();
        if (!mayBeBounce(headers, from, parts.reportType(), subject)) {
            return null;
        }
        BounceCopy copy = BounceCopy.split(text.length() > LOOK ? text.substring(0, LOOK) : text);
        if (!isBounce(headers, from, parts.reportType(), subject, copy.explanation())) {
            return null;
        }
        Headers sent = parts.embedded();
        if (sent.size() == 0) {
            sent = copy.headers();
        }
        String id = original;
        if (id == null) {
            List<MessageId> ids = MessageId.all(sent.get("message-id"));
            id = ids.isEmpty() ? null : ids.get(0).value();
        }
        return new Bounce(recipients(headers, from, sent, copy.explanation()), id);
    }

    /** What the header tells, before the text is looked at. */
    private static boolean mayBeBounce(
            Headers headers, List<Address> from, @Nullable String reportType, String subject) {
        if (headers.has("x-failed-recipients")) {
            return true;
        }
        String path = headers.first("return-path");
        boolean nobody = path != null && path.strip().equals("<>");
        return (nobody || BounceWords.isRobot(from) || isReport(reportType)) && !AutoReplySubjects.matches(subject);
    }

    private static boolean isReport(@Nullable String reportType) {
        return reportType != null && reportType.equalsIgnoreCase("delivery-status");
    }

    private static boolean isBounce(
            Headers headers, List<Address> from, @Nullable String reportType, String subject, String explanation) {
        if (headers.has("x-failed-recipients")) {
            return true;
        }
        String lower = explanation.toLowerCase(Locale.ROOT);
        if (BounceWords.isChallenge(lower)) {
            return false;
        }
        boolean body = BounceWords.bodyTells(lower);
        boolean tells = BounceWords.subjectTells(subject);
        return (BounceWords.isRobot(from) || isReport(reportType)) ? body || tells : body && tells;
    }

    private static List<Bounce.Recipient> recipients(
            Headers headers, List<Address> from, Headers sent, String explanation) {
        Set<String> own = new HashSet<>();
        from.forEach(a -> own.add(a.key()));
        for (String name : List.of("to", "delivered-to", "x-original-to")) {
            Addresses.parse(headers.get(name)).forEach(a -> own.add(a.key()));
        }
        BounceBlocks blocks = BounceBlocks.read(
                explanation, own, from.isEmpty() ? "" : from.get(0).domain());
        List<BounceBlocks.Block> found = new ArrayList<>();
        for (Address failed : Addresses.parse(headers.get("x-failed-recipients"))) {
            if (failed.address().indexOf('@') > 0) {
                found.add(new BounceBlocks.Block(failed.address(), blocks.about(failed.address(), explanation)));
            }
        }
        if (found.isEmpty()) {
            found.addAll(blocks.found());
        }
        if (found.isEmpty()) {
            for (Address to : Addresses.parse(sent.get("to"))) {
                if (to.address().indexOf('@') > 0 && found.size() < 5) {
                    found.add(new BounceBlocks.Block(to.address(), explanation));
                }
            }
        }
        boolean delay = BounceWords.isDelay(explanation.toLowerCase(Locale.ROOT));
        return found.stream().map(b -> recipient(b, explanation, delay)).toList();
    }

    private static Bounce.Recipient recipient(BounceBlocks.Block block, String explanation, boolean delay) {
        String about = block.about().isBlank() ? explanation : block.about();
        String status = BounceCodes.status(about);
        String code = BounceCodes.reply(about);
        if (status == null && code == null) {
            status = BounceCodes.status(explanation);
            code = BounceCodes.reply(explanation);
        }
        Bounce.Recipient near = BounceCodes.recipient(
                block.address(),
                delay ? "delayed" : "failed",
                status,
                code,
                about.strip().replaceAll("\\s+", " "));
        if (!near.reason().equals("unknown") || about.equals(explanation)) {
            return near;
        }
        String reason = BounceReason.of(status, code, explanation);
        return new Bounce.Recipient(
                near.address(), near.action(), near.status(), near.code(), near.diagnostic(), near.permanent(), reason);
    }
}
