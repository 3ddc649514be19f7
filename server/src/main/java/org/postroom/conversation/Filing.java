package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;
import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.KNOWN_MESSAGE_ID;
import static org.postroom.store.tables.Tables.PARTICIPANT;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.postroom.mail.Address;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.postroom.store.tables.tables.records.ConversationRecord;
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
    private final ApplicationEventPublisher publisher;

    Filing(Database database, Ids ids, Clock clock, OwnMessageIds ownIds, ApplicationEventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.ownIds = ownIds;
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
            Reporting reporting = Reporting.load(sql, ids, clock.instant(), messages);
            Known known = known(sql, channelId, messages, reporting.recipients());
            Writing writing = new Writing(ids, clock.instant(), channelId);
            Map<String, String> filed = new LinkedHashMap<>();
            for (InboundMessage message : messages) {
                String id = fileOne(message, known, writing, ownAddresses);
                reporting.note(message, id, known.contacts());
                filed.put(message.inboundId(), id);
            }
            number(sql, writing);
            writing.store(sql);
            reporting.store(sql);
            writing.news().forEach(publisher::publishEvent);
            reporting.news().forEach(publisher::publishEvent);
            return filed;
        });
    }

    /** What the database knows that may matter for a batch. */
    private Known known(
            DSLContext sql, String channelId, List<InboundMessage> messages, Set<String> reportedAddresses) {
        Set<String> named = new HashSet<>();
        Set<String> conversations = new HashSet<>();
        Set<String> people = new HashSet<>(reportedAddresses);
        for (InboundMessage message : messages) {
            for (MessageId id : Threading.idsOf(message.parsed())) {
                named.add(id.value());
                ownIds.conversation(id).ifPresent(conversations::add);
            }
            people.add(contactAddress(message.parsed()).key());
        }
        Map<String, String> byMessageId = new HashMap<>();
        Set<String> held = new HashSet<>();
        for (var row : sql.fetch(
                KNOWN_MESSAGE_ID,
                KNOWN_MESSAGE_ID.CHANNEL_ID.eq(channelId).and(KNOWN_MESSAGE_ID.MESSAGE_ID.in(named)))) {
            byMessageId.put(row.getMessageId(), row.getConversationId());
            conversations.add(row.getConversationId());
            if (row.getHeld()) {
                held.add(row.getMessageId());
            }
        }
        Map<String, ConversationRecord> existing = new HashMap<>();
        sql.fetch(CONVERSATION, CONVERSATION.ID.in(conversations)).forEach(row -> existing.put(row.getId(), row));
        Map<String, Set<String>> participants = new HashMap<>();
        sql.fetch(PARTICIPANT, PARTICIPANT.CONVERSATION_ID.in(conversations))
                .forEach(row -> participants
                        .computeIfAbsent(row.getConversationId(), c -> new HashSet<>())
                        .add(row.getAddress()));
        Map<String, ContactRecord> contacts = new HashMap<>();
        sql.fetch(CONTACT, CONTACT.ADDRESS.in(people)).forEach(row -> contacts.put(row.getAddress(), row));
        return new Known(byMessageId, held, existing, participants, contacts);
    }

    private String fileOne(InboundMessage message, Known known, Writing writing, Set<String> ownAddresses) {
        ParsedMessage parsed = message.parsed();
        Set<String> people = people(parsed, ownAddresses);
        Threading.Match match = Threading.find(parsed, people, known, ownIds);
        ConversationRecord conversation =
                match == null ? null : known.conversations().get(match.conversationId());
        if (conversation == null) {
            ContactRecord contact = contact(parsed, known, writing);
            conversation = writing.newConversation(message, contact);
            known.conversations().put(conversation.getId(), conversation);
        } else {
            writing.continueConversation(conversation, message);
        }
        String conversationId = conversation.getId();
        writing.participants(conversationId, people, known.participantsOf(conversationId));
        MessageId own = messageId(parsed);
        writing.remember(conversationId, own, Threading.references(parsed), known);
        ContactRecord sender = known.contacts().get(contactAddress(parsed).key());
        return writing.message(
                conversation,
                message,
                own,
                match == null ? null : match.because(),
                sender != null && sender.getComplainedAt() != null);
    }

    private ContactRecord contact(ParsedMessage parsed, Known known, Writing writing) {
        Address address = contactAddress(parsed);
        return known.contacts().computeIfAbsent(address.key(), key -> writing.newContact(address));
    }

    /** Who wrote: Reply-To, then From, then Sender, as service desks match contacts. */
    static Address contactAddress(ParsedMessage parsed) {
        for (List<Address> candidates : List.of(parsed.replyTo(), parsed.from(), parsed.sender())) {
            for (Address candidate : candidates) {
                if (Address.plausible(candidate.address())) {
                    return candidate;
                }
            }
        }
        return Address.of("unknown@sender.invalid");
    }

    private static MessageId messageId(ParsedMessage parsed) {
        // Derived from the content where there is none, so that the same mail always has the same.
        return parsed.messageId() != null
                ? parsed.messageId()
                : new MessageId("<" + parsed.sha256() + "@postroom.invalid>");
    }

    private static Set<String> people(ParsedMessage parsed, Set<String> ownAddresses) {
        Set<String> people = new HashSet<>();
        for (List<Address> some : List.of(parsed.from(), parsed.sender(), parsed.replyTo(), parsed.to(), parsed.cc())) {
            for (Address one : some) {
                if (people.size() < 200 && Address.plausible(one.address()) && !ownAddresses.contains(one.key())) {
                    people.add(one.key());
                }
            }
        }
        return people;
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

    /** What the database knew before, and what the batch adds to it as it goes. */
    record Known(
            Map<String, String> conversationByMessageId,
            Set<String> held,
            Map<String, ConversationRecord> conversations,
            Map<String, Set<String>> participants,
            Map<String, ContactRecord> contacts) {
        Set<String> participantsOf(String conversationId) {
            return participants.computeIfAbsent(conversationId, c -> new HashSet<>());
        }
    }

    /** The time of a message: its own date unless that lies in the future or is missing. */
    static Instant dateOf(InboundMessage message) {
        Instant date = message.parsed().date();
        return date == null || date.isAfter(message.received()) ? message.received() : date;
    }
}
