package org.postroom.parse;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Outlook's names of time zones, with the zone each means where nothing else is said. */
final class WindowsZones {
    private static final Map<String, String> ZONES = read();

    private WindowsZones() {}

    private static Map<String, String> read() {
        return Words.lines("windows-zones.txt").stream()
                .map(line -> line.split("="))
                .collect(Collectors.toUnmodifiableMap(z -> key(z[0]), z -> z[1]));
    }

    /** The region and city of {@code W. Europe Standard Time}; null if it is none of Outlook's. */
    static @Nullable String named(String name) {
        return name.strip().equalsIgnoreCase("gmt") ? null : ZONES.get(key(name));
    }

    private static String key(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        for (String end : new String[] {" standard time", " daylight time", " summer time"}) {
            if (lower.endsWith(end)) {
                return lower.substring(0, lower.length() - end.length());
            }
        }
        return lower;
    }
}
