package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of phrases in groups, read once from a text beside this class, and the search for all of them in one pass
 * over a text. In the table, a line {@code [name]} begins a group, semicolons part phrases and {@code #} begins a
 * line of comment. A phrase begins where a word begins; it may end within one unless it has at most four letters or a bar
 * ({@code |}) after it. Chinese, Japanese and Korean know no such borders. Immutable.
 */
final class Phrases {
    private static final int BUCKETS = 4096;
    private static final int SHORT = 4;
    private static final char[] NORMAL = new char[0x3100];

    /** Latin and the alphabets next to it end before this character. */
    private static final int ALPHABETS = 0x600;

    /** Of these, as {@link #isLetter}. */
    private static final boolean[] LETTERS = new boolean[ALPHABETS];

    static {
        for (char c = 0; c < ALPHABETS; c++) {
            LETTERS[c] = isLetter(c);
        }
        for (char c = 0; c < NORMAL.length; c++) {
            boolean blank = c <= ' ' || c == '_' || c == '\u00a0' || c == '\u3000';
            boolean apostrophe = c == '\u2019' || c == '\u2018' || c == '`';
            NORMAL[c] = blank ? ' ' : apostrophe ? '\'' : Character.toLowerCase(c);
        }
    }

    private record Phrase(String text, int group, boolean wordStart, boolean wordEnd) {
        boolean at(String in, int index) {
            if (!in.startsWith(text, index)) {
                return false;
            }
            int end = index + text.length();
            return (!wordStart || index == 0 || !isLetter(in.charAt(index - 1)))
                    && (!wordEnd || end == in.length() || !isLetter(in.charAt(end)));
        }
    }

    private final List<String> names;
    private final Phrase[][] buckets = new Phrase[BUCKETS][];
    private final PhraseHeads heads = new PhraseHeads(16);

    /** How phrases of any length begin. */
    private final PhraseHeads pairs = new PhraseHeads(6);

    private Phrases(Map<String, List<String>> groups) {
        names = List.copyOf(groups.keySet());
        if (names.size() > Long.SIZE) {
            throw new IllegalArgumentException("a table of phrases has at most " + Long.SIZE + " groups");
        }
        int number = 0;
        for (List<String> group : groups.values()) {
            for (String phrase : group) {
                add(phrase, number);
            }
            number++;
        }
    }

    private void add(String written, int group) {
        boolean bar = written.endsWith("|");
        String text = bar ? written.substring(0, written.length() - 1) : written;
        boolean start = isLetter(text.charAt(0)) && !isEastern(text.charAt(0));
        boolean end = (bar || text.length() <= SHORT) && !isEastern(text.charAt(text.length() - 1));
        int slot = slot(text.charAt(0), text.charAt(1));
        heads.add(text);
        pairs.add(text.substring(0, 2));
        Phrase[] old = buckets[slot];
        Phrase[] longer = old == null ? new Phrase[1] : java.util.Arrays.copyOf(old, old.length + 1);
        longer[longer.length - 1] = new Phrase(text, group, start, end);
        buckets[slot] = longer;
    }

    /** The table of that name, which is part of the program. */
    static Phrases load(String name) {
        try (InputStream in = Phrases.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the table " + name + " is missing in the program");
            }
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Phrases of(String table) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        String name = "";
        StringBuilder block = new StringBuilder();
        for (String line : table.split("\n")) {
            String text = line.strip();
            if (text.startsWith("[") && text.endsWith("]")) {
                read(name, block, groups);
                name = text.substring(1, text.length() - 1);
            } else if (!text.startsWith("#")) {
                block.append(text).append(' ');
            }
        }
        read(name, block, groups);
        return new Phrases(groups);
    }

    private static void read(String name, StringBuilder block, Map<String, List<String>> groups) {
        for (String phrase : block.toString().split(";")) {
            String text = phrase.strip().toLowerCase(Locale.ROOT);
            if (text.length() > 1) {
                groups.computeIfAbsent(name, k -> new ArrayList<>()).add(text);
            }
        }
        block.setLength(0);
    }

    /** The groups with a phrase in a text that {@link #normal} made, a bit each, in the order of the table. */
    long found(String text) {
        long found = 0;
        char[] chars = text.toCharArray();
        boolean inWord = false;
        for (int i = 0; i + 1 < chars.length; i++) {
            char one = chars[i];
            char two = chars[i + 1];
            boolean letter = one < ALPHABETS && LETTERS[one];
            if (!(inWord && letter) && pairs.mayPair(one, two) && mayBegin(one, two, chars, i)) {
                Phrase[] bucket = buckets[slot(one, two)];
                found |= bucket == null ? 0 : at(bucket, text, i);
            }
            inWord = letter; // within a word of these letters no phrase of them begins
        }
        return found;
    }

    private boolean mayBegin(char one, char two, char[] text, int at) {
        char three = at + 2 < text.length ? text[at + 2] : 0;
        char four = at + 3 < text.length ? text[at + 3] : 0;
        return heads.may(one, two, three, four) != 0;
    }

    /** As {@link #found}, for phrases that begin exactly there. */
    long beginning(String text, int at) {
        if (at + 1 >= text.length()) {
            return 0;
        }
        Phrase[] bucket = buckets[slot(text.charAt(at), text.charAt(at + 1))];
        return bucket == null ? 0 : at(bucket, text, at);
    }

    private static long at(Phrase[] bucket, String text, int index) {
        long found = 0;
        for (Phrase phrase : bucket) {
            if ((found & (1L << phrase.group)) == 0 && phrase.at(text, index)) {
                found |= 1L << phrase.group;
            }
        }
        return found;
    }

    /** The bit of a group. */
    long bit(String group) {
        int number = names.indexOf(group);
        if (number < 0) {
            throw new IllegalArgumentException("the table has no group " + group);
        }
        return 1L << number;
    }

    /** The first of these groups in the table's order; null if there is none. */
    @Nullable
    String first(long groups) {
        return groups == 0 ? null : names.get(Long.numberOfTrailingZeros(groups));
    }

    /** Lower case, runs of white space and underscores as one blank, straight apostrophes. */
    static String normal(String text) {
        char[] chars = text.toCharArray();
        int length = 0;
        int blankBefore = 1;
        for (char c : chars) {
            char normal = normal(c);
            int blank = normal == ' ' ? 1 : 0;
            chars[length] = normal;
            length += 1 - (blank & blankBefore);
            blankBefore = blank;
        }
        return new String(chars, 0, length);
    }

    static char normal(char c) {
        return c < NORMAL.length ? NORMAL[c] : c < '\uA000' ? c : Character.toLowerCase(c);
    }

    /** Whether a phrase may begin there in a text that is not normal; false only if none does. */
    boolean mayBegin(String text, int at) {
        if (at + 4 > text.length()) {
            return true;
        }
        char one = normal(text.charAt(at));
        char two = normal(text.charAt(at + 1));
        char three = normal(text.charAt(at + 2));
        char four = normal(text.charAt(at + 3));
        boolean blanks = three == ' ' && (two == ' ' || four == ' ');
        return blanks || heads.may(one, two, three, four) != 0;
    }

    private static int slot(char one, char two) {
        return (one * 31 + two * 7919) & (BUCKETS - 1);
    }

    private static boolean isLetter(char c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
                : Character.isLetterOrDigit(c) && !isEastern(c);
    }

    private static boolean isEastern(char c) {
        return (c >= '\u2e80' && c <= '\ud7ff') || (c >= '\uf900' && c <= '\ufaff') || c >= '\uff00';
    }
}
