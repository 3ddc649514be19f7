package org.postroom.conversation;

import static org.postroom.store.tables.Tables.KNOWN_MESSAGE_ID;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Automatic;
import org.postroom.mail.MessageId;
import org.postroom.mail.News;
import org.postroom.mail.ParsedMessage;
import org.postroom.store.Ids;
import org.postroom.store.Rows;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.postroom.store.tables.tables.records.ConversationRecord;
import org.postroom.store.tables.tables.records.KnownMessageIdRecord;
import org.postroom.store.tables.tables.records.MessageRecord;
import org.postroom.store.tables.tables.records.ParticipantRecord;
import tools.jackson.databind.json.JsonMapper;

/** Rows of one batch, gathered in memory and written together. */
final class Writing {
    static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PREVIEW = 200;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Ids ids;
    private final Instant now;
    private final String channelId;
    private final Map<String, ConversationRecord> fresh = new LinkedHashMap<>();
    private final Map<String, ConversationRecord> changed = new LinkedHashMap<>();
    private final List<ContactRecord> contacts = new ArrayList<>();
    private final List<ParticipantRecord> participants = new ArrayList<>();
    private final List<MessageRecord> messages = new ArrayList<>();
    private final Map<String, KnownMessageIdRecord> learned = new LinkedHashMap<>();
    private final List<KnownMessageIdRecord> nowHeld = new ArrayList<>();
    private final Map<String, String> joined = new LinkedHashMap<>();
    private final List<News> news = new ArrayList<>();

    Writing(Ids ids, Instant now, String channelId) {
        this.ids = ids;
        this.now = now;
        this.channelId = channelId;
    }

    Collection<ConversationRecord> freshConversations() {
        return fresh.values();
    }

    List<News> news() {
        return news;
    }

    ContactRecord newContact(Address address) {
        ContactRecord row = new ContactRecord();
        row.setId(ids.next());
        row.setAddress(clean(address.key()));
        row.setName(clean(address.name()));
        row.setCreatedAt(now);
        contacts.add(row);
        return row;
    }

    /** @param follows the one that it follows, null if none */
    ConversationRecord newConversation(
            InboundMessage message, ContactRecord contact, @Nullable ConversationRecord follows) {
        ConversationRecord row = new ConversationRecord();
        row.setId(ids.next());
        row.setSubject(
                message.parsed().subject().isBlank()
                        ? "(no subject)"
                        : clean(message.parsed().subject()));
        row.setState((message.routed() ? State.NEW : State.CLOSED).word());
        row.setChannelId(channelId);
        row.setContactId(contact.getId());
        row.setCreatedAt(message.routed() ? now : Filing.dateOf(message));
        row.setClosedAt(message.routed() ? null : row.getCreatedAt());
        row.setFollowsId(follows == null ? null : follows.getId());
        row.setSettled(follows != null);
        row.setMergedInto(null);
        row.setMessages(0);
        row.setVersion(1L);
        fresh.put(row.getId(), row);
        touch(row, message);
        news.add(new ConversationNews("conversation.created", row.getId(), Map.of("channel", channelId)));
        return row;
    }

    void continueConversation(ConversationRecord row, InboundMessage message) {
        State before = State.parse(row.getState());
        boolean wakes = message.routed()
                && !message.parsed().automatic().is()
                && message.parsed().kind() == ParsedMessage.Kind.MESSAGE;
        if (wakes && before != State.NEW && before != State.OPEN) {
            row.setState(State.OPEN.word());
            row.setClosedAt(null);
            if (before == State.CLOSED) {
                news.add(new ConversationNews("conversation.reopened", row.getId(), Map.of()));
            }
        }
        touch(row, message);
        if (!fresh.containsKey(row.getId())) {
            changed.put(row.getId(), row);
        }
    }

    private void touch(ConversationRecord row, InboundMessage message) {
        // What machines report about our messages does not stand in the list in place of what people wrote.
        if (row.getMessages() == 0 || !isReport(message.parsed())) {
            row.setPreview(clean(preview(message.parsed())));
            row.setLastDirection("in");
        }
        Instant at = message.routed() ? now : Filing.dateOf(message);
        if (row.getUpdatedAt() == null || at.isAfter(row.getUpdatedAt())) {
            row.setUpdatedAt(at);
        }
        row.setMessages(row.getMessages() + 1);
    }

    private static boolean isReport(ParsedMessage parsed) {
        return switch (parsed.kind()) {
            case BOUNCE, RECEIPT, COMPLAINT -> true;
            case MESSAGE, AUTOMATIC -> false;
        };
    }

    private static String preview(ParsedMessage parsed) {
        String found = parsed.findings().preview();
        if (!found.isBlank()) {
            return preview(found);
        }
        return preview(parsed.newText().isBlank() ? parsed.text() : parsed.newText());
    }

    /** The first words on one line. */
    static String preview(String text) {
        String line = text.length() > 4 * PREVIEW ? text.substring(0, 4 * PREVIEW) : text;
        String flat = BLANKS.matcher(line).replaceAll(" ").strip();
        return flat.length() > PREVIEW ? flat.substring(0, PREVIEW) : flat;
    }

    /** One that nobody has worked on joins another, for a message has shown that they belong together. */
    void join(ConversationRecord source, ConversationRecord target, Known known) {
        source.setMergedInto(target.getId());
        target.setMessages(target.getMessages() + source.getMessages());
        if (State.parse(source.getState()) == State.NEW && State.parse(target.getState()) == State.CLOSED) {
            target.setState(untouchedOrOpen(target).word());
            target.setClosedAt(null);
        }
        for (ConversationRecord row : List.of(source, target)) {
            if (!fresh.containsKey(row.getId())) {
                changed.put(row.getId(), row);
            }
        }
        known.participantsOf(target.getId()).addAll(known.participantsOf(source.getId()));
        joined.put(source.getId(), target.getId());
        news.add(new ConversationNews(
                "conversation.merged", source.getId(), Map.of("into", target.getId(), "channel", channelId)));
    }

    private static State untouchedOrOpen(ConversationRecord row) {
        return row.getSettled() ? State.OPEN : State.NEW;
    }

    void participants(String conversationId, Set<String> people, Set<String> before) {
        for (String address : people) {
            if (before.add(address)) {
                participants.add(new ParticipantRecord(conversationId, address));
            }
        }
    }

    /** Remembers a message's own id, and those it names, so that siblings find each other later. */
    void remember(String conversationId, Letter letter, Known known) {
        // An id of ours is with the message that left under it, never with a copy that comes in.
        if (letter.own() == null) {
            learn(conversationId, letter.id().value(), true, known);
        }
        for (String key : letter.clues().keys()) {
            if (!key.equals(letter.id().value())) {
                learn(conversationId, key, key.equals(letter.clues().thread()), known);
            }
        }
    }

    private void learn(String conversationId, String key, boolean held, Known known) {
        for (Known.Entry entry : known.entries(key)) {
            ConversationRecord row = known.now(entry.conversation);
            if (row != null && row.getId().equals(conversationId)) {
                if (held && !entry.held) {
                    entry.held = true;
                    KnownMessageIdRecord fresh = learned.get(entry.conversation + key);
                    if (fresh == null) {
                        nowHeld.add(new KnownMessageIdRecord(channelId, key, entry.conversation, true));
                    } else {
                        fresh.setHeld(true);
                    }
                }
                return;
            }
        }
        if (held || known.entries(key).size() < Kinship.MOST_HOLDERS) {
            known.add(key, new Known.Entry(conversationId, held));
            learned.put(conversationId + key, new KnownMessageIdRecord(channelId, key, conversationId, held));
        }
    }

    /** @param complained whether its sender once called a message of ours spam, and gets no automatic answer */
    String message(
            ConversationRecord conversation,
            InboundMessage message,
            MessageId own,
            @Nullable String because,
            boolean complained) {
        ParsedMessage parsed = message.parsed();
        Automatic automatic = parsed.automatic();
        Address from = parsed.from().isEmpty()
                ? Filing.contactAddress(parsed)
                : parsed.from().getFirst();
        MessageRecord row = new MessageRecord();
        row.setId(ids.next());
        row.setConversationId(conversation.getId());
        row.setChannelId(channelId);
        row.setDirection("in");
        row.setKind(parsed.kind().name().toLowerCase(Locale.ROOT));
        row.setMessageId(own.value());
        row.setInReplyTo(join(parsed.inReplyTo()));
        row.setReferenceIds(join(parsed.references()));
        row.setDateAt(Filing.dateOf(message));
        row.setStoredAt(now);
        row.setFromName(clean(from.name()));
        row.setFromAddress(clean(from.address()));
        row.setSenderJson(
                JSON.writeValueAsString(new Recipients(parsed.to(), parsed.cc(), List.of(), parsed.replyTo())));
        row.setSubject(clean(parsed.subject()));
        row.setTextBody(clean(parsed.text()));
        row.setNewText(clean(parsed.newText()));
        row.setHtml(clean(parsed.html()));
        row.setAttachmentsJson(JSON.writeValueAsString(parsed.attachments()));
        row.setProblemsJson(JSON.writeValueAsString(parsed.problems()));
        row.setBounceJson(parsed.bounce() == null ? null : clean(JSON.writeValueAsString(parsed.bounce())));
        row.setFindingsJson(clean(JSON.writeValueAsString(parsed.findings())));
        row.setAutomaticWhy(automatic.is() ? automatic.why() : null);
        row.setMayAnswer(automatic.mayAnswer() && !complained);
        row.setThreadedBecause(because);
        row.setSha256(parsed.sha256());
        row.setSize(parsed.size());
        messages.add(row);
        news.add(new ConversationNews(
                "message.received",
                conversation.getId(),
                Map.of("message", row.getId(), "channel", channelId, "kind", row.getKind())));
        return row.getId();
    }

    /** Without NUL, which PostgreSQL does not take in text. */
    static @Nullable String clean(@Nullable String text) {
        return text == null || text.indexOf(0) < 0 ? text : text.replace("\0", "");
    }

    private static String join(List<MessageId> some) {
        StringBuilder all = new StringBuilder();
        for (MessageId id : some) {
            all.append(all.isEmpty() ? "" : " ").append(id.value());
        }
        return all.toString();
    }

    void store(DSLContext sql) {
        Rows.insert(sql, contacts);
        Rows.insert(sql, List.copyOf(fresh.values()));
        changed.values().forEach(row -> row.setVersion(row.getVersion() + 1));
        sql.batchUpdate(List.copyOf(changed.values())).execute();
        Rows.insert(sql, participants);
        Rows.insert(sql, messages);
        Rows.insert(sql, List.copyOf(learned.values()));
        nowHeld(sql);
        joined.forEach((source, target) -> Moving.all(sql, source, target));
    }

    private void nowHeld(DSLContext sql) {
        if (nowHeld.isEmpty()) {
            return;
        }
        Object[][] values = nowHeld.stream()
                .map(one -> new Object[] {true, channelId, one.getMessageId(), one.getConversationId()})
                .toArray(Object[][]::new);
        sql.batch(sql.update(KNOWN_MESSAGE_ID)
                        .set(KNOWN_MESSAGE_ID.HELD, true)
                        .where(KNOWN_MESSAGE_ID.CHANNEL_ID.eq(channelId))
                        .and(KNOWN_MESSAGE_ID.MESSAGE_ID.eq(""))
                        .and(KNOWN_MESSAGE_ID.CONVERSATION_ID.eq("")))
                .bind(values)
                .execute();
    }

    /** The recipients of a message as its row keeps them. */
    record Recipients(List<Address> to, List<Address> cc, List<Address> bcc, List<Address> replyTo) {}
}
