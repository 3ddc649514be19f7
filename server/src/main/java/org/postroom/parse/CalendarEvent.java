package org.postroom.parse;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Invitation;

/** An event with what is only for its description in words. */
record CalendarEvent(
        Invitation invitation,
        String description,
        @Nullable CalendarTime start,
        @Nullable CalendarTime end) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    /** For a message that says nothing else. */
    static String words(List<CalendarEvent> events) {
        StringBuilder out = new StringBuilder();
        for (CalendarEvent event : events) {
            out.append(out.isEmpty() ? "" : "\n").append(event.words());
        }
        return out.toString();
    }

    private String words() {
        StringBuilder out = new StringBuilder();
        out.append(title()).append(": ").append(invitation.summary().isEmpty() ? "(untitled)" : invitation.summary());
        line(out, "When", when());
        line(out, "Repeats", invitation.when() == null ? "" : invitation.when());
        line(out, "Where", invitation.location());
        Address organizer = invitation.organizer();
        if (organizer != null) {
            String name = organizer.name();
            line(out, "Organizer", name.isEmpty() ? organizer.address() : name + " <" + organizer.address() + ">");
        }
        if (!description.isEmpty()) {
            out.append("\n\n").append(description);
        }
        return out.append('\n').toString();
    }

    private static void line(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append('\n').append(name).append(": ").append(value);
        }
    }

    private String title() {
        String answer = invitation.answer();
        return switch (invitation.method()) {
            case "REQUEST" -> "Invitation";
            case "CANCEL" -> "Cancelled";
            case "COUNTER" -> "Another time proposed";
            case "DECLINECOUNTER" -> "Proposal declined";
            case "REPLY" ->
                answer == null
                        ? "Answer"
                        : answer.charAt(0) + answer.substring(1).toLowerCase(Locale.ROOT);
            default -> "Event";
        };
    }

    /** In the sender's own time. */
    private String when() {
        if (start == null) {
            return "";
        }
        String from = DAY.format(start.local());
        LocalDateTime to = end != null ? end.local() : null;
        if (start.day()) {
            LocalDateTime last = to == null ? start.local() : to.minusDays(1);
            return last.isAfter(start.local()) ? from + " – " + DAY.format(last) : from;
        }
        if (to == null && invitation.end() != null && start.instant() != null) {
            long seconds = invitation.end().getEpochSecond() - start.instant().getEpochSecond();
            to = LocalDateTime.ofEpochSecond(start.local().toEpochSecond(ZoneOffset.UTC) + seconds, 0, ZoneOffset.UTC);
        }
        StringBuilder out = new StringBuilder(from).append(' ').append(TIME.format(start.local()));
        if (to != null) {
            boolean sameDay = to.toLocalDate().equals(start.local().toLocalDate());
            out.append(" – ").append(sameDay ? "" : DAY.format(to) + " ").append(TIME.format(to));
        }
        return start.zone().isEmpty()
                ? out.toString()
                : out.append(" (").append(start.zone()).append(')').toString();
    }
}
