package org.postroom.parse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many {@link PhraseSet}s looked for at once: one pass over a text tells which of them may have a phrase in it, so that
 * the sets themselves are asked about few lines. Never misses one. Immutable.
 */
final class PhraseIndex {
    /** Characters that stand behind a text that is searched. */
    static final int MARGIN = PhraseHeads.HEAD - 1;

    private static final int SLOT_BITS = 13;
    /** Places in a text that are looked at in one go. */
    static final int BLOCK = 128;

    /** What may follow what was read of a phrase. */
    private static final class Node {
        private char[] keys = {};
        private Node[] next = {};
        private long sets;

        @Nullable
        Node next(char c) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] == c) {
                    return next[i];
                }
            }
            return null;
        }

        void add(String phrase, long bits) {
            Node node = this;
            for (int i = 0; i < phrase.length(); i++) {
                Node known = node.next(phrase.charAt(i));
                if (known == null) {
                    known = new Node();
                    int count = node.keys.length;
                    node.keys = Arrays.copyOf(node.keys, count + 1);
                    node.next = Arrays.copyOf(node.next, count + 1);
                    node.keys[count] = phrase.charAt(i);
                    node.next[count] = known;
                }
                node = known;
            }
            node.sets |= bits;
        }
    }

    private static final int LETTER = 1;
    private static final int START = 2;
    /** A phrase may begin here whatever is before it. */
    private static final int ANYWHERE = 4;

    private final @Nullable Node[] table = new @Nullable Node[1 << SLOT_BITS];
    private final @Nullable Node[] shorter = new @Nullable Node[PhraseHeads.PAIRS];
    private final PhraseHeads heads = new PhraseHeads(16);
    private final byte[] kinds = new byte[PhraseSet.ALPHABETS];
    private final boolean[] starts = new boolean[256];

    /** At most 64 sets, each with its own {@link PhraseSet#bit} and phrases of at least two characters. */
    PhraseIndex(List<PhraseSet> sets) {
        Map<String, Long> bits = new HashMap<>();
        for (PhraseSet set : sets) {
            set.phrases().forEach(phrase -> bits.merge(phrase, set.bit(), (a, b) -> a | b));
        }
        for (Map.Entry<String, Long> entry : bits.entrySet()) {
            String phrase = entry.getKey();
            char[] text = phrase.toCharArray();
            starts[text[0] & 255] = true;
            heads.add(phrase);
            if (text.length < PhraseHeads.HEAD) {
                add(shorter, PhraseHeads.pair(text[0], text[1]), phrase, entry.getValue());
            } else {
                add(table, slot(text, 0), phrase, entry.getValue());
            }
        }
        for (char c = 0; c < kinds.length; c++) {
            int start = starts[c & 255] ? START : 0;
            kinds[c] = (byte) ((PhraseSet.isLetter(c) ? LETTER : ANYWHERE) | start | (c >= '\u0590' ? ANYWHERE : 0));
        }
    }

    private static void add(@Nullable Node[] table, int slot, String phrase, long bits) {
        Node root = table[slot];
        if (root == null) {
            root = new Node();
            table[slot] = root;
        }
        root.add(phrase, bits);
    }

    private static int slot(char[] text, int at) {
        return PhraseHeads.hash(text[at], text[at + 1], text[at + 2], text[at + 3]) >>> (32 - SLOT_BITS);
    }

    private int kind(char c) {
        if (c < kinds.length) {
            return kinds[c];
        }
        return (starts[c & 255] ? START : 0) | ANYWHERE | (c < '\u3000' && Character.isLetter(c) ? LETTER : 0);
    }

    /**
     * The bits of the sets of which a phrase begins in the text, as a word begins.
     *
     * @param plain as {@link PlainText} makes it, and {@link #MARGIN} characters more
     * @param length of the text
     * @param places room for {@link #BLOCK} of them
     */
    long in(char[] plain, int length, int[] places) {
        long found = 0;
        int inWord = 0;
        for (int block = 0; block < length; block += BLOCK) {
            int end = Math.min(length, block + BLOCK);
            int count = 0;
            // what the next character is cannot be guessed, so that nothing here depends on it but sums
            for (int i = block; i < end; i++) {
                int kind = kind(plain[i]);
                places[count] = i;
                count += kind >> 1 & (kind >> 2 | 1 - inWord) & 1;
                inWord = kind & LETTER;
            }
            int left = likely(plain, places, count);
            for (int k = 0; k < left; k++) {
                int i = places[k];
                found |= from(table[slot(plain, i)], plain, i, length);
                found |= from(shorter[PhraseHeads.pair(plain[i], plain[i + 1])], plain, i, length);
            }
        }
        return found;
    }

    /** Keeps the places where the hash of a beginning is known. */
    private int likely(char[] plain, int[] places, int count) {
        int left = 0;
        for (int k = 0; k < count; k++) {
            int i = places[k];
            places[left] = i;
            left += heads.may(plain[i], plain[i + 1], plain[i + 2], plain[i + 3]);
        }
        return left;
    }

    private static long from(@Nullable Node root, char[] plain, int at, int end) {
        long found = 0;
        Node node = root;
        for (int i = at; node != null; i++) {
            found |= node.sets;
            node = i < end ? node.next(plain[i]) : null;
        }
        return found;
    }
}
