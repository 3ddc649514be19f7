package org.postroom.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.postroom.mail.Bounce;
import org.postroom.store.tables.tables.records.ContactRecord;

/**
 * When a contact's address counts as invalid: at once after a hard bounce; after three soft ones in a row if the contact
 * has been silent for 15 days. Changes only the columns concerned of the row it is given.
 */
final class AddressHealth {
    private static final int SOFT_BOUNCES = 3;
    private static final Duration SILENCE = Duration.ofDays(15);
    /** How exactly activity is kept: not every message is worth a write. */
    private static final Duration CLOSE_ENOUGH = Duration.ofHours(1);

    private AddressHealth() {}

    /**
     * A delivery report about mail to this contact.
     *
     * @param reportId id of the message that says so
     * @param again whether a failure of the same message was counted before
     * @return whether the address has become invalid by it
     */
    static boolean bounced(ContactRecord contact, Bounce.Recipient report, Instant at, String reportId, boolean again) {
        BounceWeight weight = BounceWeight.of(report);
        if (contact.getInvalidAt() != null || weight == BounceWeight.RECORDED) {
            return false;
        }
        if (weight == BounceWeight.SOFT) {
            if (again) {
                return false;
            }
            int soft = Objects.requireNonNullElse(contact.getSoftBounces(), 0) + 1;
            contact.setSoftBounces(soft);
            if (soft < SOFT_BOUNCES || lastHeard(contact).plus(SILENCE).isAfter(at)) {
                return false;
            }
        }
        contact.setInvalidAt(at);
        contact.setInvalidReason(Writing.clean(report.reason()));
        contact.setInvalidStatus(Writing.clean(report.status()));
        contact.setInvalidMessage(reportId);
        return true;
    }

    private static Instant lastHeard(ContactRecord contact) {
        Instant active = contact.getActiveAt();
        return active == null ? contact.getCreatedAt() : active;
    }

    /** The address took a message: soft bounces before it no longer count. Returns whether the row changed. */
    static boolean reached(ContactRecord contact) {
        boolean counted = contact.getSoftBounces() != null && contact.getSoftBounces() > 0;
        if (counted) {
            contact.setSoftBounces(0);
        }
        return counted;
    }

    /** The contact wrote. Returns whether the row changed. */
    static boolean active(ContactRecord contact, Instant at) {
        boolean changed = reached(contact);
        Instant before = contact.getActiveAt();
        if (before == null || at.isAfter(before.plus(CLOSE_ENOUGH))) {
            contact.setActiveAt(at);
            return true;
        }
        return changed;
    }

    /** The contact called a message of ours spam. Returns whether this is new. */
    static boolean complained(ContactRecord contact, String type, Instant at, String reportId) {
        if (contact.getComplainedAt() != null) {
            return false;
        }
        contact.setComplainedAt(at);
        contact.setComplaintType(Writing.clean(type));
        contact.setComplaintMessage(reportId);
        return true;
    }
}
