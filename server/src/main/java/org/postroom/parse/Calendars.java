package org.postroom.parse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Invitation;

/** Events of calendars that come along with a message (RFC 5545, RFC 5546), bounded, never failing. For one thread. */
final class Calendars {
    private static final int MOST_EVENTS = 100;
    private static final int MOST_PEOPLE = 500;
    private static final int LONGEST_LINE = 64 << 10;

    /** An event as it is read; times are worked out when all zones are known. */
    private static final class Draft {
        String uid = "";
        String summary = "";
        String description = "";
        String location = "";

        @Nullable
        CalendarLine start;

        @Nullable
        CalendarLine end;

        @Nullable
        Duration duration;

        @Nullable
        String rule;

        @Nullable
        Address organizer;

        final List<Address> attendees = new ArrayList<>();
        String answer = "";
    }

    private String method = "PUBLISH";
    private String standardZone = "";
    private final List<CalendarZone> zones = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private @Nullable CalendarZone zone;
    private @Nullable Draft draft;
    private int inner;

    private Calendars() {}

    /** Whether a part of this type and name is a calendar. */
    static boolean named(String type, @Nullable String name) {
        return type.equals("text/calendar")
                || type.equals("application/ics")
                || (name != null && name.toLowerCase(Locale.ROOT).endsWith(".ics"));
    }

    /** Every event, those that stand in several calendars once. */
    static List<CalendarEvent> read(List<String> texts) {
        List<CalendarEvent> events = new ArrayList<>();
        for (String text : texts) {
            Calendars calendar = new Calendars();
            calendar.lines(text);
            for (CalendarEvent event : calendar.events()) {
                if (events.size() < MOST_EVENTS && !events.contains(event)) {
                    events.add(event);
                }
            }
        }
        return events;
    }

    private void lines(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int end = text.indexOf('\n', i);
            int next = end < 0 ? text.length() : end + 1;
            int stop = end < 0 ? text.length() : end;
            stop = stop > i && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            boolean folded = stop > i && (text.charAt(i) == ' ' || text.charAt(i) == '\t');
            if (!folded) {
                line(line.toString());
                line.setLength(0);
            }
            int from = folded ? i + 1 : i;
            line.append(text, from, Math.min(stop, from + Math.max(0, LONGEST_LINE - line.length())));
            i = next;
        }
        line(line.toString());
    }

    private void line(String text) {
        CalendarLine line = text.isEmpty() ? null : CalendarLine.read(text);
        if (line == null) {
            return;
        }
        switch (line.name()) {
            case "BEGIN" -> begin(line.value().strip().toUpperCase(Locale.ROOT));
            case "END" -> end(line.value().strip().toUpperCase(Locale.ROOT));
            default -> {
                CalendarZone here = zone;
                Draft event = draft;
                if (here != null) {
                    here.add(line);
                } else if (event == null) {
                    calendar(line);
                } else if (inner == 0) {
                    event(event, line);
                }
            }
        }
    }

    private void begin(String component) {
        CalendarZone here = zone;
        if (here != null) {
            here.begin();
        } else if (draft != null) {
            inner++;
        } else if (component.equals("VTIMEZONE")) {
            zone = new CalendarZone();
        } else if (component.equals("VEVENT") || component.equals("VTODO")) {
            draft = new Draft();
            inner = 0;
        }
    }

    private void end(String component) {
        CalendarZone here = zone;
        Draft event = draft;
        if (here != null && component.equals("VTIMEZONE")) {
            zones.add(here);
            zone = null;
        } else if (event != null && inner > 0) {
            inner--;
        } else if (event != null) {
            if (drafts.size() < MOST_EVENTS) {
                drafts.add(event);
            }
            draft = null;
        }
    }

    private void calendar(CalendarLine line) {
        switch (line.name()) {
            case "METHOD" -> method = line.value().strip().toUpperCase(Locale.ROOT);
            case "X-WR-TIMEZONE" -> standardZone = line.value().strip();
            default -> {}
        }
    }

    private static void event(Draft event, CalendarLine line) {
        switch (line.name()) {
            case "UID" -> event.uid = line.text();
            case "SUMMARY" -> event.summary = line.text();
            case "DESCRIPTION" -> event.description = line.text();
            case "LOCATION" -> event.location = line.text();
            case "DTSTART" -> event.start = line;
            case "DTEND", "DUE" -> event.end = line;
            case "DURATION" -> event.duration = CalendarTime.duration(line.value());
            case "RRULE" -> event.rule = line.value().strip();
            case "ORGANIZER" -> event.organizer = line.person();
            case "ATTENDEE" -> {
                Address person = line.person();
                if (person != null && event.attendees.size() < MOST_PEOPLE) {
                    event.attendees.add(person);
                }
                event.answer = line.parameter("PARTSTAT").toUpperCase(Locale.ROOT);
            }
            default -> {}
        }
    }

    private List<CalendarEvent> events() {
        if (draft != null) {
            drafts.add(draft); // the calendar was cut
        }
        return drafts.stream().map(this::event).toList();
    }

    private CalendarEvent event(Draft event) {
        CalendarTime start = event.start == null ? null : CalendarTime.of(event.start, zones, standardZone);
        CalendarTime end = event.end == null ? null : CalendarTime.of(event.end, zones, standardZone);
        boolean answered = method.equals("REPLY") && event.attendees.size() == 1 && !event.answer.isEmpty();
        Invitation invitation = new Invitation(
                method,
                event.uid.isEmpty() ? null : event.uid,
                event.summary,
                start == null ? null : start.instant(),
                end == null ? ending(event, start) : end.instant(),
                start != null && start.day(),
                event.rule,
                event.location,
                event.organizer,
                event.attendees,
                answered ? event.answer : null);
        return new CalendarEvent(invitation, event.description, start, end);
    }

    private static @Nullable Instant ending(Draft event, @Nullable CalendarTime start) {
        Instant from = start == null ? null : start.instant();
        if (from == null || start == null) {
            return null;
        }
        if (event.duration != null) {
            return from.plus(event.duration);
        }
        return start.day() ? from.plus(Duration.ofDays(1)) : null;
    }
}
