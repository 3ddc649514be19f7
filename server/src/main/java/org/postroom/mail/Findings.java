package org.postroom.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What else was found in a message.
 *
 * @param language of its new text, BCP 47, null if it cannot be told
 * @param preview the first words of the new text on one line
 * @param complaint null unless the message's kind is COMPLAINT
 * @param receipt null unless the message's kind is RECEIPT
 * @param invitations events of calendars that came along
 * @param protection null if it is neither signed nor encrypted
 * @param trackers hosts of pictures that tell a sender who reads, each once
 */
public record Findings(
        @Nullable String language,
        String preview,
        @Nullable Complaint complaint,
        @Nullable Receipt receipt,
        List<Invitation> invitations,
        @Nullable Protection protection,
        List<String> trackers) {
    /** Nothing. */
    public static final Findings NONE = new Findings(null, "", null, null, List.of(), null, List.of());

    /** Copies the lists. */
    public Findings {
        invitations = List.copyOf(invitations);
        trackers = List.copyOf(trackers);
    }

    /** The same with this protection. */
    public Findings with(@Nullable Protection found) {
        return new Findings(language, preview, complaint, receipt, invitations, found, trackers);
    }
}
