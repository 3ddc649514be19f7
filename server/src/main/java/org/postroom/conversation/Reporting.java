package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;
import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.DELIVERY_REPORT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.News;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;
import org.postroom.mail.Receipt;
import org.postroom.store.Ids;
import org.postroom.store.Rows;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.postroom.store.tables.tables.records.DeliveryReportRecord;

/**
 * What the reports of one batch say about messages of ours: gathered in memory and written together. Two queries if there is
 * a report in the batch, none if not. Of one thread, within one transaction.
 */
final class Reporting {
    private static final int MOST_RECIPIENTS = 500;
    private static final int LONGEST_WORDS = 2000;

    private final Ids ids;
    private final Instant now;
    private final Map<String, SentMessage> sent = new HashMap<>();
    /** Message of ours and address, of failures that are known already. */
    private final Set<String> failures = new HashSet<>();

    private final List<DeliveryReportRecord> rows = new ArrayList<>();
    private final Map<String, ContactRecord> changed = new HashMap<>();
    private final Set<String> undelivered = new LinkedHashSet<>();
    private final List<News> news = new ArrayList<>();

    private Reporting(Ids ids, Instant now) {
        this.ids = ids;
        this.now = now;
    }

    static Reporting load(DSLContext sql, Ids ids, Instant now, List<InboundMessage> messages) {
        Reporting reporting = new Reporting(ids, now);
        Set<String> originals = new HashSet<>();
        messages.forEach(message -> originals.addAll(SentMessage.originals(message.parsed())));
        reporting.sent.putAll(SentMessage.load(sql, originals));
        if (!reporting.sent.isEmpty()) {
            List<String> found =
                    reporting.sent.values().stream().map(SentMessage::id).toList();
            sql.select(DELIVERY_REPORT.MESSAGE_ID, DELIVERY_REPORT.ADDRESS)
                    .from(DELIVERY_REPORT)
                    .where(DELIVERY_REPORT.MESSAGE_ID.in(found))
                    .and(DELIVERY_REPORT.ACTION.eq(Returned.FAILED))
                    .fetch()
                    .forEach(row -> reporting.failures.add(row.value1() + " " + row.value2()));
        }
        return reporting;
    }

    /** Addresses in lower case that the reports may be about. */
    Set<String> recipients() {
        Set<String> all = new HashSet<>();
        sent.values().forEach(one -> all.addAll(one.recipients()));
        return all;
    }

    /**
     * Notes what a message says about others, and that its sender is there.
     *
     * @param id of the message as it was filed
     * @param contacts by address in lower case
     */
    void note(InboundMessage message, String id, Map<String, ContactRecord> contacts) {
        ParsedMessage parsed = message.parsed();
        noteSender(message, contacts);
        SentMessage about = SentMessage.originals(parsed).stream()
                .map(sent::get)
                .filter(one -> one != null)
                .findFirst()
                .orElse(null);
        if (about == null) {
            return;
        }
        Instant at = Filing.dateOf(message);
        if (parsed.bounce() != null) {
            noteBounce(parsed.bounce(), about, at, id, contacts);
        }
        Receipt receipt = parsed.findings().receipt();
        if (receipt != null) {
            String reader = receipt.recipient() == null
                    ? Filing.contactAddress(parsed).key()
                    : receipt.recipient().toLowerCase(Locale.ROOT);
            row(about, id, reader, receipt.disposition(), at);
        }
        Complaint complaint = parsed.findings().complaint();
        if (complaint != null) {
            noteComplaint(complaint, about, at, id, contacts);
        }
    }

    private void noteSender(InboundMessage message, Map<String, ContactRecord> contacts) {
        ParsedMessage parsed = message.parsed();
        ContactRecord sender = contacts.get(Filing.contactAddress(parsed).key());
        if (sender == null) {
            return;
        }
        Receipt receipt = parsed.findings().receipt();
        boolean person = parsed.kind() == Kind.MESSAGE && !parsed.automatic().is();
        if (person || (receipt != null && !receipt.automatic())) {
            keep(sender, AddressHealth.active(sender, Filing.dateOf(message)));
        } else if (parsed.kind() == Kind.AUTOMATIC) {
            keep(sender, AddressHealth.reached(sender));
        }
    }

    private void noteBounce(
            Bounce bounce, SentMessage about, Instant at, String id, Map<String, ContactRecord> contacts) {
        List<Map<String, Object>> lost = new ArrayList<>();
        for (Bounce.Recipient report :
                bounce.recipients().stream().limit(MOST_RECIPIENTS).toList()) {
            String recipient = about.recipient(report.address());
            String shown = report.address().isBlank() && recipient != null
                    ? recipient
                    : report.address().strip().toLowerCase(Locale.ROOT);
            DeliveryReportRecord row = row(about, id, shown, report.action(), at);
            row.setStatus(Writing.clean(report.status()));
            row.setCode(Writing.clean(report.code()));
            row.setDiagnostic(cut(report.diagnostic()));
            row.setPermanent(report.permanent());
            row.setReason(Writing.clean(report.reason()));
            ContactRecord contact = recipient == null ? null : contacts.get(recipient);
            boolean failed = report.action().equals(Returned.FAILED);
            boolean again = failed && !failures.add(about.id() + " " + shown);
            if (contact != null) {
                noteFate(contact, report, at, id, again);
            }
            if (failed && !again) {
                lost.add(lost(shown, report));
            }
        }
        if (!lost.isEmpty()) {
            undelivered.add(about.conversationId());
            news.add(new ConversationNews(
                    "message.bounced",
                    about.conversationId(),
                    Map.of("message", about.id(), "channel", about.channelId(), "report", id, "recipients", lost)));
        }
    }

    private void noteFate(ContactRecord contact, Bounce.Recipient report, Instant at, String id, boolean again) {
        if (report.action().equals("delivered")) {
            keep(contact, AddressHealth.reached(contact));
            return;
        }
        boolean invalid = AddressHealth.bounced(contact, report, at, id, again);
        keep(contact, contact.modified());
        if (invalid) {
            flagged(contact, "invalid", report.reason(), id);
        }
    }

    private void noteComplaint(
            Complaint complaint, SentMessage about, Instant at, String id, Map<String, ContactRecord> contacts) {
        String named = complaint.recipient() == null ? "" : complaint.recipient();
        String recipient = about.recipient(named);
        if (complaint.type().equals("not-spam")) {
            return;
        }
        row(about, id, recipient == null ? named.toLowerCase(Locale.ROOT) : recipient, Returned.COMPLAINED, at)
                .setDiagnostic(complaint.type());
        ContactRecord contact = recipient == null ? null : contacts.get(recipient);
        if (contact != null && AddressHealth.complained(contact, complaint.type(), at, id)) {
            keep(contact, true);
            flagged(contact, "complained", complaint.type(), id);
        }
    }

    private DeliveryReportRecord row(SentMessage about, String id, String address, String action, Instant at) {
        DeliveryReportRecord row = new DeliveryReportRecord();
        row.setId(ids.next());
        row.setMessageId(about.id());
        row.setReportId(id);
        row.setAddress(Writing.clean(address));
        row.setAction(Writing.clean(action));
        row.setStatus(null);
        row.setCode(null);
        row.setDiagnostic(null);
        row.setPermanent(false);
        row.setReason(null);
        row.setReportedAt(at);
        rows.add(row);
        return row;
    }

    private static @Nullable String cut(@Nullable String words) {
        String clean = Writing.clean(words);
        return clean == null || clean.length() <= LONGEST_WORDS ? clean : clean.substring(0, LONGEST_WORDS);
    }

    private static Map<String, Object> lost(String address, Bounce.Recipient report) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("address", address);
        facts.put("status", report.status());
        facts.put("reason", report.reason());
        facts.put("permanent", report.permanent());
        return facts;
    }

    private void flagged(ContactRecord contact, String flag, String reason, String id) {
        news.add(new ContactNews(
                "contact.flagged",
                contact.getId(),
                Map.of("flag", flag, "reason", reason, "address", contact.getAddress(), "message", id)));
    }

    private void keep(ContactRecord contact, boolean worthIt) {
        if (worthIt) {
            changed.put(contact.getId(), contact);
        }
    }

    List<News> news() {
        return news;
    }

    /** Writes it all; new contacts are stored before this, with what was noted of them. */
    void store(DSLContext sql) {
        Rows.insert(sql, rows);
        // In one order on every node, so that two batches never wait for each other.
        List<ContactRecord> contacts = changed.values().stream()
                .filter(contact -> contact.original(CONTACT.ID) != null && contact.modified())
                .sorted(Comparator.comparing(ContactRecord::getId))
                .toList();
        if (!contacts.isEmpty()) {
            sql.batchUpdate(contacts).execute();
        }
        if (!undelivered.isEmpty()) {
            sql.update(CONVERSATION)
                    .set(CONVERSATION.UNDELIVERED_AT, now)
                    .where(CONVERSATION.ID.in(undelivered))
                    .execute();
        }
    }
}
