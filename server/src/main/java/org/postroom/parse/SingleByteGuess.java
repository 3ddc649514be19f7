package org.postroom.parse;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which charset of one byte per letter a text is in: the one in which it reads most like a language written with it, by
 * the letters that are frequent there, by capitals within words and by scripts mixed within words.
 */
final class SingleByteGuess {
    private static final int LOOK = 4096;

    /** A charset, the letters frequent in its languages, and whether they are Latin. */
    private record Candidate(char[] decoded, byte[] weights, boolean latin) {}

    private static final byte UNKNOWN = -6;
    private static final byte RARE = -2;
    private static final byte SIGN = 0;

    private static final List<Charset> CHARSETS = List.of(
            Charsets.WINDOWS_1252,
            Charset.forName("windows-1250"),
            Charset.forName("ISO-8859-2"),
            Charset.forName("windows-1251"),
            Charset.forName("KOI8-U"),
            Charset.forName("windows-1253"),
            Charset.forName("windows-1254"),
            Charset.forName("windows-1255"),
            Charset.forName("windows-1256"),
            Charset.forName("windows-1257"),
            Charset.forName("x-windows-874"));

    private static final String CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžöőüűăâîşţđ";
    private static final String RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ";
    private static final List<Candidate> CANDIDATES = List.of(
            candidate(0, "äöüßéèàçêôûùâîëïñáíóúãõåøæœì", true),
            candidate(1, CENTRAL, true),
            candidate(2, CENTRAL, true),
            candidate(3, RUSSIAN, false),
            candidate(4, RUSSIAN, false),
            candidate(5, "αιοςεντσρκπυλμηγδωχθφβξζψάέήίόύώ", false),
            candidate(6, "ışğüöçâîİ", true),
            candidate(7, "יוהלאמרבתשנדחקפכעסטגזםןץךף", false),
            candidate(8, "ايلمنورتبعدسهكفقحجشصطخذضظغةىأإءؤئآ", false),
            candidate(9, "ąčęėįšųūžāēģīķļņõäöü", true),
            candidate(10, "านรกอเงมยลวดทสตะปบคหแจพชขใไโผถซณภธศฐญษฟฉ่้็ิีึืุูัำ์", false));

    private SingleByteGuess() {}

    private static Candidate candidate(int index, String frequent, boolean latin) {
        char[] decoded = new char[256];
        byte[] weights = new byte[256];
        for (int b = 0; b < 256; b++) {
            String text = new String(new byte[] {(byte) b}, CHARSETS.get(index));
            char c = text.isEmpty() ? '\uFFFD' : text.charAt(0);
            decoded[b] = c;
            int rank = frequent.indexOf(Character.toLowerCase(c));
            boolean letter = Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
            boolean odd = c == '\uFFFD' || Character.isISOControl(c) || (c >= '\u2500' && c < '\u2600');
            if (rank >= 0) {
                boolean seldom = latin ? c == 'ţ' || c == 'đ' : rank >= 20;
                int weight = seldom ? 1 : latin ? 3 : rank < 10 ? 4 : 2;
                weights[b] = (byte) (Character.isUpperCase(c) ? Math.min(weight, 2) : weight);
            } else {
                weights[b] = odd ? UNKNOWN : letter ? RARE : SIGN;
            }
        }
        return new Candidate(decoded, weights, latin);
    }

    /** For bytes of which some are above 127. */
    static Charset of(byte[] bytes, int start, int length) {
        int end = Math.min(length, start + LOOK);
        int best = 0;
        int most = Integer.MIN_VALUE;
        for (int k = 0; k < CANDIDATES.size(); k++) {
            int score = score(CANDIDATES.get(k), bytes, start, end);
            if (score > most) {
                most = score;
                best = k;
            }
        }
        return CHARSETS.get(best);
    }

    /** A charset of another script than Latin in which nearly every letter is where it should be; null if there is none. */
    static @Nullable Charset plain(byte[] bytes, int start, int length) {
        int end = Math.min(length, start + LOOK);
        int high = 0;
        for (int i = start; i < end; i++) {
            high += bytes[i] < 0 ? 1 : 0;
        }
        if (high < 4) {
            return null; // too little to be sure of
        }
        int best = -1;
        int most = high * 2 - 1;
        for (int k : new int[] {3, 4, 5, 7, 8, 10}) {
            int score = score(CANDIDATES.get(k), bytes, start, end);
            if (score > most) {
                most = score;
                best = k;
            }
        }
        return best < 0 ? null : CHARSETS.get(best);
    }

    private static int score(Candidate candidate, byte[] bytes, int start, int end) {
        int score = 0;
        char before = ' ';
        boolean beforeHigh = false;
        for (int i = start; i < end; i++) {
            int b = bytes[i] & 0xff;
            char c = candidate.decoded[b];
            if (b >= 0x80) {
                score += candidate.weights[b];
                boolean letter = Character.isLetter(c);
                boolean letterBefore = Character.isLetter(before);
                if (letter && letterBefore) {
                    if (!candidate.latin && !beforeHigh) {
                        score -= 4; // two scripts in one word
                    } else if (candidate.latin && beforeHigh) {
                        score -= 3; // accents seldom stand side by side
                    }
                }
                if (letter && Character.isUpperCase(c) && Character.isLowerCase(before)) {
                    score -= 4;
                }
                beforeHigh = true;
            } else {
                boolean letter = (b | 32) >= 'a' && (b | 32) <= 'z';
                if (letter && beforeHigh && !candidate.latin && Character.isLetter(before)) {
                    score -= 4;
                } else if (letter && b < 'a' && beforeHigh && Character.isLowerCase(before)) {
                    score -= 4;
                }
                beforeHigh = false;
            }
            before = c;
        }
        return score;
    }
}
