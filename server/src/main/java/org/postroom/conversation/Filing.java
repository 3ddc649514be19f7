package org.postroom.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.postroom.channel.ThreadRules;
import org.postroom.mail.Address;
import org.postroom.mail.ParsedMessage;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.postroom.store.tables.tables.records.ConversationRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/**
 * Files messages into conversations: finds each one's place and stores what came of it. A whole batch costs a handful of
 * queries, whatever its size.
 */
@Service
public class Filing {
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final OwnMessageIds ownIds;
    private final ChannelRules rules;
    private final ApplicationEventPublisher publisher;

    /** With the usual rules in every channel. */
    Filing(Database database, Ids ids, Clock clock, OwnMessageIds ownIds, ApplicationEventPublisher publisher) {
        this(database, ids, clock, ownIds, channelId -> ThreadRules.DEFAULT, publisher);
    }

    @Autowired
    Filing(
            Database database,
            Ids ids,
            Clock clock,
            OwnMessageIds ownIds,
            ChannelRules rules,
            ApplicationEventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.ownIds = ownIds;
        this.rules = rules;
        this.publisher = publisher;
    }

    /**
     * Files messages of one channel, in order; within the caller's transaction.
     *
     * @param ownAddresses addresses of all channels: never participants
     * @return message ids by inbound id
     */
    public Map<String, String> file(String channelId, List<InboundMessage> messages, Set<String> ownAddresses) {
        return database.write(sql -> {
            Instant now = clock.instant();
            ThreadRules channelRules = rules.of(channelId);
            Reporting reporting = Reporting.load(sql, ids, now, messages);
            List<Letter> letters = messages.stream()
                    .map(message -> Letter.of(message, channelRules, ownIds, ownAddresses))
                    .toList();
            Known known =
                    Recall.load(sql, database.postgres(), channelId, letters, channelRules, reporting.recipients());
            Threading threading = new Threading(known, channelRules, now);
            Writing writing = new Writing(ids, now, channelId);
            Map<String, String> filed = new LinkedHashMap<>();
            for (Letter letter : letters) {
                String id = fileOne(letter, threading.find(letter), known, writing);
                reporting.note(letter.message(), id, known.contacts());
                filed.put(letter.message().inboundId(), id);
            }
            number(sql, writing);
            writing.store(sql);
            reporting.store(sql);
            writing.news().forEach(publisher::publishEvent);
            reporting.news().forEach(publisher::publishEvent);
            return filed;
        });
    }

    private static String fileOne(Letter letter, Threading.Place place, Known known, Writing writing) {
        InboundMessage message = letter.message();
        Address sender = Senders.chosen(letter.senders(), known.contacts());
        ConversationRecord conversation = place.conversation();
        if (conversation == null) {
            ContactRecord contact = known.contacts().computeIfAbsent(sender.key(), key -> writing.newContact(sender));
            conversation = writing.newConversation(message, contact, place.follows());
            known.add(conversation);
        } else {
            writing.continueConversation(conversation, message);
        }
        String conversationId = conversation.getId();
        writing.participants(conversationId, letter.clues().people(), known.participantsOf(conversationId));
        writing.remember(conversationId, letter, known);
        ContactRecord contact = known.contacts().get(sender.key());
        boolean complained = contact != null && contact.getComplainedAt() != null;
        String id = writing.message(conversation, message, letter.id(), place.because(), complained);
        for (ConversationRecord other : place.joining()) {
            writing.join(other, conversation, known);
        }
        return id;
    }

    /** Who wrote, as far as the message tells: see {@link Senders}. */
    static Address contactAddress(ParsedMessage parsed) {
        return Senders.of(parsed, Set.of()).getFirst();
    }

    private void number(DSLContext sql, Writing writing) {
        List<ConversationRecord> fresh = new ArrayList<>(writing.freshConversations());
        if (!fresh.isEmpty()) {
            long number = database.next(sql, "conversation", fresh.size());
            for (ConversationRecord one : fresh) {
                one.setNumber(number++);
            }
        }
    }

    /** The time of a message: its own date unless that lies in the future or is missing. */
    static Instant dateOf(InboundMessage message) {
        Instant date = message.parsed().date();
        return date == null || date.isAfter(message.received()) ? message.received() : date;
    }
}
