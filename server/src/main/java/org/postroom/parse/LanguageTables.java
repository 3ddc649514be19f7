package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code languages.txt}, turned around: which languages a word, a letter or a piece of a word speaks for, and how much. */
final class LanguageTables {
    /** Languages by number, and what each of them gains. */
    record Weights(int[] languages, float gain) {}

    /** Pieces of two to four characters by these, without a text made for each look. */
    static final class Pieces {
        private static final Weights NOTHING = new Weights(new int[0], 0);

        private final long[] keys;
        private final @Nullable Weights[] values;
        private final int mask;
        private final PhraseHeads heads = new PhraseHeads(6);

        Pieces(Map<String, Weights> pieces) {
            int size = Integer.highestOneBit(Math.max(16, pieces.size() * 8));
            keys = new long[size];
            values = new @Nullable Weights[size];
            mask = size - 1;
            pieces.forEach((piece, weights) -> {
                if (piece.length() < 2 || piece.length() > 4) {
                    return; // never looked for
                }
                heads.add(piece.substring(0, 2));
                for (int length = 2; length < piece.length(); length++) {
                    int at = place(key(piece, length));
                    values[at] = values[at] == null ? NOTHING : values[at];
                }
                values[place(key(piece, piece.length()))] = weights;
            });
        }

        private static long key(String piece, int length) {
            long key = 0;
            for (int i = 0; i < length; i++) {
                key = key << 16 | piece.charAt(i);
            }
            return key;
        }

        /** Where the key is from now on. */
        private int place(long key) {
            int at = slot(key);
            while (keys[at] != 0 && keys[at] != key) {
                at = at + 1 & mask;
            }
            keys[at] = key;
            return at;
        }

        private int slot(long key) {
            return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        }

        /** Whether a piece may begin with these characters; false only if none does. */
        boolean mayBegin(char one, char two) {
            return heads.mayPair(one, two);
        }

        /**
         * What a piece speaks for, nothing if longer ones begin with it; null if none does.
         *
         * @param key its characters, 16 bits each, the last one lowest
         */
        @Nullable
        Weights get(long key) {
            int at = slot(key);
            while (keys[at] != 0) {
                if (keys[at] == key) {
                    return values[at];
                }
                at = at + 1 & mask;
            }
            return null;
        }
    }

    /** Whole words by their characters, without a text made for each look. */
    static final class Words {
        private final int[] hashes;
        private final char[][] keys;
        private final @Nullable Weights[] values;
        private final int mask;

        Words(Map<String, Weights> words) {
            int size = Integer.highestOneBit(Math.max(16, words.size())) * 4;
            hashes = new int[size];
            keys = new char[size][];
            values = new @Nullable Weights[size];
            mask = size - 1;
            words.forEach((word, weights) -> {
                char[] key = word.toCharArray();
                int hash = hash(key, 0, key.length);
                int at = slot(hash);
                while (values[at] != null) {
                    at = at + 1 & mask;
                }
                hashes[at] = hash;
                keys[at] = key;
                values[at] = weights;
            });
        }

        /** Of a word that is one character longer than that of which this is the hash; of none it is 0. */
        static int hash(int before, char c) {
            return before * 31 + c;
        }

        private static int hash(char[] text, int from, int to) {
            int hash = 0;
            for (int i = from; i < to; i++) {
                hash = hash(hash, text[i]);
            }
            return hash;
        }

        @Nullable
        Weights get(char[] text, int from, int to) {
            return get(text, from, to, hash(text, from, to));
        }

        @Nullable
        Weights get(char[] text, int from, int to, int hash) {
            for (int at = slot(hash); values[at] != null; at = at + 1 & mask) {
                if (hashes[at] == hash && Arrays.equals(keys[at], 0, keys[at].length, text, from, to)) {
                    return values[at];
                }
            }
            return null;
        }

        private int slot(int hash) {
            return ((hash * 0x9E3779B1) >>> 12) & mask;
        }
    }

    private static final float LETTER = 1.6f;
    private static final float PIECE = 0.22f;

    final List<String> languages = new ArrayList<>();
    final Words words;

    /** By the letter; beyond it there is none. */
    final @Nullable Weights[] letters = new @Nullable Weights[0x2000];

    final Pieces pieces;

    /** Read once, then never changed. */
    static final LanguageTables TABLES = new LanguageTables();

    private LanguageTables() {
        Map<String, Set<Integer>> ofWord = new HashMap<>();
        Map<String, Set<Integer>> ofLetter = new HashMap<>();
        Map<String, Set<Integer>> ofPiece = new HashMap<>();
        for (String line : lines()) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] entries = line.split("\\s+");
            String head = entries[0];
            Map<String, Set<Integer>> to = head.endsWith("#") ? ofLetter : head.endsWith("~") ? ofPiece : ofWord;
            int language = number(head.substring(0, 2));
            for (int i = 1; i < entries.length; i++) {
                to.computeIfAbsent(entries[i], k -> new HashSet<>()).add(language);
            }
        }
        Map<String, Weights> whole = new HashMap<>();
        ofWord.forEach((word, of) -> whole.put(word, weights(of, wordGain(word, of.size()))));
        words = new Words(whole);
        ofLetter.forEach((letter, of) -> letters[letter.charAt(0)] = weights(of, LETTER / of.size()));
        Map<String, Weights> found = new HashMap<>();
        ofPiece.forEach((piece, of) -> found.put(piece, weights(of, PIECE * piece.length() / 3 / of.size())));
        pieces = new Pieces(found);
    }

    /** A word of one language says more than one of many, a long one more than a short one. */
    private static float wordGain(String word, int languages) {
        float length = word.length() == 1 ? 0.4f : word.length() == 2 ? 0.8f : word.length() == 3 ? 1f : 1.25f;
        return length * 2.2f / languages;
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(
                LanguageTables.class.getResourceAsStream("languages.txt"),
                "languages.txt is missing on the class path")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int number(String code) {
        int known = languages.indexOf(code);
        if (known < 0) {
            languages.add(code);
            return languages.size() - 1;
        }
        return known;
    }

    private static Weights weights(Set<Integer> of, float gain) {
        return new Weights(of.stream().mapToInt(i -> i).toArray(), gain);
    }
}
