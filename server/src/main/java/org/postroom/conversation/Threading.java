package org.postroom.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;

/**
 * Which conversation a message belongs to; the first rule that matches wins, and never the subject alone. Rules: a report
 * about a message of ours; our own signed Message-ID; a Message-ID known in the channel, if somebody takes part in both.
 */
final class Threading {
    private static final int MOST_REFERENCES = 50;

    private Threading() {}

    /**
     * A conversation found.
     *
     * @param because the reason, for people to read
     */
    record Match(String conversationId, String because) {}

    /** Every Message-ID that may matter for a message's place. */
    static List<MessageId> idsOf(ParsedMessage parsed) {
        List<MessageId> all = new ArrayList<>(references(parsed));
        if (parsed.messageId() != null) {
            all.add(parsed.messageId());
        }
        original(parsed.bounce(), all);
        return all;
    }

    private static void original(@Nullable Bounce bounce, List<MessageId> all) {
        if (bounce != null && bounce.originalMessageId() != null) {
            all.add(new MessageId(bounce.originalMessageId()));
        }
    }

    /** In-Reply-To, then References from the last to the first: the nearest first. */
    static List<MessageId> references(ParsedMessage parsed) {
        List<MessageId> nearest = new ArrayList<>(parsed.inReplyTo());
        for (MessageId id : parsed.references().reversed()) {
            if (nearest.size() < MOST_REFERENCES && !nearest.contains(id)) {
                nearest.add(id);
            }
        }
        return nearest;
    }

    /**
     * Finds the conversation.
     *
     * @param people addresses in this message but for our own
     */
    static @Nullable Match find(ParsedMessage parsed, Set<String> people, Filing.Known known, OwnMessageIds ownIds) {
        List<MessageId> originals = new ArrayList<>();
        original(parsed.bounce(), originals);
        for (MessageId id : originals) {
            String own = ownIds.conversation(id)
                    .orElse(known.conversationByMessageId().get(id.value()));
            if (own != null && known.conversations().containsKey(own)) {
                return new Match(own, "report about " + id);
            }
        }
        List<MessageId> references = references(parsed);
        for (MessageId id : references) {
            String own = ownIds.conversation(id).orElse(null);
            if (own != null && known.conversations().containsKey(own)) {
                return new Match(own, header(parsed, id) + " " + id + " (signed by us)");
            }
        }
        for (MessageId id : references) {
            String conversation = known.conversationByMessageId().get(id.value());
            if (conversation != null && takesPart(conversation, people, known)) {
                String how = known.held().contains(id.value()) ? "" : " (also named by another message)";
                return new Match(conversation, header(parsed, id) + " " + id + how);
            }
        }
        MessageId itself = parsed.messageId();
        String conversation =
                itself == null ? null : known.conversationByMessageId().get(itself.value());
        if (conversation != null && takesPart(conversation, people, known)) {
            return new Match(conversation, "Message-ID " + itself + ", named by another message");
        }
        return null;
    }

    /** Several strangers who answer one newsletter are not one conversation. */
    private static boolean takesPart(String conversation, Set<String> people, Filing.Known known) {
        return known.conversations().containsKey(conversation)
                && known.participantsOf(conversation).stream().anyMatch(people::contains);
    }

    private static String header(ParsedMessage parsed, MessageId id) {
        return parsed.inReplyTo().contains(id) ? "In-Reply-To" : "References";
    }
}
