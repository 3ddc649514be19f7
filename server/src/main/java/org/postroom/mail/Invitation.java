package org.postroom.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a calendar that a message carries (iTIP, RFC 5546; iCalendar, RFC 5545).
 *
 * @param method REQUEST, REPLY, CANCEL, PUBLISH and so on, in upper case
 * @param uid by which its changes are recognised
 * @param start null if it has none or its time zone is unknown
 * @param allDay whether start and end are days, given as midnight UTC
 * @param when as its sender wrote it where it repeats, such as {@code FREQ=WEEKLY;COUNT=4}
 * @param answer of the one attendee of a REPLY: ACCEPTED, DECLINED, TENTATIVE
 */
public record Invitation(
        String method,
        @Nullable String uid,
        String summary,
        @Nullable Instant start,
        @Nullable Instant end,
        boolean allDay,
        @Nullable String when,
        String location,
        @Nullable Address organizer,
        List<Address> attendees,
        @Nullable String answer) {
    /** Copies the list. */
    public Invitation {
        attendees = List.copyOf(attendees);
    }
}
