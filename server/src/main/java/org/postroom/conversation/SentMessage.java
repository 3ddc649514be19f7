package org.postroom.conversation;

import static org.postroom.store.tables.Tables.MESSAGE;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Receipt;

/**
 * A message of ours that a report may be about.
 *
 * @param recipients addresses in lower case
 */
record SentMessage(String id, String conversationId, String channelId, Set<String> recipients) {
    private static final int MOST_ORIGINALS = 20;

    /** Those of these Message-IDs, by Message-ID. */
    static Map<String, SentMessage> load(DSLContext sql, Set<String> messageIds) {
        Map<String, SentMessage> sent = new HashMap<>();
        if (messageIds.isEmpty()) {
            return sent;
        }
        for (var row : sql.select(
                        MESSAGE.ID,
                        MESSAGE.CONVERSATION_ID,
                        MESSAGE.CHANNEL_ID,
                        MESSAGE.MESSAGE_ID,
                        MESSAGE.SENDER_JSON)
                .from(MESSAGE)
                // Written out: the index is for these only.
                .where(MESSAGE.DIRECTION.eq(DSL.inline("out")))
                .and(MESSAGE.MESSAGE_ID.in(messageIds))
                .fetch()) {
            Set<String> recipients = recipients(Writing.JSON.readValue(row.value5(), Writing.Recipients.class));
            sent.put(row.value4(), new SentMessage(row.value1(), row.value2(), row.value3(), recipients));
        }
        return sent;
    }

    private static Set<String> recipients(Writing.Recipients all) {
        Set<String> keys = new LinkedHashSet<>();
        for (List<Address> some : List.of(all.to(), all.cc(), all.bcc())) {
            some.forEach(one -> keys.add(one.key()));
        }
        return keys;
    }

    /** Whom of its recipients an address means: itself, or the only one there is, whose mail went on to elsewhere. */
    @Nullable
    String recipient(String address) {
        String key = address.strip().toLowerCase(Locale.ROOT);
        if (recipients.contains(key)) {
            return key;
        }
        return recipients.size() == 1 ? recipients.iterator().next() : null;
    }

    /** Message-IDs that a report may be about, the likeliest first; ours are in lower case, whatever a relay made of them. */
    static List<String> originals(ParsedMessage parsed) {
        Bounce bounce = parsed.bounce();
        Receipt receipt = parsed.findings().receipt();
        Complaint complaint = parsed.findings().complaint();
        if (bounce == null && receipt == null && complaint == null) {
            return List.of();
        }
        Set<String> all = new LinkedHashSet<>();
        add(bounce == null ? null : bounce.originalMessageId(), all);
        add(receipt == null ? null : receipt.originalMessageId(), all);
        add(complaint == null ? null : complaint.originalMessageId(), all);
        Threading.references(parsed).stream().limit(MOST_ORIGINALS).forEach(id -> add(id.value(), all));
        return List.copyOf(all);
    }

    private static void add(@Nullable String id, Set<String> all) {
        if (id != null && !id.isBlank()) {
            all.add(new MessageId(id).value().toLowerCase(Locale.ROOT));
        }
    }
}
