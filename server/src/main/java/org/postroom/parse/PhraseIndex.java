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
        /** What must follow first. */
        private char[] run = {};

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

        /** Makes one node of those that have one way on; nothing is added after that. */
        void pack() {
            StringBuilder only = new StringBuilder();
            while (keys.length == 1 && sets == 0) {
                only.append(keys[0]);
                Node one = next[0];
                keys = one.keys;
                next = one.next;
                sets = one.sets;
            }
            run = only.toString().toCharArray();
            for (Node one : next) {
                one.pack();
            }
        }
    }

    /** So many characters tell whether a phrase may begin. */
    private static final int HEAD = 4;

    private static final int HASH_BITS = 15;

    /** What a head is told by of each of its characters. */
    private static final int SIGN = 0x3F;

    private static final int SIGN_BITS = 6;

    /** A phrase begins with it, where no letter is before it at least. */
    private static final int BEGINS = 1;

    private static final int NO_LETTER = 2;

    /** A phrase begins with it whatever is before it. */
    private static final int ANYWHERE = 4;

    private static final int BLANK = 8;

    /** It is no part of plain text, or stands apart from the letter it belongs to. */
    private static final int ODD = 16;

    /** A phrase shorter than a head begins with it. */
    private static final int SHORT = 32;

    /** Where the sign is in a kind, above all these. */
    private static final int SIGNS = 6;

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
        boolean[] first = new boolean[kinds.length];
        bits.keySet().forEach(phrase -> first[phrase.charAt(0)] = true);
        bits.forEach(this::add);
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (char) kindOf((char) c, first);
        }
        shorter.pack();
        for (Node root : table) {
            if (root != null) {
                root.pack();
            }
        }
    }

    private void add(String phrase, long bits) {
        if (phrase.length() < HEAD) {
            shorter.add(phrase, bits);
            return;
        }
        int head = 0;
        for (int i = 0; i < HEAD; i++) {
            head = head << SIGN_BITS | (phrase.charAt(i) & SIGN);
        }
        int hash = hash(head);
        heads[hash >>> 6] |= 1L << hash;
        Node root = table[hash] == null ? new Node() : table[hash];
        root.add(phrase, bits);
        table[hash] = root;
    }

    private static int hash(int head) {
        return (head * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
    }

    /** Of a character of any text, as what it is in plain text. */
    private int kindOf(char written, boolean[] first) {
        char c = PlainText.of(written);
        boolean letter = c < '\u3000' && PhraseSet.isLetter(c);
        int begins = !first[c] ? 0 : letter && c < '\u0590' ? BEGINS : BEGINS | ANYWHERE;
        int odd = c == 0 || PlainText.isCombining(written) ? ODD : 0;
        int brief = shorter.next(c) == null ? 0 : SHORT;
        return ((c & SIGN) << SIGNS) | (letter ? 0 : NO_LETTER) | begins | (c == ' ' ? BLANK : 0) | odd | brief;
    }

    /**
     * The bits of the sets of which a phrase begins in the {@link PlainText} of a text, as a word begins. All bits if the
     * text has signs that are none there, or accents that stand apart: who goes by a bit asks the set as well.
     */
    long in(char[] text, int from, int to) {
        long found = 0;
        int all = 0;
        int before = NO_LETTER;
        for (int block = from; block < to; block += Long.SIZE) {
            int end = Math.min(to, block + Long.SIZE);
            int seen = 0;
            long begins = 0; // a bit for each character: whether a word begins cannot be guessed
            for (int i = block; i < end; i++) {
                int kind = kinds[text[i]];
                begins = begins >>> 1 | (long) (kind & before >>> 1) << (Long.SIZE - 1);
                seen |= kind;
                before = kind;
            }
            begins >>>= Long.SIZE - (end - block);
            begins |= (seen & ANYWHERE) == 0 ? 0 : anywhere(text, block, end);
            while (begins != 0) {
                found |= at(text, block + Long.numberOfTrailingZeros(begins), to);
                begins &= begins - 1;
            }
            all |= seen;
        }
        return (all & ODD) == 0 ? found : -1;
    }

    private long anywhere(char[] text, int from, int to) {
        long begins = 0;
        for (int i = from; i < to; i++) {
            begins |= (kinds[text[i]] & ANYWHERE) == 0 ? 0 : 1L << (i - from);
        }
        return begins;
    }

    /** The bits of the sets of which a phrase begins there. */
    private long at(char[] text, int at, int to) {
        int one = kinds[text[at]];
        long found = (one & SHORT) == 0 ? 0 : from(shorter, text, at, to);
        if (to - at < HEAD) {
            return found;
        }
        int two = kinds[text[at + 1]];
        int three = kinds[text[at + 2]];
        int four = kinds[text[at + 3]];
        boolean single = (((two & (one | three)) | (three & four)) & BLANK) == 0;
        int hash = hash(single ? head(one, two, three, four) : head(text, at, to));
        return ((heads[hash >>> 6] >>> hash) & 1) == 0 ? found : found | from(table[hash], text, at, to);
    }

    private static int head(int one, int two, int three, int four) {
        return (one >>> SIGNS) << (3 * SIGN_BITS)
                | (two >>> SIGNS) << (2 * SIGN_BITS)
                | (three >>> SIGNS) << SIGN_BITS
                | (four >>> SIGNS);
    }

    /** Where blanks are not single, as they are in plain text. */
    private int head(char[] text, int from, int to) {
        int head = 0;
        int before = 0;
        int left = HEAD;
        for (int i = from; i < to && left > 0; i++) {
            int kind = kinds[text[i]];
            if ((kind & before & BLANK) == 0) {
                head = head << SIGN_BITS | (kind >>> SIGNS);
                left--;
            }
            before = kind;
        }
        return head;
    }

    private static long from(@Nullable Node root, char[] text, int at, int to) {
        long found = 0;
        Node node = root;
        int length = 0; // of its run, as far as it was met
        char before = 0;
        for (int i = at; i < to && node != null; i++) {
            char c = PlainText.of(text[i]);
            if (c == 0 || (c == ' ' && before == ' ')) {
                continue;
            }
            before = c;
            if (length == node.run.length) {
                node = node.next(c);
                length = 0;
            } else if (node.run[length++] != c) {
                return found;
            }
            found |= node != null && length == node.run.length ? node.sets : 0;
        }
        return found;
    }
}
