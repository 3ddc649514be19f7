package org.postroom.conversation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ThreadRules;
import org.postroom.channel.ThreadRules.SecureUpdate;
import org.postroom.conversation.Kinship.Kin;
import org.postroom.conversation.OwnMessageIds.Signed;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.store.tables.tables.records.ConversationRecord;

/**
 * Which conversation a message belongs to; the first rule that matches wins, and never the subject alone. Rules: a report
 * about a message; our own signed Message-ID in the header; the same in the text; an id that the channel knows, if somebody
 * takes part in both; the provider's thread, likewise; a conversation's number. Of one thread.
 */
final class Threading {
    private static final int MOST_FOLLOWERS = 20;

    private final Known known;
    private final ThreadRules rules;
    private final Instant now;

    Threading(Known known, ThreadRules rules, Instant now) {
        this.known = known;
        this.rules = rules;
        this.now = now;
    }

    /**
     * A message's place.
     *
     * @param conversation null for a new one
     * @param because the reason, for people to read
     * @param follows the one that a new conversation follows
     * @param joining others that belong to it, as this message shows, and that nobody has worked on
     */
    record Place(
            @Nullable ConversationRecord conversation,
            @Nullable String because,
            @Nullable ConversationRecord follows,
            List<ConversationRecord> joining) {}

    /** In-Reply-To, then References from the last to the first: the nearest first. */
    static List<MessageId> references(ParsedMessage parsed) {
        return Clues.of(parsed, null, java.util.Set.of()).names().stream()
                .map(MessageId::new)
                .toList();
    }

    /** Finds the place. */
    Place find(Letter letter) {
        Search search = new Search(letter);
        Place found = search.find();
        ConversationRecord place = found.conversation();
        if (place == null || !letter.wakes() || mayGoOn(place)) {
            return found;
        }
        ConversationRecord next = known.follower(place);
        for (int i = 0; i < MOST_FOLLOWERS && next != null; i++) {
            if (mayGoOn(next)) {
                return new Place(next, "it follows #" + place.getNumber() + ": " + found.because(), null, List.of());
            }
            next = known.follower(next);
        }
        return new Place(
                null,
                "follow-up of #" + place.getNumber() + ", which was closed" + closed(place)
                        + " and is not opened again by mail: " + found.because(),
                place,
                List.of());
    }

    private boolean mayGoOn(ConversationRecord row) {
        return State.parse(row.getState()) != State.CLOSED || rules.reopen().allows(row.getClosedAt(), now);
    }

    private static String closed(ConversationRecord row) {
        Instant at = row.getClosedAt();
        return at == null ? "" : " on " + at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Nobody has worked on it: it may be joined by what a mail shows. */
    static boolean untouched(ConversationRecord row) {
        State state = State.parse(row.getState());
        return !row.getSettled()
                && row.getAssigneeId() == null
                && row.getMergedInto() == null
                && (state == State.NEW || state == State.CLOSED);
    }

    /** Of one message. */
    private final class Search {
        private final Letter letter;
        private final ParsedMessage parsed;
        private @Nullable String refused;
        private final List<ConversationRecord> closedTo = new ArrayList<>();

        Search(Letter letter) {
            this.letter = letter;
            this.parsed = letter.message().parsed();
        }

        Place find() {
            Place place = report();
            place = place == null ? signed() : place;
            List<Kin<String>> kin = Kinship.of(letter.clues(), known).stream()
                    .filter(one ->
                            closedTo.stream().noneMatch(row -> row.getId().equals(one.conversation())))
                    .toList();
            if (place == null && !kin.isEmpty()) {
                place = found(known.now(kin.getFirst().conversation()), because(kin.getFirst()));
            }
            place = place == null ? number() : place;
            return place == null
                    ? new Place(null, rules.updateByCreate() ? refused : null, null, List.of())
                    : joined(place, kin);
        }

        private static @Nullable Place found(@Nullable ConversationRecord row, String because) {
            return row == null ? null : new Place(row, because, null, List.of());
        }

        private @Nullable Place report() {
            for (Signed one : letter.reported()) {
                Place place = found(known.of(one), "report about " + one.id());
                if (place != null) {
                    return place;
                }
            }
            for (String original : letter.clues().originals()) {
                for (Kinship.Holder<String> holder : known.holders(original)) {
                    if (holder.held()) {
                        return found(known.now(holder.conversation()), "report about " + original);
                    }
                }
            }
            return null;
        }

        private @Nullable Place signed() {
            for (Signed one : letter.answered()) {
                Place place = allowed(
                        known.of(one), header(one.id()) + " " + one.id() + " (signed by us)", SecureUpdate.SIGNED);
                if (place != null) {
                    return place;
                }
            }
            Signed own = letter.own();
            if (own != null) {
                Place place = allowed(
                        known.of(own), "Message-ID " + own.id() + " (a copy of our own message)", SecureUpdate.SIGNED);
                if (place != null) {
                    return place;
                }
            }
            for (Signed one : letter.marks()) {
                Place place = allowed(known.of(one), "the reference in its text (signed by us)", SecureUpdate.SIGNED);
                if (place != null) {
                    return place;
                }
            }
            return null;
        }

        private @Nullable Place number() {
            for (NumberForms.Found one : letter.numbers()) {
                ConversationRecord row = known.ofNumber(one.number());
                if (row != null && one.fits(row.getCreatedAt())) {
                    Place place =
                            allowed(row, "number " + one.number() + " (“" + one.words() + "”)", SecureUpdate.NUMBER);
                    if (place != null) {
                        return place;
                    }
                }
            }
            return null;
        }

        /** @param enough the mode in which this is enough, whoever writes */
        private @Nullable Place allowed(@Nullable ConversationRecord row, String because, SecureUpdate enough) {
            if (row == null) {
                return null;
            }
            boolean ours = letter.fromUs() && enough == SecureUpdate.SIGNED;
            if (rules.secureUpdate().mode() <= enough.mode() || ours || known.takesPart(row.getId(), letter.from())) {
                return found(row, because);
            }
            closedTo.add(row);
            if (refused == null) {
                String who = letter.from().isEmpty()
                        ? "the sender"
                        : letter.from().iterator().next();
                refused = "not joined to #" + row.getNumber() + ": it has " + because + ", but " + who
                        + " takes no part there";
            }
            return null;
        }

        private Place joined(Place place, List<Kin<String>> kin) {
            List<ConversationRecord> all = new ArrayList<>();
            ConversationRecord target = java.util.Objects.requireNonNull(place.conversation());
            all.add(target);
            for (Kin<String> one : kin) {
                ConversationRecord row = known.now(one.conversation());
                if (row != null && !all.contains(row) && untouched(row)) {
                    all.add(row);
                }
            }
            if (all.size() == 1) {
                return place;
            }
            // The oldest stays, so that the number people know is the one that stays.
            ConversationRecord stays = untouched(target)
                    ? all.stream()
                            .min(Comparator.comparing(ConversationRecord::getId))
                            .orElse(target)
                    : target;
            all.remove(stays);
            return new Place(stays, place.because(), null, List.copyOf(all));
        }

        private String because(Kin<String> kin) {
            if (kin.key().equals(letter.clues().thread())) {
                return "the mail provider has it in the same thread";
            }
            if (kin.key().equals(letter.clues().own())) {
                return "Message-ID " + kin.key() + ", named by another message";
            }
            return header(new MessageId(kin.key())) + " " + kin.key()
                    + (kin.held() ? "" : " (also named by another message)");
        }

        private String header(MessageId id) {
            return parsed.inReplyTo().contains(id) ? "In-Reply-To" : "References";
        }
    }
}
