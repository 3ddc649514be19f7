package org.postroom.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Outlook's names of time zones, with the zone each means where nothing else is said. */
final class WindowsZones {
    private static final Map<String, String> ZONES = read();

    private WindowsZones() {}

    private static Map<String, String> read() {
        try (InputStream in = WindowsZones.class.getResourceAsStream("windows-zones.txt")) {
            if (in == null) {
                throw new IllegalStateException("windows-zones.txt is missing beside the program");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.split("="))
                    .collect(Collectors.toUnmodifiableMap(z -> key(z[0]), z -> z[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
