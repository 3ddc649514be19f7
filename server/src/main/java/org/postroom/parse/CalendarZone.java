package org.postroom.parse;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A time zone as a calendar describes it (VTIMEZONE, RFC 5545 section 3.6.5). For one thread. */
final class CalendarZone {
    private static final int MOST = 100;
    private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    /** From when on in which years an offset counts. */
    private static final class Rule {
        @Nullable
        LocalDateTime start;

        @Nullable
        ZoneOffset offset;

        int month;
        int week;

        @Nullable
        DayOfWeek day;

        /** When it sets in that year, in local time. */
        @Nullable
        LocalDateTime onset(int year) {
            LocalDateTime first = start;
            DayOfWeek weekday = day;
            if (first == null || year < first.getYear()) {
                return null;
            }
            if (month == 0 || weekday == null) {
                return first;
            }
            LocalDate date =
                    LocalDate.of(year, Month.of(month), 1).with(TemporalAdjusters.dayOfWeekInMonth(week, weekday));
            return date.atTime(first.toLocalTime());
        }
    }

    private String id = "";
    private final List<Rule> rules = new ArrayList<>();

    String id() {
        return id;
    }

    /** STANDARD or DAYLIGHT begins. */
    void begin() {
        if (rules.size() < MOST) {
            rules.add(new Rule());
        }
    }

    void add(CalendarLine line) {
        if (line.name().equals("TZID")) {
            id = line.value().strip();
        }
        if (rules.isEmpty()) {
            return;
        }
        Rule rule = rules.getLast();
        switch (line.name()) {
            case "DTSTART" -> rule.start = CalendarTime.local(line.value());
            case "TZOFFSETTO" -> rule.offset = offset(line.value().strip());
            case "RRULE" -> recurrence(rule, line.value().toUpperCase(Locale.ROOT));
            default -> {}
        }
    }

    private static void recurrence(Rule rule, String value) {
        for (String piece : value.split(";")) {
            int equals = piece.indexOf('=');
            String text = piece.substring(equals + 1).strip();
            if (piece.startsWith("BYMONTH=") && text.length() <= 2) {
                rule.month = number(text, 0, 12);
            } else if (piece.startsWith("BYDAY=") && text.length() >= 3 && text.length() <= 4) {
                int day = DAYS.indexOf(text.substring(text.length() - 2));
                rule.week = number(text.substring(0, text.length() - 2), -5, 5);
                rule.day = day < 0 || rule.week == 0 ? null : DayOfWeek.of(day + 1);
            }
        }
    }

    private static int number(String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            return value >= least && value <= most ? value : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable ZoneOffset offset(String text) {
        try {
            return ZoneOffset.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The offset at a local time; null if it cannot be told. */
    @Nullable
    ZoneOffset at(LocalDateTime local) {
        LocalDateTime latest = null;
        ZoneOffset found = null;
        for (Rule rule : rules) {
            for (int year = local.getYear() - 1; year <= local.getYear(); year++) {
                LocalDateTime onset = rule.onset(year);
                boolean counts = onset != null && !onset.isAfter(local) && (latest == null || onset.isAfter(latest));
                if (counts && rule.offset != null) {
                    latest = onset;
                    found = rule.offset;
                }
            }
        }
        return found != null || rules.isEmpty() ? found : rules.getFirst().offset;
    }

    /** The zone that a name stands for: Java's, Outlook's, or an offset in words; null if it is none of them. */
    static @Nullable ZoneId named(String name) {
        if (name.isBlank()) {
            return null;
        }
        String known = WindowsZones.named(name);
        String wanted = known == null ? name : known;
        if (wanted.startsWith("/")) {
            int city = wanted.lastIndexOf('/');
            int region = wanted.lastIndexOf('/', city - 1);
            wanted = wanted.substring(region + 1);
        }
        try {
            return ZoneId.of(wanted);
        } catch (DateTimeException e) {
            return inWords(name);
        }
    }

    /** {@code (UTC+01:00) Amsterdam, Berlin} or {@code GMT +0100}. */
    private static @Nullable ZoneId inWords(String name) {
        String lower = name.toUpperCase(Locale.ROOT);
        int at = Math.max(lower.indexOf("UTC"), lower.indexOf("GMT"));
        if (at < 0) {
            return null;
        }
        int end = at + 3;
        while (end < lower.length() && "+-0123456789: ".indexOf(lower.charAt(end)) >= 0) {
            end++;
        }
        String offset = lower.substring(at + 3, end).replace(" ", "");
        return offset.isEmpty() ? null : offset(offset);
    }
}
