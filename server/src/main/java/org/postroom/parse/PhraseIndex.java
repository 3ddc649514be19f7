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

    /** So many characters tell whether a phrase may begin. */
    private static final int HEAD = 4;

    private static final int HASH_BITS = 15;

    /** What a head is told by of each of its characters, in as many bits as one has in a key. */
    private static final long SIGN = 0x3F;

    private static final int LETTER = 0x40;

    /** A phrase may begin here whatever is before it. */
    private static final int ANYWHERE = 0x80;

    private static final int BLANK = 0x100;

    /** It is no part of plain text, or stands apart from the letter it belongs to. */
    private static final int ODD = 0x200;

    /** A phrase shorter than a head may begin with it. */
    private static final int SHORT = 0x400;

    private static final int BITS = 11;

    /** Of a key: the head, whether it may begin anywhere, and whether a letter is before it. */
    private static final long COUNTS = ((long) LETTER << (4 * BITS))
            | ((SIGN | ANYWHERE) << (3 * BITS))
            | (SIGN << (2 * BITS))
            | (SIGN << BITS)
            | SIGN;

    private final char[] kinds = new char[1 << 16];

    /** A bit each for the hashes of heads. */
    private final long[] heads = new long[1 << (HASH_BITS - 6)];

    private final @Nullable Node[] table = new @Nullable Node[1 << HASH_BITS];

    /** Phrases that are shorter than a head. */
    private final Node shorter = new Node();

    /** At most 64 sets, each with its own {@link PhraseSet#bit} and phrases of at least two characters. */
    PhraseIndex(List<PhraseSet> sets) {
        Map<String, Long> bits = new HashMap<>();
        for (PhraseSet set : sets) {
            set.phrases().forEach(phrase -> bits.merge(phrase, set.bit(), (a, b) -> a | b));
        }
        bits.forEach(this::add);
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (char) (kindOf((char) c) | (shorter.next(PlainText.of((char) c)) == null ? 0 : SHORT));
        }
    }

    private void add(String phrase, long bits) {
        if (phrase.length() < HEAD) {
            shorter.add(phrase, bits);
            return;
        }
        long key = 0;
        for (int i = 0; i < HEAD; i++) {
            key = key << BITS | kindOf(phrase.charAt(i));
        }
        add(key, phrase, bits);
        if ((kindOf(phrase.charAt(0)) & ANYWHERE) != 0) {
            add(key | ((long) LETTER << (HEAD * BITS)), phrase, bits);
        }
    }

    private void add(long key, String phrase, long bits) {
        int hash = hash(key);
        heads[hash >>> 6] |= 1L << hash;
        Node root = table[hash] == null ? new Node() : table[hash];
        root.add(phrase, bits);
        table[hash] = root;
    }

    private static int hash(long key) {
        return (int) (((key & COUNTS) * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - HASH_BITS));
    }

    /** Of a character of any text, as what it is in plain text. */
    private static int kindOf(char written) {
        char c = PlainText.of(written);
        boolean letter = c < '\u3000' && PhraseSet.isLetter(c);
        int place = !letter || c >= '\u0590' ? ANYWHERE : 0;
        int odd = c == 0 || PlainText.isCombining(written) ? ODD : 0;
        return (c & (int) SIGN) | (letter ? LETTER : 0) | place | (c == ' ' ? BLANK : 0) | odd;
    }

    /**
     * The bits of the sets of which a phrase begins in the {@link PlainText} of a text, as a word begins. All bits if the
     * text has signs that are none there, or accents that stand apart: who goes by a bit asks the set as well.
     */
    long in(char[] text, int from, int to) {
        long found = 0;
        int all = 0;
        long key = 0;
        for (int i = from; i < to; i++) {
            int kind = kinds[text[i]];
            if ((kind & key & BLANK) != 0) {
                continue; // blanks are single in plain text
            }
            all |= kind;
            key = (key << BITS) | kind;
            int hash = hash(key); // of whether a word begins, too: it cannot be guessed
            if (((heads[hash >>> 6] >>> hash) & 1) != 0) {
                found |= from(table[hash], text, back(text, from, i), to);
            }
        }
        found |= (all & SHORT) == 0 ? 0 : shorter(text, from, to);
        return (all & ODD) == 0 ? found : -1;
    }

    private long shorter(char[] text, int from, int to) {
        long found = 0;
        int before = 0;
        for (int i = from; i < to; i++) {
            int kind = kinds[text[i]];
            if ((kind & SHORT) != 0 && ((kind & ANYWHERE) != 0 || (before & LETTER) == 0)) {
                found |= from(shorter, text, i, to);
            }
            before = kind;
        }
        return found;
    }

    /** Where the head begins that ends there. */
    private static int back(char[] text, int from, int last) {
        int i = last;
        for (int left = HEAD - 1; left > 0 && i > from; left--) {
            i--;
            while (i > from && PlainText.isBlank(text[i]) && PlainText.isBlank(text[i - 1])) {
                i--;
            }
        }
        return i;
    }

    private static long from(@Nullable Node root, char[] text, int at, int to) {
        long found = 0;
        Node node = root;
        char before = 0;
        for (int i = at; node != null; i++) {
            found |= node.sets;
            if (i == to) {
                break;
            }
            char c = PlainText.of(text[i]);
            if (c != 0 && (c != ' ' || before != ' ')) {
                node = node.next(c);
                before = c;
            }
        }
        return found;
    }
}
