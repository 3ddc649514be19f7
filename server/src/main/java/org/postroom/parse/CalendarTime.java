package org.postroom.parse;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point in time of a calendar (RFC 5545 sections 3.3.4 and 3.3.5).
 *
 * @param local as its writer reads the clock
 * @param instant null if its time zone is not known
 * @param day whether it is a whole day, then at midnight UTC
 * @param zone as the calendar names it, empty for none
 */
record CalendarTime(LocalDateTime local, @Nullable Instant instant, boolean day, String zone) {
    /** Null if it cannot be read. */
    static @Nullable CalendarTime of(CalendarLine line, List<CalendarZone> zones, String standard) {
        String value = line.value().strip();
        LocalDateTime local = local(value);
        if (local == null) {
            return null;
        }
        if (value.length() == 8) {
            return new CalendarTime(local, local.toInstant(ZoneOffset.UTC), true, "");
        }
        if (value.endsWith("Z")) {
            return new CalendarTime(local, local.toInstant(ZoneOffset.UTC), false, "UTC");
        }
        String id = line.parameter("TZID");
        id = id.isEmpty() ? standard : id;
        ZoneId known = CalendarZone.named(id);
        if (known != null) {
            return new CalendarTime(local, local.atZone(known).toInstant(), false, id);
        }
        for (CalendarZone zone : zones) {
            ZoneOffset offset = zone.id().equals(id) || (id.isEmpty() && zones.size() == 1) ? zone.at(local) : null;
            if (offset != null) {
                return new CalendarTime(local, local.toInstant(offset), false, id);
            }
        }
        return new CalendarTime(local, null, false, id);
    }

    /** {@code 20261121} or {@code 20261121T100000}, with or without Z; null if it is neither. */
    static @Nullable LocalDateTime local(String text) {
        String value = text.strip();
        try {
            if (value.length() == 8) {
                return LocalDate.of(digits(value, 0, 4), digits(value, 4, 6), digits(value, 6, 8))
                        .atStartOfDay();
            }
            if (value.length() < 13 || value.charAt(8) != 'T') {
                return null;
            }
            int second = value.length() >= 15 ? Math.min(59, digits(value, 13, 15)) : 0;
            return LocalDateTime.of(
                    digits(value, 0, 4),
                    digits(value, 4, 6),
                    digits(value, 6, 8),
                    digits(value, 9, 11),
                    digits(value, 11, 13),
                    second);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** {@code P1DT2H}, {@code PT30M}, {@code P1W} (section 3.3.6); null if it is none. */
    static @Nullable Duration duration(String text) {
        String value = text.strip();
        boolean negative = value.startsWith("-");
        long seconds = 0;
        long number = 0;
        boolean any = false;
        for (int i = negative || value.startsWith("+") ? 1 : 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + c - '0', 1_000_000_000L);
                continue;
            }
            seconds += number
                    * switch (c) {
                        case 'W' -> 604_800L;
                        case 'D' -> 86_400L;
                        case 'H' -> 3_600L;
                        case 'M' -> 60L;
                        case 'S' -> 1L;
                        default -> 0L;
                    };
            any |= c != 'P' && c != 'T';
            number = 0;
        }
        return any ? Duration.ofSeconds(negative ? -seconds : seconds) : null;
    }
}
