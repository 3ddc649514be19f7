package org.postroom.simulator.customer;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.simulator.mailbox.StoredMessage;
import org.postroom.simulator.mime.Address;
import org.postroom.simulator.mime.EncodedWords;
import org.postroom.simulator.mime.Headers;
import org.postroom.simulator.mime.MailWriter;
import org.postroom.simulator.mime.TransferEncoding;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.SimulatorClock;

/** What a customer answers to a mail, quoted and threaded as mail programs do (RFC 5322 section 3.6.4). */
final class Answering {
    private static final DateTimeFormatter QUOTED_DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy 'at' HH:mm", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final List<String> SENTENCES = List.of(
            "thank you for the quick answer. I tried that just now, but the display still says E17.",
            "that helped a little: it heats for a minute and then stops again. Is that normal?",
            "I looked at the plate on the back, the serial number is CM400-77-21903.",
            "yes, it is still under warranty. I can send you the receipt if you need it.",
            "how long would a repair take? We have guests on Thursday.",
            "understood. Would you send somebody, or shall I bring the machine to you?",
            "Thursday morning suits us, somebody is here from eight o'clock.",
            "my colleague says it also leaks a little at the bottom. Is that connected?",
            "I cleaned the filter as you described. Now the light is green, but the water is only lukewarm.",
            "good to know. What would it cost without the warranty?",
            "perfect, please go ahead then.",
            "one more question: can we use filtered water in it?");

    private Answering() {}

    /** Whether a mail is one a person answers: not automatic, not a list's, not the customer's own. */
    static boolean mayAnswer(Customer customer, StoredMessage message) {
        Headers headers = message.content().parsed().headers();
        boolean automatic = headers.first("Auto-Submitted")
                .filter(value -> !value.toLowerCase(Locale.ROOT).startsWith("no"))
                .isPresent();
        boolean list = headers.first("List-Id").isPresent()
                || headers.first("Precedence")
                        .filter(value -> value.matches("(?i)bulk|list|junk|auto_reply"))
                        .isPresent();
        return !automatic
                && !list
                && sender(headers)
                        .filter(sender -> !customer.mailbox().answersTo(sender))
                        .isPresent();
    }

    private static Optional<String> sender(Headers headers) {
        String field = headers.first("Reply-To").or(() -> headers.first("From")).orElse("");
        return Address.parseList(field).stream()
                .filter(Address::isMailbox)
                .map(Address::spec)
                .findFirst();
    }

    static String answerTo(StoredMessage message) {
        return sender(message.content().parsed().headers()).orElseThrow();
    }

    /** The conversation a mail belongs to: its oldest reference, or itself. */
    static String conversation(StoredMessage message) {
        Headers headers = message.content().parsed().headers();
        String references = headers.first("References")
                .or(() -> headers.first("In-Reply-To"))
                .orElse("");
        String first = references.strip().split("\\s+")[0];
        return first.isEmpty() ? headers.first("Message-ID").orElse("") : first;
    }

    static MailWriter write(Customer customer, StoredMessage message, int round, SimulatorClock clock) {
        Headers headers = message.content().parsed().headers();
        String subject = EncodedWords.decode(headers.first("Subject").orElse(""));
        String to = answerTo(message);
        MailWriter mail = new MailWriter(
                customer.mailbox().name(),
                customer.address(),
                to,
                subject.matches("(?is)re:.*") ? subject : "Re: " + subject,
                clock.instant());
        headers.first("Message-ID").ifPresent(id -> {
            mail.header("In-Reply-To", id);
            String before = headers.first("References")
                    .or(() -> headers.first("In-Reply-To"))
                    .orElse("");
            mail.header("References", (before + " " + id).strip().replaceAll("\\s+", "\r\n "));
        });
        String first = customer.mailbox().name().split(" ")[0];
        String sentence = SENTENCES.get(round % SENTENCES.size());
        return mail.text("Hello,\n\n" + sentence + "\n\nBest wishes\n" + first + "\n\n" + quote(headers, message));
    }

    private static String quote(Headers headers, StoredMessage message) {
        String original =
                TransferEncoding.text(message.content().parsed()).orElse("").replaceAll("<[^>]{0,500}>", "");
        String from = EncodedWords.decode(headers.first("From").orElse(""));
        StringBuilder quoted =
                new StringBuilder("On " + QUOTED_DATE.format(message.internalDate()) + ", " + from + " wrote:\n");
        original.strip()
                .lines()
                .limit(120)
                .forEach(line -> quoted.append(line.startsWith(">") ? ">" : "> ")
                        .append(line.strip())
                        .append('\n'));
        return quoted.toString();
    }
}
