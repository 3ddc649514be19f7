package org.postroom.parse;

/** Which script most of a text is written in. */
record Scripts(Script main) {
    /** Scripts that are told apart. */
    enum Script {
        NONE,
        LATIN,
        CYRILLIC,
        GREEK,
        HEBREW,
        ARABIC,
        THAI,
        DEVANAGARI,
        BENGALI,
        TAMIL,
        GEORGIAN,
        ARMENIAN,
        HAN,
        JAPANESE,
        KOREAN
    }

    private static final Script[] ALL = Script.values();

    /** In place of a script's number: a letter of the alphabet that everybody has. */
    private static final int PLAIN = ALL.length;

    /** The number of each character's script, 0 if it is of none. */
    private static final byte[] NUMBERS = new byte[1 << 16];

    static {
        for (int c = 0; c < NUMBERS.length; c++) {
            NUMBERS[c] = (byte) (c >= 128 ? script((char) c).ordinal() : isLatin((char) c) * PLAIN);
        }
    }

    /** So many Latin letters and no other one say enough. */
    private static final int PLAINLY = 300;

    /** Fewest letters of a script of one language. */
    private static final int FEW = 3;

    /** Of the first letters. A sign of a script with few letters to a word counts for more than a letter. */
    static Scripts of(char[] text, int most) {
        int latin = 0;
        int at = 0;
        while (at < text.length && text[at] < 128 && latin < PLAINLY) {
            latin += isLatin(text[at++]);
        }
        boolean plainly = latin == PLAINLY && (at == text.length || text[at] < 128);
        return plainly ? new Scripts(Script.LATIN) : of(text, at, latin, most);
    }

    private static Scripts of(char[] text, int from, int latinBefore, int most) {
        int[] seen = new int[ALL.length + 1];
        seen[PLAIN] = latinBefore;
        int letters = latinBefore;
        for (int i = from; i < text.length && letters < most; i++) {
            char c = text[i];
            if (letters == PLAINLY && seen[PLAIN] == letters && c < 128) {
                break;
            }
            int number = NUMBERS[c];
            seen[number]++;
            letters += number == 0 ? 0 : 1;
        }
        seen[Script.NONE.ordinal()] = 0;
        seen[Script.LATIN.ordinal()] += seen[PLAIN];
        int japanese = seen[Script.JAPANESE.ordinal()];
        int han = seen[Script.HAN.ordinal()];
        if (japanese > 0 && japanese * 12 >= han) {
            seen[Script.JAPANESE.ordinal()] += han;
            seen[Script.HAN.ordinal()] = 0;
        }
        for (Script dense : new Script[] {Script.JAPANESE, Script.HAN, Script.KOREAN}) {
            seen[dense.ordinal()] *= 3;
        }
        Script best = Script.LATIN;
        for (Script script : ALL) {
            best = seen[script.ordinal()] > seen[best.ordinal()] ? script : best;
        }
        int found = seen[best.ordinal()];
        return new Scripts(found < FEW ? Script.NONE : best);
    }

    /** 1 for a letter of the alphabet. */
    private static int isLatin(char c) {
        return ((c | 0x20) - 'a' & 0xFFFF) < 26 ? 1 : 0;
    }

    private static Script script(char c) {
        if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) {
            return Character.isLetter(c) ? Script.LATIN : Script.NONE;
        }
        return c < 0x2000 ? western(c) : eastern(c);
    }

    private static Script western(char c) {
        if ((c >= 0x370 && c < 0x400) || c >= 0x1F00) {
            return Script.GREEK;
        }
        if (c >= 0x400 && c < 0x530) {
            return Script.CYRILLIC;
        }
        if (c >= 0x530 && c < 0x590) {
            return Script.ARMENIAN;
        }
        if (c >= 0x5D0 && c < 0x600) {
            return Script.HEBREW;
        }
        if (c >= 0x620 && c < 0x780) {
            return Script.ARABIC;
        }
        if (c >= 0x900 && c < 0x980) {
            return Script.DEVANAGARI;
        }
        if (c >= 0x980 && c < 0xA00) {
            return Script.BENGALI;
        }
        if (c >= 0xB80 && c < 0xC00) {
            return Script.TAMIL;
        }
        if (c >= 0xE00 && c < 0xE80) {
            return Script.THAI;
        }
        if (c >= 0x10A0 && c < 0x1100) {
            return Script.GEORGIAN;
        }
        return c >= 0x1100 && c < 0x1200 ? Script.KOREAN : Script.NONE;
    }

    private static Script eastern(char c) {
        if ((c >= 0x3041 && c < 0x3100) || (c >= 0xFF66 && c < 0xFFA0)) {
            return Script.JAPANESE;
        }
        if ((c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00)) {
            return Script.HAN;
        }
        return c >= 0xAC00 && c < 0xD7B0 ? Script.KOREAN : Script.NONE;
    }
}
