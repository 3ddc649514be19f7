package org.postroom.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Phrases that are found in plain text (see {@link PlainText}) by their first two characters, so that many phrases
 * cost little more than one. Immutable.
 */
final class PhraseSet {
    private static final String[] NONE = {};

    /** Latin and the alphabets next to it end before this character. */
    static final int ALPHABETS = 0x600;

    /** Of these; among the plain ones only small letters count. */
    private static final boolean[] LETTERS = new boolean[ALPHABETS];

    static {
        for (char c = 0; c < LETTERS.length; c++) {
            LETTERS[c] = c < 128 ? c >= 'a' && c <= 'z' : Character.isLetter(c);
        }
    }

    private final Set<String> all;
    private final long bit;
    private final int longest;

    /** By a hash of the first two characters, which several beginnings may share. */
    private final String[][] table;

    private final int shift;
    private final boolean[] starts = new boolean[256];
    private final PhraseHeads heads = new PhraseHeads(12);

    /** @param bit by which {@link PhraseIndex} names it; 0 if that does not look for it */
    PhraseSet(Collection<String> phrases, long bit) {
        this.bit = bit;
        all = Set.copyOf(new HashSet<>(phrases));
        longest = all.stream().mapToInt(String::length).max().orElse(0);
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(16, all.size() * 2));
        shift = 32 - bits;
        Map<Integer, List<String>> lists = new HashMap<>();
        for (String phrase : all) {
            lists.computeIfAbsent(slot(phrase, 0), k -> new ArrayList<>()).add(phrase);
            starts[phrase.charAt(0) & 255] = true;
            heads.add(phrase);
        }
        table = new String[1 << bits][];
        Arrays.fill(table, NONE);
        lists.forEach((slot, list) -> {
            String[] array = list.toArray(String[]::new);
            Arrays.sort(array, (a, b) -> b.length() - a.length());
            table[slot] = array;
        });
    }

    /** A phrase of one character is found at the end of a text only. */
    private int slot(String text, int at) {
        int second = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        return slot(text.charAt(at), (char) second);
    }

    private int slot(char one, char two) {
        return ((one << 16 | two) * 0x9E3779B1) >>> shift;
    }

    Set<String> phrases() {
        return all;
    }

    long bit() {
        return bit;
    }

    boolean has(String plain) {
        return plain.length() <= longest && all.contains(plain);
    }

    /** Whether a phrase may begin with these characters; false only if none does. */
    boolean mayBegin(char one, char two, char three, char four) {
        return heads.may(one, two, three, four) != 0;
    }

    /** Length of the longest phrase that begins there, 0 if none does. */
    int lengthAt(String plain, int at) {
        if (at >= plain.length() || !starts[plain.charAt(at) & 255]) {
            return 0;
        }
        for (String phrase : table[slot(plain, at)]) {
            if (plain.startsWith(phrase, at)) {
                return phrase.length();
            }
        }
        return 0;
    }

    /** Length of the phrase that the text begins with and after which no letter follows; 0 if there is none. */
    int startOf(String plain) {
        int length = lengthAt(plain, 0);
        boolean whole = length == plain.length()
                || (length > 0
                        && (plain.charAt(length - 1) == ' ' || !isLetter(plain.charAt(length)) || wide(plain, length)));
        return whole ? length : 0;
    }

    /** Where the first phrase stands, as a word's beginning; -1 if none does. */
    int in(String plain) {
        return next(plain, 0);
    }

    /** As {@link #in}, and nothing but whole words count. */
    boolean wordIn(String plain) {
        for (int i = next(plain, 0); i >= 0; i = next(plain, i + 1)) {
            int end = i + lengthAt(plain, i);
            if (end == plain.length() || !isLetter(plain.charAt(end)) || wide(plain, end)) {
                return true;
            }
        }
        return false;
    }

    /** Where the next phrase stands, as a word's beginning; scripts without blanks have one at each letter. */
    private int next(String plain, int from) {
        boolean inWord = from > 0 && plain.charAt(from - 1) < '\u3000' && isLetter(plain.charAt(from - 1));
        for (int i = from; i < plain.length(); i++) {
            char c = plain.charAt(i);
            boolean letter = isLetter(c);
            if ((!inWord || !letter || c >= '\u0590') && starts[c & 255] && lengthAt(plain, i) > 0) {
                return i;
            }
            inWord = letter && c < '\u3000';
        }
        return -1;
    }

    static boolean isLetter(char c) {
        return c < LETTERS.length ? LETTERS[c] : Character.isLetter(c);
    }

    /** Scripts without blanks between words. */
    private static boolean wide(String plain, int end) {
        return plain.charAt(end - 1) >= '\u0590';
    }
}
