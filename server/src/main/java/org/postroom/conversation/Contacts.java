package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONTACT;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Complained;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Invalid;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.ContactRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** People who write to us, and whether mail reaches them. Safe for use by many threads. */
@Service
public class Contacts {
    /** What {@link #of} needs besides the id. */
    static final List<Field<?>> COLUMNS = List.of(
            CONTACT.NAME,
            CONTACT.ADDRESS,
            CONTACT.INVALID_AT,
            CONTACT.INVALID_REASON,
            CONTACT.INVALID_STATUS,
            CONTACT.INVALID_MESSAGE,
            CONTACT.COMPLAINED_AT,
            CONTACT.COMPLAINT_TYPE,
            CONTACT.COMPLAINT_MESSAGE);

    private static final int MOST_ADDRESSES = 500;

    private final Database database;
    private final ApplicationEventPublisher publisher;

    Contacts(Database database, ApplicationEventPublisher publisher) {
        this.database = database;
        this.publisher = publisher;
    }

    /**
     * More about a contact.
     *
     * @param since when the first conversation with it began
     * @param active when it last wrote, to the hour; null if it never did
     */
    public record Details(
            Contact contact, Instant since, @Nullable Instant active) {}

    /** One contact. */
    public Optional<Details> find(String id) {
        return database.read(sql -> sql.fetchOptional(CONTACT, CONTACT.ID.eq(id)))
                .map(row -> new Details(of(row), row.getCreatedAt(), row.getActiveAt()));
    }

    static Contact of(ContactRecord row) {
        Instant invalid = row.getInvalidAt();
        Instant complained = row.getComplainedAt();
        return new Contact(
                row.getId(),
                row.getName(),
                row.getAddress(),
                invalid == null
                        ? null
                        : new Invalid(invalid, row.getInvalidReason(), row.getInvalidStatus(), row.getInvalidMessage()),
                complained == null
                        ? null
                        : new Complained(complained, row.getComplaintType(), row.getComplaintMessage()));
    }

    /** Why mail to some of these addresses does not arrive; addresses in lower case, those without a flag left out. */
    public Map<String, Invalid> invalid(Collection<String> addresses) {
        Set<String> keys = addresses.stream().limit(MOST_ADDRESSES).collect(Collectors.toSet());
        Map<String, Invalid> found = new LinkedHashMap<>();
        if (!keys.isEmpty()) {
            database.read(sql -> sql.fetch(CONTACT, CONTACT.ADDRESS.in(keys).and(CONTACT.INVALID_AT.isNotNull())))
                    .forEach(row -> {
                        Invalid why = of(row).invalid();
                        if (why != null) {
                            found.put(row.getAddress(), why);
                        }
                    });
        }
        return found;
    }

    /**
     * Takes every flag off a contact: its address counts as reachable again, and automatic answers are allowed.
     *
     * @param personId who did it, null for a program
     * @return whether there is such a contact
     */
    public boolean clear(String id, @Nullable String personId) {
        return database.write(sql -> {
            ContactRecord row = sql.fetchOne(CONTACT, CONTACT.ID.eq(id));
            if (row == null) {
                return false;
            }
            boolean flagged = row.getInvalidAt() != null || row.getComplainedAt() != null;
            sql.update(CONTACT)
                    .setNull(CONTACT.INVALID_AT)
                    .setNull(CONTACT.INVALID_REASON)
                    .setNull(CONTACT.INVALID_STATUS)
                    .setNull(CONTACT.INVALID_MESSAGE)
                    .setNull(CONTACT.COMPLAINED_AT)
                    .setNull(CONTACT.COMPLAINT_TYPE)
                    .setNull(CONTACT.COMPLAINT_MESSAGE)
                    .set(CONTACT.SOFT_BOUNCES, 0)
                    .where(CONTACT.ID.eq(id))
                    .execute();
            if (flagged) {
                Map<String, Object> data = new LinkedHashMap<>();
                data.put("address", row.getAddress());
                data.put("person", personId);
                publisher.publishEvent(new ContactNews("contact.cleared", id, data));
            }
            return true;
        });
    }
}
