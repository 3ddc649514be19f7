package org.postroom.parse;

import java.util.HashMap;
import java.util.Map;

/** Names of months in the languages that mail programs and people write dates in, by how they begin. */
final class MonthNames {
    private static final int LONGEST = 9;
    private static final Map<String, Integer> BEGINNINGS = read();

    private MonthNames() {}

    private static Map<String, Integer> read() {
        Map<String, Integer> found = new HashMap<>();
        for (String line : Words.lines("months.txt")) {
            String[] words = line.split(" ");
            for (int i = 1; i < words.length; i++) {
                found.put(words[i], Integer.valueOf(words[0]));
            }
        }
        return Map.copyOf(found);
    }

    /** From 1; 0 if the word, in lower case, begins like no month. */
    static int number(String word) {
        for (int length = Math.min(LONGEST, word.length()); length >= 3; length--) {
            Integer month = BEGINNINGS.get(word.substring(0, length));
            if (month != null) {
                return month;
            }
        }
        return 0;
    }
}
