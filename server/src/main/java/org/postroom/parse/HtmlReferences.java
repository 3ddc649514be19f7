package org.postroom.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Character references as browsers read them (WHATWG HTML, 13.2.5.72). Holds what was read last; for one thread. */
final class HtmlReferences {
    private static final int LONGEST_NAME = 31;
    private static final int LONGEST_LEGACY = 6;
    private static final int REPLACEMENT = 0xFFFD;

    /** What stands for the numbers 128 to 159, as in windows-1252; 0 where that has nothing. */
    private static final char[] WINDOWS =
            ("\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0"
                            + "\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178")
                    .toCharArray();

    private static final Map<String, String> NAMED = new HashMap<>();
    private static final Map<String, String> WITHOUT_SEMICOLON = new HashMap<>();

    static {
        load();
    }

    /** The first code point of what was read, and the second or 0. */
    int first;

    int second;

    private static void load() {
        try (InputStream in = Objects.requireNonNull(
                        HtmlReferences.class.getResourceAsStream("/org/postroom/parse/html-entities.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                StringBuilder value = new StringBuilder();
                for (int i = 1; i < words.length; i++) {
                    value.appendCodePoint(Integer.parseInt(words[i], 16));
                }
                boolean legacy = words[0].endsWith("!");
                String name = legacy ? words[0].substring(0, words[0].length() - 1) : words[0];
                NAMED.put(name, value.toString());
                if (legacy) {
                    WITHOUT_SEMICOLON.put(name, value.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads at an ampersand.
     *
     * @param attribute whether it stands in an attribute, where a name without semicolon may be part of an address
     * @return the place after it; the same place if it is only an ampersand
     */
    int read(char[] s, int at, int end, boolean attribute) {
        second = 0;
        if (at + 1 >= end) {
            return at;
        }
        char c = s[at + 1];
        if (c == '#') {
            return number(s, at, end);
        }
        return isAlphanumeric(c) ? name(s, at, end, attribute) : at;
    }

    private int number(char[] s, int at, int end) {
        int i = at + 2;
        int radix = 10;
        if (i < end && (s[i] | 0x20) == 'x') {
            radix = 16;
            i++;
        }
        int start = i;
        int value = 0;
        while (i < end) {
            int digit = s[i] < 128 ? Character.digit(s[i], radix) : -1;
            if (digit < 0) {
                break;
            }
            value = value > 0x110000 ? value : value * radix + digit;
            i++;
        }
        if (i == start) {
            return at;
        }
        first = valid(value);
        return i < end && s[i] == ';' ? i + 1 : i;
    }

    private static int valid(int value) {
        if (value >= 0x80 && value < 0xA0 && WINDOWS[value - 0x80] != 0) {
            return WINDOWS[value - 0x80];
        }
        boolean wrong = value == 0 || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF);
        return wrong ? REPLACEMENT : value;
    }

    private int name(char[] s, int at, int end, boolean attribute) {
        int i = at + 1;
        int most = Math.min(end, i + LONGEST_NAME);
        while (i < most && isAlphanumeric(s[i])) {
            i++;
        }
        if (i < end && s[i] == ';') {
            if (i - at == 5 && s[at + 1] == 'n' && s[at + 2] == 'b' && s[at + 3] == 's' && s[at + 4] == 'p') {
                first = 0xA0;
                return i + 1;
            }
            String value = NAMED.get(new String(s, at + 1, i - at - 1));
            if (value != null) {
                keep(value);
                return i + 1;
            }
        }
        for (int length = Math.min(i - at - 1, LONGEST_LEGACY); length >= 2; length--) {
            String value = WITHOUT_SEMICOLON.get(new String(s, at + 1, length));
            if (value != null) {
                int after = at + 1 + length;
                if (attribute && after < end && (s[after] == '=' || isAlphanumeric(s[after]))) {
                    return at;
                }
                keep(value);
                return after;
            }
        }
        return at;
    }

    private void keep(String value) {
        first = value.codePointAt(0);
        int length = Character.charCount(first);
        second = length < value.length() ? value.codePointAt(length) : 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
