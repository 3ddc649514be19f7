package org.postroom.conversation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ThreadRules;
import org.postroom.conversation.OwnMessageIds.Signed;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;

/**
 * A message to be filed with all that tells its place.
 *
 * @param id its Message-ID; derived from its content if it has none, so that the same mail always has the same
 * @param own its Message-ID if we made it: a copy of our own message, or what pretends to be one
 * @param clues by which it is kin to others; no id of ours is among them
 * @param answered ids of ours that it names, the nearest first
 * @param reported ids of ours that it reports about
 * @param marks ids of ours in its text, in their order
 * @param numbers of conversations in its subject, or where the channel looks besides
 * @param from addresses in From, in lower case
 * @param fromUs whether it says that it comes from an address of our own
 */
record Letter(
        InboundMessage message,
        MessageId id,
        @Nullable Signed own,
        Clues clues,
        List<Signed> answered,
        List<Signed> reported,
        List<Signed> marks,
        List<NumberForms.Found> numbers,
        Set<String> from,
        boolean fromUs,
        List<Address> senders) {
    private static final int LONGEST_LOOK = 1 << 20;

    static Letter of(InboundMessage message, ThreadRules rules, OwnMessageIds ownIds, Set<String> ownAddresses) {
        ParsedMessage parsed = message.parsed();
        Clues all = Clues.of(parsed, message.thread(), ownAddresses);
        List<Signed> answered = new ArrayList<>();
        List<Signed> reported = new ArrayList<>();
        List<String> names = foreign(all.names(), ownIds, answered);
        List<String> originals = foreign(all.originals(), ownIds, reported);
        MessageId id = Objects.requireNonNullElseGet(
                parsed.messageId(), () -> new MessageId("<" + parsed.sha256() + "@postroom.invalid>"));
        Signed own = ownIds.signed(id).orElse(null);
        Set<String> from =
                parsed.from().stream().map(Address::key).limit(20).collect(Collectors.toCollection(LinkedHashSet::new));
        return new Letter(
                message,
                id,
                own,
                new Clues(own == null ? all.own() : null, names, originals, all.thread(), all.people()),
                answered,
                reported,
                marks(parsed, ownIds),
                numbers(parsed, rules),
                from,
                from.stream().anyMatch(ownAddresses::contains),
                Senders.of(parsed, ownAddresses));
    }

    private static List<String> foreign(List<String> ids, OwnMessageIds ownIds, List<Signed> ours) {
        List<String> foreign = new ArrayList<>();
        for (String id : ids) {
            ownIds.signed(new MessageId(id)).ifPresentOrElse(ours::add, () -> foreign.add(id));
        }
        return foreign;
    }

    private static List<Signed> marks(ParsedMessage parsed, OwnMessageIds ownIds) {
        List<Signed> marks = new ArrayList<>(ownIds.marks(begin(parsed.text())));
        if (marks.isEmpty() && parsed.html() != null) {
            marks.addAll(ownIds.marks(begin(parsed.html())));
        }
        return marks;
    }

    private static String begin(String text) {
        return text.length() > LONGEST_LOOK ? text.substring(0, LONGEST_LOOK) : text;
    }

    private static List<NumberForms.Found> numbers(ParsedMessage parsed, ThreadRules rules) {
        NumberForms forms = new NumberForms(rules.numberForms());
        List<NumberForms.Found> found = new ArrayList<>(forms.in(parsed.subject()));
        if (rules.numberInBody()) {
            found.addAll(forms.in(parsed.newText()));
            parsed.attachments().stream().map(Attachment::name).limit(20).forEach(name -> found.addAll(forms.in(name)));
        }
        return found;
    }

    /** Whether a person wrote it, so that a conversation that rests goes on. */
    boolean wakes() {
        return message.routed()
                && !message.parsed().automatic().is()
                && message.parsed().kind() == ParsedMessage.Kind.MESSAGE;
    }

    /** All ids of ours that it carries. */
    List<Signed> ours() {
        List<Signed> all = new ArrayList<>(answered);
        all.addAll(reported);
        all.addAll(marks);
        if (own != null) {
            all.add(own);
        }
        return all;
    }
}
