package org.postroom.parse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many {@link PhraseSet}s looked for at once: one pass over a text tells which of them may have a phrase in it, so that
 * the sets themselves are asked about few lines. Never misses one. Immutable.
 */
final class PhraseIndex {
    private static final int SLOT_BITS = 13;

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

    /** It is no part of plain text. */
    private static final int DROPPED = 8;

    /** It stands apart from the letter it belongs to. */
    private static final int COMBINING = 16;

    private final @Nullable Node[] table = new @Nullable Node[1 << SLOT_BITS];
    private final @Nullable Node[] shorter = new @Nullable Node[PhraseHeads.PAIRS];
    private final PhraseHeads heads = new PhraseHeads(16);
    private final byte[] kinds = new byte[1 << 16];

    /** By the low bits of a character as written, those of characters that may follow it in a beginning. */
    private final long[] seconds = new long[Long.SIZE];

    /** At most 64 sets, each with its own {@link PhraseSet#bit} and phrases of at least two characters. */
    PhraseIndex(List<PhraseSet> sets) {
        Map<String, Long> bits = new HashMap<>();
        boolean[] starts = new boolean[kinds.length];
        for (PhraseSet set : sets) {
            set.phrases().forEach(phrase -> bits.merge(phrase, set.bit(), (a, b) -> a | b));
        }
        for (Map.Entry<String, Long> entry : bits.entrySet()) {
            String phrase = entry.getKey();
            char[] text = phrase.toCharArray();
            starts[text[0]] = true;
            heads.add(phrase);
            if (text.length < PhraseHeads.HEAD) {
                add(shorter, PhraseHeads.pair(text[0], text[1]), phrase, entry.getValue());
            } else {
                add(table, slot(text, 0), phrase, entry.getValue());
            }
        }
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = (byte) (kindOf((char) c) | (starts[PlainText.of((char) c)] ? START : 0));
        }
        addSeconds(bits.keySet());
    }

    private void addSeconds(Set<String> phrases) {
        Map<Character, Long> low = new HashMap<>();
        for (int c = 0; c < kinds.length; c++) {
            low.merge(PlainText.of((char) c), 1L << c, (a, b) -> a | b);
        }
        for (String phrase : phrases) {
            long one = low.getOrDefault(phrase.charAt(0), 0L);
            long two = low.getOrDefault(phrase.charAt(1), 0L);
            for (int bit = 0; bit < seconds.length; bit++) {
                seconds[bit] |= (one >>> bit & 1) == 0 ? 0 : two;
            }
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

    /** Of a character of any text, as what it is in plain text. */
    private static int kindOf(char written) {
        char c = PlainText.of(written);
        if (c == 0) {
            return DROPPED;
        }
        boolean letter = c < '\u3000' && PhraseSet.isLetter(c);
        int place = !letter || c >= '\u0590' ? ANYWHERE : 0;
        return place | (letter ? LETTER : 0) | (PlainText.isCombining(written) ? COMBINING : 0);
    }

    /**
     * The bits of the sets of which a phrase begins in the {@link PlainText} of a text, as a word begins. All bits if the
     * text has signs that are none there, or accents that stand apart: who goes by a bit asks the set as well.
     */
    long in(char[] text, int from, int to) {
        long found = 0;
        int last = to - 1;
        int all = from < to ? kinds[text[last]] : 0;
        int before = 0;
        for (int block = from; block < last; block += Long.SIZE) {
            int end = Math.min(last, block + Long.SIZE);
            long places = 0;
            // what the next character is cannot be guessed, so that nothing here depends on it but sums
            for (int i = block; i < end; i++) {
                char c = text[i];
                int kind = kinds[c];
                long second = seconds[c & 63] >>> text[i + 1];
                places |= (second & (kind >> 1 & (kind >> 2 | ~before)) & 1) << (i - block);
                before = kind;
                all |= kind;
            }
            for (long left = places; left != 0; left &= left - 1) {
                int place = block + Long.numberOfTrailingZeros(left);
                if (place + 3 >= to || likely(text, place)) {
                    found |= at(text, place, to);
                }
            }
        }
        return (all & (COMBINING | DROPPED)) == 0 ? found : -1;
    }

    /** Whether the hash of the beginning there is known, or would be if blanks were single. */
    private boolean likely(char[] text, int at) {
        char two = PlainText.of(text[at + 1]);
        char three = PlainText.of(text[at + 2]);
        char four = PlainText.of(text[at + 3]);
        boolean odd = (three <= ' ' && (two <= ' ' || four <= ' ')) || two == 0 || four == 0;
        return odd || heads.may(PlainText.of(text[at]), two, three, four) != 0;
    }

    private long at(char[] text, int place, int to) {
        char[] head = new char[PhraseHeads.HEAD];
        int length = 0;
        char before = 0;
        for (int i = place; i < to && length < head.length; i++) {
            char c = PlainText.of(text[i]);
            if (c != 0 && (c != ' ' || before != ' ')) {
                head[length++] = c;
                before = c;
            }
        }
        return from(table[slot(head, 0)], text, place, to)
                | from(shorter[PhraseHeads.pair(head[0], head[1])], text, place, to);
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
