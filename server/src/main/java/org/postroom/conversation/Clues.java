package org.postroom.conversation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Receipt;

/**
 * What tells a message's place among others, without its texts: bounded, whatever the message holds.
 *
 * @param own its Message-ID, null if it has none
 * @param names ids it names, the nearest first: In-Reply-To, then References from the last to the first (RFC 5322 section
 *     3.6.4); never its own, nor one that is an address
 * @param originals ids of the messages that it reports about: as a bounce, a receipt or a complaint
 * @param thread what the mailbox's provider calls its thread, null if it does not say
 * @param people addresses of senders and recipients in lower case, our own left out
 */
public record Clues(
        @Nullable String own,
        List<String> names,
        List<String> originals,
        @Nullable String thread,
        Set<String> people) {
    private static final int MOST_NAMES = 50;
    private static final int MOST_ANSWERED = 10;
    private static final int MOST_PEOPLE = 200;
    private static final String THREAD = "thread:";

    /** Copies what can change. */
    public Clues {
        names = List.copyOf(names);
        originals = List.copyOf(originals);
        people = Set.copyOf(people);
    }

    /**
     * Those of a message.
     *
     * @param provider what the mailbox's provider calls its thread, or null
     * @param ownAddresses addresses of our own, in lower case
     */
    public static Clues of(ParsedMessage parsed, @Nullable String provider, Set<String> ownAddresses) {
        MessageId id = parsed.messageId();
        String own = id == null ? null : id.value();
        Set<String> everybody = everybody(parsed);
        List<String> originals = originals(parsed);
        List<String> names = names(parsed);
        names.removeIf(
                name -> name.equals(own) || everybody.contains(inside(name)) || ownAddresses.contains(inside(name)));
        Set<String> people = new LinkedHashSet<>();
        everybody.stream()
                .filter(one -> !ownAddresses.contains(one))
                .limit(MOST_PEOPLE)
                .forEach(people::add);
        return new Clues(own, names, originals, provider == null ? null : THREAD + provider, people);
    }

    /** The same without these people. */
    public Clues without(Set<String> some) {
        Set<String> left = new LinkedHashSet<>(people);
        left.removeAll(some);
        return new Clues(own, names, originals, thread, left);
    }

    /** The same with other people. */
    public Clues among(Set<String> others) {
        return new Clues(own, names, originals, thread, others);
    }

    /** Everything this message is known by, or knows others by. */
    List<String> keys() {
        List<String> all = new ArrayList<>(names);
        all.addAll(originals);
        Stream.of(own, thread).filter(key -> key != null).forEach(all::add);
        return all;
    }

    private static String inside(String id) {
        return id.substring(1, id.length() - 1).toLowerCase(Locale.ROOT);
    }

    /** The nearest, and of References the first as well, which most siblings share. */
    private static List<String> names(ParsedMessage parsed) {
        Set<String> nearest = new LinkedHashSet<>();
        parsed.inReplyTo().stream().limit(MOST_ANSWERED).forEach(id -> nearest.add(id.value()));
        List<MessageId> references = parsed.references();
        for (int i = references.size() - 1; i > 0 && nearest.size() < MOST_NAMES - 1; i--) {
            nearest.add(references.get(i).value());
        }
        if (!references.isEmpty()) {
            nearest.add(references.getFirst().value());
        }
        return new ArrayList<>(nearest);
    }

    private static List<String> originals(ParsedMessage parsed) {
        Bounce bounce = parsed.bounce();
        Receipt receipt = parsed.findings().receipt();
        Complaint complaint = parsed.findings().complaint();
        return Stream.of(
                        bounce == null ? null : bounce.originalMessageId(),
                        receipt == null ? null : receipt.originalMessageId(),
                        complaint == null ? null : complaint.originalMessageId())
                .filter(id -> id != null && !id.isBlank())
                .map(id -> new MessageId(id).value())
                .distinct()
                .toList();
    }

    /** Senders, recipients, and those whom a report is about. */
    private static Set<String> everybody(ParsedMessage parsed) {
        Set<String> all = new LinkedHashSet<>();
        for (List<Address> some : List.of(parsed.from(), parsed.sender(), parsed.replyTo(), parsed.to(), parsed.cc())) {
            some.forEach(one -> add(all, one));
        }
        if (parsed.bounce() != null) {
            parsed.bounce().recipients().forEach(one -> add(all, Address.of(one.address())));
        }
        return all;
    }

    private static void add(Set<String> all, Address one) {
        if (all.size() < 2 * MOST_PEOPLE && Address.plausible(one.address())) {
            all.add(one.key());
        }
    }
}
