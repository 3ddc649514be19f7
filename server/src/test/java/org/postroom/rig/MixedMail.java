package org.postroom.rig;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Customers' mail without end, the same for the same seed: plain text, HTML, attachments, threads, charsets.
 *
 * <p>About 20 KB on average, from under 2 KB to some 450 KB; every Message-ID differs. One thread at a time.
 */
public final class MixedMail implements Iterator<MixedMail.Sample> {

    private static final Instant FIRST = Instant.parse("2026-03-02T07:00:00Z");
    private static final int OPEN_THREADS = 40;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.ofHours(1));

    private final long seed;
    private final String recipient;
    private final Random random;
    private final MixedWords words;
    private final List<Turn> threads = new ArrayList<>();
    private int count;

    /** Mail to {@code recipient}. */
    public MixedMail(long seed, String recipient) {
        this.seed = seed;
        this.recipient = recipient;
        this.random = new Random(seed);
        this.words = new MixedWords(random);
    }

    /**
     * One generated mail.
     *
     * @param messageId with angle brackets
     * @param bytes the whole mail, lines ended by CRLF
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sample(String messageId, byte[] bytes) {}

    private record Turn(String subject, MixedWords.Language language, String customer, List<String> messageIds) {}

    /** The first {@code count} mails of a seed, all in memory. */
    public static List<Sample> samples(long seed, String recipient, int count) {
        return Stream.generate(new MixedMail(seed, recipient)::next)
                .limit(count)
                .toList();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Sample next() {
        boolean answer = !threads.isEmpty() && random.nextInt(100) < 35;
        Turn turn = answer ? threads.get(random.nextInt(threads.size())) : open();
        String id = "<%d.%06d.%08x@%s>"
                .formatted(seed, count, random.nextInt(), turn.customer().split("@", 2)[1]);
        MimeText mail = new MimeText(random);
        transport(mail);
        mail.header("Message-ID", id);
        mail.header("Date", DATE.format(FIRST.plusSeconds(count * 97L)));
        mail.header(
                "From", mail.encodedWord(words.name(turn.language()), turn.language()) + " <" + turn.customer() + ">");
        mail.header("To", random.nextInt(3) == 0 ? "\"Customer Support\" <" + recipient + ">" : recipient);
        if (random.nextInt(8) == 0) {
            mail.header("Cc", "\"Team, Sales\" <sales@fabrikam.test>,\r\n orders@fabrikam.test");
        }
        mail.header("Subject", (answer ? "Re: " : "") + mail.encodedWord(turn.subject(), turn.language()));
        if (answer) {
            mail.header("In-Reply-To", turn.messageIds().getLast());
            mail.header("References", String.join("\r\n ", turn.messageIds()));
        }
        mail.header("MIME-Version", "1.0");
        new MixedBody(random, words, turn.language()).write(mail);
        turn.messageIds().add(id);
        count++;
        return new Sample(id, mail.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private Turn open() {
        MixedWords.Language language = words.language();
        String customer =
                "customer%d@%s".formatted(random.nextInt(2000), random.nextBoolean() ? "fabrikam.test" : "example.com");
        Turn turn = new Turn(words.words(language, 3 + random.nextInt(12)), language, customer, new ArrayList<>());
        if (threads.size() < OPEN_THREADS) {
            threads.add(turn);
        } else {
            threads.set(random.nextInt(OPEN_THREADS), turn);
        }
        return turn;
    }

    /** What mail servers add on the way: a few kilobytes of folded headers. */
    private void transport(MimeText mail) {
        for (int hop = 1 + random.nextInt(4); hop > 0; hop--) {
            mail.header(
                    "Received",
                    "from mx%d.example.com (mx%d.example.com [192.0.2.%d])\r\n by relay.contoso.test with ESMTPS id %08x;\r\n %s"
                            .formatted(
                                    hop,
                                    hop,
                                    random.nextInt(250),
                                    random.nextInt(),
                                    DATE.format(FIRST.plusSeconds(count * 97L))));
        }
        if (random.nextInt(3) > 0) {
            mail.header(
                    "DKIM-Signature",
                    "v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=mail;\r\n h=from:to:subject:date;\r\n bh="
                            + mail.base64Lines(30) + ";\r\n b=" + mail.base64Lines(256));
            mail.header(
                    "ARC-Seal",
                    "i=1; a=rsa-sha256; t=1772434800; cv=none; d=example.com; s=arc;\r\n b=" + mail.base64Lines(256));
        }
        if (random.nextInt(2) == 0) {
            mail.header("X-MS-Exchange-AntiSpam-MessageData", mail.base64Lines(600 + random.nextInt(1200)));
            mail.header("X-MS-Has-Attach", "");
        }
    }
}
