package org.postroom.web.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Invitation;

/**
 * An event of a calendar.
 *
 * @param days in words, for events of whole days, which are the same in every zone; null otherwise
 * @param file where its calendar file can be had, null if it is not among the attachments
 */
record InvitationView(
        String title,
        String summary,
        @Nullable String days,
        @Nullable When start,
        @Nullable When end,
        @Nullable String repeats,
        String location,
        @Nullable String organizer,
        String attendees,
        int howMany,
        boolean cancelled,
        @Nullable String file) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final int NAMED = 12;
    private static final Map<String, String> OFTEN =
            Map.of("DAILY", "day", "WEEKLY", "week", "MONTHLY", "month", "YEARLY", "year", "HOURLY", "hour");

    static InvitationView of(Invitation one, @Nullable String file) {
        Instant start = one.start();
        Instant end = one.end();
        return new InvitationView(
                title(one),
                one.summary().isBlank() ? "(no title)" : one.summary(),
                one.allDay() && start != null ? days(start, end) : null,
                one.allDay() || start == null ? null : When.of(start),
                one.allDay() || end == null || end.equals(start) ? null : When.of(end),
                one.when() == null ? null : repeats(one.when()),
                one.location(),
                one.organizer() == null ? null : shown(one.organizer()),
                attendees(one.attendees()),
                one.attendees().size(),
                one.method().equals("CANCEL"),
                file);
    }

    private static String title(Invitation one) {
        String who =
                one.attendees().isEmpty() ? "" : " by " + shown(one.attendees().getFirst());
        return switch (one.method()) {
            case "REQUEST" -> "Invitation";
            case "CANCEL" -> "Cancelled";
            case "COUNTER" -> "Another time is proposed" + who;
            case "DECLINECOUNTER" -> "The other time is declined";
            case "REFRESH" -> "The newest state is asked for";
            case "REPLY" ->
                switch (one.answer() == null ? "" : one.answer()) {
                    case "ACCEPTED" -> "Accepted" + who;
                    case "DECLINED" -> "Declined" + who;
                    case "TENTATIVE" -> "Tentatively accepted" + who;
                    default -> "Answer to an invitation" + who;
                };
            default -> "Event";
        };
    }

    /** The end of whole days is the day after the last one. */
    private static String days(Instant start, @Nullable Instant end) {
        LocalDate first = LocalDate.ofInstant(start, ZoneOffset.UTC);
        LocalDate last = end == null || !end.isAfter(start)
                ? first
                : LocalDate.ofInstant(end.minus(Duration.ofSeconds(1)), ZoneOffset.UTC);
        return first.equals(last) ? DAY.format(first) : DAY.format(first) + " to " + DAY.format(last);
    }

    /** The usual rules in words (RFC 5545 section 3.3.10); any other as its sender wrote it. */
    private static String repeats(String rule) {
        Map<String, String> parts = Arrays.stream(rule.split(";", -1))
                .map(part -> part.split("=", 2))
                .filter(part -> part.length == 2)
                .collect(Collectors.toMap(part -> part[0].toUpperCase(Locale.ROOT), part -> part[1], (a, b) -> a));
        String unit = OFTEN.get(parts.getOrDefault("FREQ", "").toUpperCase(Locale.ROOT));
        if (unit == null) {
            return rule;
        }
        String interval = parts.getOrDefault("INTERVAL", "1");
        String every = interval.equals("1") ? "Every " + unit : "Every " + interval + " " + unit + "s";
        String count = parts.get("COUNT");
        String until = parts.get("UNTIL");
        String end = count == null ? until(until) : ", " + count + (count.equals("1") ? " time" : " times");
        return every + end;
    }

    private static String until(@Nullable String day) {
        try {
            return day == null || day.length() < 8
                    ? ""
                    : ", until " + DAY.format(LocalDate.parse(day.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE));
        } catch (DateTimeParseException e) {
            return "";
        }
    }

    private static String attendees(List<Address> all) {
        String named = all.stream().limit(NAMED).map(InvitationView::shown).collect(Collectors.joining(", "));
        return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
    }

    private static String shown(Address one) {
        return one.name().isBlank() ? one.address() : one.name();
    }
}
