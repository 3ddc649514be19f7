package org.postroom.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.parse.BounceBlocks.Block;
import org.postroom.parse.BounceWords.Told;

/**
 * Bounces without a usable delivery-status part: recognised and read by the words of the servers that write them. Who
 * sends decides how much the words must say, so that a person who writes about a bounce stays a person.
 */
final class BounceText {
    /** A person's own words come before what he quotes; a server's come first. */
    private static final int OPENING = 400;

    private BounceText() {}

    /** Null if this is no bounce. */
    static @Nullable List<Bounce.Recipient> read(ReportSource source, BounceCopy copy) {
        Headers headers = source.headers();
        Told told = BounceWords.told(Phrases.normal(copy.explanation()));
        if (!isBounce(source, told, copy.explanation())) {
            return null;
        }
        Headers sent = source.embedded().size() > 0 ? source.embedded() : copy.headers();
        List<Block> blocks = blocks(headers, source.from(), sent, copy.explanation());
        boolean certain = told.family() || headers.has("x-failed-recipients") || source.isStatusReport();
        if (blocks.isEmpty() && !certain && !source.subjectTells()) {
            return null;
        }
        boolean alone = blocks.size() == 1;
        return blocks.stream()
                .map(b -> recipient(b, copy.explanation(), alone, told.delay()))
                .toList();
    }

    private static boolean isBounce(ReportSource source, Told told, String explanation) {
        if (source.headers().has("x-failed-recipients")) {
            return true;
        }
        if (AutoReplyWords.matches(source.subject()) || (told.challenge() && !told.family())) {
            return false;
        }
        boolean subject = source.subjectTells();
        if (source.isStatusReport()) {
            return told.anything() || subject;
        }
        return switch (source.sender()) {
            case ROBOT -> told.anything() || subject || BounceCodes.reply(explanation) != null;
            case OFFICE ->
                source.nobody()
                        ? told.anything() || subject
                        : source.answered() ? opens(explanation) : (subject && told.anything()) || told.strong();
            case OTHER ->
                subject
                        ? (source.nobody() ? told.anything() : opens(explanation))
                        : (source.nobody() || hasOriginal(source)) && opens(explanation);
        };
    }

    /** The original came along, and no person passes it on. */
    private static boolean hasOriginal(ReportSource source) {
        return !source.answered() && source.embedded().size() > 0;
    }

    /** A family's words stand at the very beginning. */
    private static boolean opens(String explanation) {
        String opening = explanation.substring(0, Math.min(OPENING, explanation.length()));
        String normal = Phrases.normal(opening).strip();
        int colon = normal.indexOf('>');
        return colon != 0 && BounceWords.told(normal).family();
    }

    private static List<Block> blocks(Headers headers, List<Address> from, Headers sent, String explanation) {
        Set<String> own = new HashSet<>();
        from.forEach(a -> own.add(a.key()));
        for (String name : List.of("to", "delivered-to", "x-original-to", "x-envelope-to")) {
            Addresses.parse(headers.get(name)).forEach(a -> own.add(a.key()));
        }
        Addresses.parse(sent.get("from")).forEach(a -> own.add(a.key()));
        Set<String> written = ReportSource.written(sent);
        own.removeAll(written);
        BounceBlocks blocks = BounceBlocks.read(
                explanation, own, from.isEmpty() ? "" : from.get(0).domain());
        List<Block> found = new ArrayList<>();
        for (Address failed : Addresses.parse(String.join(", ", headers.all("x-failed-recipients")))) {
            if (failed.address().indexOf('@') > 0) {
                String address = failed.address();
                found.add(new Block(blocks.origin(address), blocks.about(address, explanation)));
            }
        }
        if (found.isEmpty()) {
            found.addAll(blocks.isEmpty() ? blocksOfOwn(from, explanation) : blocks.found());
            boolean known = found.stream().anyMatch(b -> written.contains(key(b)));
            if (known && !blocks.isListing()) {
                found.removeIf(b -> !written.contains(key(b)));
            }
        }
        if (found.isEmpty()) {
            for (Address to : Addresses.parse(sent.get("to"))) {
                if (to.address().indexOf('@') > 0 && found.size() < 5) {
                    found.add(new Block(to.address(), explanation));
                }
            }
        }
        return found;
    }

    /** Who wrote to himself, or to whom the failed address itself is delivered: named as plainly as others are. */
    private static List<Block> blocksOfOwn(List<Address> from, String explanation) {
        Set<String> writers = new HashSet<>();
        from.forEach(a -> writers.add(a.key()));
        BounceBlocks all = BounceBlocks.read(explanation, writers, "");
        return all.isPlain() ? all.found() : List.of();
    }

    private static String key(Block block) {
        return block.address().toLowerCase(Locale.ROOT);
    }

    /** @param alone no other recipient is named, so whatever is said is said of this one */
    private static Bounce.Recipient recipient(Block block, String explanation, boolean alone, boolean delay) {
        String about = block.about().isBlank() ? explanation : block.about();
        String status = BounceCodes.status(about);
        String code = BounceCodes.reply(about);
        if (status == null && code == null && alone) {
            status = BounceCodes.status(explanation);
            code = BounceCodes.reply(explanation);
            about = status == null && code == null ? about : explanation;
        }
        String reason = BounceReason.of(status, code, about);
        String said = about;
        if (reason.equals("unknown") && !about.equals(explanation)) {
            reason = BounceReason.of(status, code, explanation);
            said = explanation;
        }
        String diagnostic = about.strip().replaceAll("\\s+", " ");
        return BounceCodes.recipient(
                block.address(), delay ? "delayed" : "failed", status, code, diagnostic, reason, said);
    }
}
