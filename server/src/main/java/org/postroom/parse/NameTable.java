package org.postroom.parse;

import java.util.List;
import java.util.Locale;

/**
 * Finds names of ASCII letters, digits and signs in an array of characters without making strings; letters of either case
 * are the same. Immutable and thread-safe.
 */
final class NameTable {
    private final char[][] names;
    private final short[] slots;
    private final int mask;
    private final int longest;

    /** The place of a name in this list is what {@link #find} answers. */
    NameTable(List<String> list) {
        int size = Integer.highestOneBit(Math.max(list.size(), 4)) << 2;
        names = new char[list.size()][];
        slots = new short[size];
        mask = size - 1;
        int most = 0;
        for (int i = 0; i < list.size(); i++) {
            names[i] = list.get(i).toLowerCase(Locale.ROOT).toCharArray();
            most = Math.max(most, names[i].length);
            if (find(names[i], 0, names[i].length, most) < 0) {
                int at = hash(names[i], 0, names[i].length) & mask;
                while (slots[at] != 0) {
                    at = (at + 1) & mask;
                }
                slots[at] = (short) (i + 1);
            }
        }
        longest = most;
    }

    /** Its place in the list, -1 if it is not in it. */
    int find(char[] s, int from, int to) {
        return find(s, from, to, longest);
    }

    private int find(char[] s, int from, int to, int most) {
        if (to - from > most || to == from) {
            return -1;
        }
        int at = hash(s, from, to) & mask;
        while (slots[at] != 0) {
            char[] name = names[slots[at] - 1];
            if (same(name, s, from, to)) {
                return slots[at] - 1;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    /** Of the length and four characters: enough to tell a few hundred names apart. */
    private static int hash(char[] s, int from, int to) {
        int length = to - from;
        int hash = (s[from] & 0x1F)
                + ((s[to - 1] & 0x1F) << 4)
                + ((s[from + (length >> 1)] & 0x1F) << 7)
                + ((s[from + (length >> 2)] & 0x1F) << 2);
        return ((hash + length * 0x2545) * 0x9E37) >>> 5;
    }

    private static boolean same(char[] name, char[] s, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            char c = s[from + i];
            if (name[i] != (c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c)) {
                return false;
            }
        }
        return true;
    }
}
