package org.postroom.parse;

/**
 * How phrases begin, as bits of hashes: tells in a few steps that none of them can begin with some characters. May say yes
 * where none does, never no where one does. Filled once, then only read.
 */
final class PhraseHeads {
    /** So many characters of a phrase are hashed; of shorter ones, two. */
    static final int HEAD = 4;

    private static final int PAIR_BITS = 10;

    /** How many hashes {@link #pair} has. */
    static final int PAIRS = 1 << PAIR_BITS;

    private final long[] fours;
    private final long[] twos = new long[1 << (PAIR_BITS - 6)];
    private final int shift;

    /** @param bits 2 to this power beginnings are told apart */
    PhraseHeads(int bits) {
        fours = new long[1 << (bits - 6)];
        shift = 32 - bits;
    }

    /** @param phrase of two characters or more; a shorter one is not kept */
    void add(String phrase) {
        if (phrase.length() >= HEAD) {
            int four = hash(phrase.charAt(0), phrase.charAt(1), phrase.charAt(2), phrase.charAt(3)) >>> shift;
            fours[four >>> 6] |= 1L << four;
        } else if (phrase.length() > 1) {
            int two = pair(phrase.charAt(0), phrase.charAt(1));
            twos[two >>> 6] |= 1L << two;
        }
    }

    /** 1 if a phrase may begin so, else 0; a number, so that a loop can count instead of guessing. */
    int may(char one, char two, char three, char four) {
        int head = hash(one, two, three, four) >>> shift;
        int pair = pair(one, two);
        return (int) ((fours[head >>> 6] >>> head | twos[pair >>> 6] >>> pair) & 1);
    }

    /** Whether a phrase of less than four characters may begin so. */
    boolean mayPair(char one, char two) {
        int pair = pair(one, two);
        return (twos[pair >>> 6] >>> pair & 1) != 0;
    }

    /** Of four characters, all bits used. */
    static int hash(char one, char two, char three, char four) {
        return (one * 31 + two) * 0x9E3779B1 + (three * 31 + four) * 0x85EBCA6B;
    }

    /** Of two characters, less than {@link #PAIRS}. */
    static int pair(char one, char two) {
        return (one * 31 + two) & PAIRS - 1;
    }
}
