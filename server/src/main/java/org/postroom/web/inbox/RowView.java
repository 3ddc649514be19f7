package org.postroom.web.inbox;

import org.postroom.conversation.State;
import org.postroom.conversation.Views.Row;

/**
 * A conversation in the list.
 *
 * @param undelivered whether an answer did not arrive and nobody has seen to it
 * @param fresh whether somebody waits for us
 * @param version changes whenever the row looks different
 */
record RowView(
        String id,
        long number,
        String sender,
        String subject,
        String preview,
        boolean weWroteLast,
        int messages,
        String channel,
        StateWord state,
        boolean undelivered,
        boolean fresh,
        When updated,
        String version) {
    static RowView of(Row row, String channel) {
        return new RowView(
                row.id(),
                row.number(),
                sender(row),
                row.subject(),
                row.preview(),
                row.lastDirection().equals("out"),
                row.messageCount(),
                channel,
                StateWord.of(row.state()),
                row.undelivered() != null,
                row.state() == State.NEW || row.state() == State.OPEN,
                When.of(row.updatedAt()),
                row.updatedAt().toEpochMilli() + "-" + row.state().word() + "-" + row.messageCount()
                        + (row.undelivered() == null ? "" : "-u"));
    }

    static String sender(Row row) {
        var contact = row.contact();
        if (contact == null) {
            return "Unknown sender";
        }
        return contact.name().isBlank() ? contact.address() : contact.name();
    }
}
