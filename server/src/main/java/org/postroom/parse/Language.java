package org.postroom.parse;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.LanguageTables.Weights;

/**
 * Which language a text is written in: by its script, by letters that few languages have, by frequent words. Looks at
 * 1,000 letters at most, leaves addresses out, and says nothing where it is not sure.
 */
final class Language {
    private static final int MOST = 1_000;
    private static final int SCRIPT = 600;
    private static final int LOOK = 200;

    /** Longer words are none. */
    private static final int LONGEST = 40;

    /** Characters that are enough for most texts. */
    private static final int BEGINNING = 900;

    private static final float SURE = 25f;
    private static final float ENOUGH = 2.0f;
    private static final float CLEARLY = 1.1f;
    private static final float HINT = 1.2f;

    /** Characters that only one of the two ways to write Chinese has, in pairs. */
    private static final String SIMPLIFIED =
            "们这个来时为会说国对发么经现东问见还没过进间长开车书门两题样应该给让认谢请询单货订购买卖账户码电话邮件网页钱贵费务处办实际变动产师师点击关闭图钟难题听亲爱风飞马鱼鸟龙龟";

    private static final String TRADITIONAL =
            "們這個來時為會說國對發麼經現東問見還沒過進間長開車書門兩題樣應該給讓認謝請詢單貨訂購買賣賬戶碼電話郵件網頁錢貴費務處辦實際變動產師師點擊關閉圖鐘難題聽親愛風飛馬魚鳥龍龜";

    private static final char FIRST_HAN = '\u4E00';

    /** 1 for a character of the simplified script alone, 2 for one of the traditional. */
    private static final byte[] HAN = new byte[0xA000 - FIRST_HAN];

    static {
        SIMPLIFIED.chars().filter(c -> TRADITIONAL.indexOf(c) < 0).forEach(c -> HAN[c - FIRST_HAN] = 1);
        TRADITIONAL.chars().filter(c -> SIMPLIFIED.indexOf(c) < 0).forEach(c -> HAN[c - FIRST_HAN] = 2);
    }

    /** Part of a word. */
    private static final int INNER = 1;

    private static final int APOSTROPHE = 2;
    private static final int BLANK = 4;

    /** It stands in addresses, not in sentences. */
    private static final int ADDRESS = 8;

    private static final int SLASH = 16;

    /** What a character of plain text is to a word; 0 for what parts words. */
    private static final byte[] KINDS = new byte[1 << 16];

    static {
        for (int c = 0; c < KINDS.length; c++) {
            KINDS[c] = (byte) kindOf((char) c);
        }
    }

    private final LanguageTables tables = LanguageTables.TABLES;
    private final float[] score = new float[tables.languages.size()];
    private int letters;

    private Language() {}

    /**
     * The language, BCP 47; null if it cannot be told.
     *
     * @param hint what a header says, empty or null if nothing
     */
    static @Nullable String of(String text, @Nullable String hint) {
        char[] sample = new char[Math.min(text.length(), 3 * MOST)];
        text.getChars(0, sample.length, sample, 0);
        Scripts scripts = Scripts.of(sample, SCRIPT);
        String hinted = hint == null ? "" : hint.strip().toLowerCase(Locale.ROOT);
        return switch (scripts.main()) {
            case NONE -> null;
            case HAN -> chinese(sample, hinted);
            case LATIN, CYRILLIC -> new Language().byWords(sample, hinted);
            case ARABIC -> arabic(sample);
            case JAPANESE -> "ja";
            case KOREAN -> "ko";
            case GREEK -> "el";
            case HEBREW -> "he";
            case THAI -> "th";
            case DEVANAGARI -> "hi";
            case BENGALI -> "bn";
            case TAMIL -> "ta";
            case GEORGIAN -> "ka";
            case ARMENIAN -> "hy";
        };
    }

    private static String chinese(char[] text, String hint) {
        int simplified = 0;
        int traditional = 0;
        int end = Math.min(text.length, BEGINNING);
        for (int i = 0; i < end || (simplified == traditional && i < text.length); i++) {
            int at = text[i] - FIRST_HAN;
            byte kind = at >= 0 && at < HAN.length ? HAN[at] : 0;
            simplified += kind == 1 ? 1 : 0;
            traditional += kind == 2 ? 1 : 0;
        }
        if (simplified == traditional) {
            boolean traditionalHint =
                    hint.startsWith("zh-tw") || hint.startsWith("zh-hk") || hint.startsWith("zh-hant");
            return traditionalHint ? "zh-Hant" : hint.startsWith("zh-") ? "zh-Hans" : "zh";
        }
        return simplified > traditional ? "zh-Hans" : "zh-Hant";
    }

    private static String arabic(char[] text) {
        int persian = 0;
        int urdu = 0;
        for (char c : text) {
            persian += "پچژگکی".indexOf(c) >= 0 ? 1 : 0;
            urdu += "ٹڈڑںےہھ".indexOf(c) >= 0 ? 1 : 0;
        }
        return urdu > 1 ? "ur" : persian > 1 ? "fa" : "ar";
    }

    /** Frequent words alone tell most texts of some length; pieces of words are looked at where they do not. */
    private @Nullable String byWords(char[] text, String hint) {
        boolean told = text.length > LOOK && read(PlainText.beginning(text, Math.min(text.length, BEGINNING)), true);
        if (!told) {
            Arrays.fill(score, 0);
            letters = 0;
            read(PlainText.beginning(text, text.length), false);
        }
        return best(hint);
    }

    /**
     * @param whole words are looked at as a whole only
     * @return whether the language is plain
     */
    private boolean read(char[] text, boolean whole) {
        int look = LOOK;
        int at = 0;
        while (at < text.length && letters < MOST) {
            at = token(text, at, whole);
            if (letters >= look) {
                look = letters + LOOK;
                if (isPlain()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Reads what stands between two blanks, most often one word; returns where the next begins. */
    private int token(char[] text, int from, boolean whole) {
        int i = from;
        int all = 0;
        int kind = BLANK;
        while (i < text.length && (kind = KINDS[text[i]]) != INNER && kind != BLANK) {
            all |= sign(kind, text, i++);
        }
        int start = i;
        int hash = 0;
        while (i < text.length && (kind = KINDS[text[i]]) == INNER) {
            hash = LanguageTables.Words.hash(hash, text[i++]);
        }
        int end = i;
        while (i < text.length && (kind = KINDS[text[i]]) != BLANK) {
            all |= sign(kind, text, i++);
        }
        if ((all & ADDRESS) != 0 || isWeb(text, from, i)) {
            return i + 1;
        }
        if ((all & (INNER | APOSTROPHE)) != 0) {
            words(text, from, i, whole);
        } else if (end > start) {
            letters += end - start;
            word(text, start, end, hash, whole);
        }
        return i + 1;
    }

    private static int sign(int kind, char[] text, int at) {
        return kind == SLASH && at + 1 < text.length && text[at + 1] == '/' ? ADDRESS : kind;
    }

    private static int kindOf(char c) {
        if (c <= ' ' || c == '\u00A0' || c == '\u3000') {
            return BLANK;
        }
        if (PhraseSet.isLetter(c)
                || c == '·'
                || (c >= '\u0300' && Character.getType(c) == Character.NON_SPACING_MARK)) {
            return INNER;
        }
        return switch (c) {
            case '\'' -> APOSTROPHE;
            case '/' -> SLASH;
            case '@', '_' -> ADDRESS;
            default -> 0;
        };
    }

    private static boolean isWeb(char[] text, int from, int to) {
        return to - from > 4
                && text[from] == 'w'
                && text[from + 1] == 'w'
                && text[from + 2] == 'w'
                && text[from + 3] == '.';
    }

    /** Words between blanks may still be joined by other signs. */
    private void words(char[] text, int from, int to, boolean whole) {
        int start = from;
        int hash = 0;
        for (int i = from; i <= to; i++) {
            int kind = i < to ? KINDS[text[i]] : BLANK;
            if (kind == INNER || (kind == APOSTROPHE && i > start)) {
                hash = LanguageTables.Words.hash(hash, text[i]);
                continue;
            }
            if (i > start) {
                letters += i - start;
                apostrophe(text, start, i);
                word(text, start, i, hash, whole);
            }
            start = i + 1;
            hash = 0;
        }
    }

    /** What is before an apostrophe, with it, and what is behind it. */
    private void apostrophe(char[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '\'') {
            at++;
        }
        if (to - from <= LONGEST && at > from && at < to - 1) {
            add(tables.words.get(text, from, at + 1), 1);
            add(tables.words.get(text, at + 1, to), 0.5f);
        }
    }

    private void word(char[] text, int from, int to, int hash, boolean whole) {
        if (to - from <= LONGEST) {
            add(tables.words.get(text, from, to, hash), 1);
            if (!whole) {
                pieces(text, from, to);
            }
        }
    }

    private void pieces(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            char one = text[i];
            if (one > 127 && one < tables.letters.length) {
                add(tables.letters[one], 1);
            }
            if (i + 1 == to || !tables.pieces.mayBegin(one, text[i + 1])) {
                continue;
            }
            long key = one;
            for (int length = 2; length <= 4 && i + length <= to && to - from > length; length++) {
                key = key << 16 | text[i + length - 1];
                Weights weights = tables.pieces.get(key);
                if (weights == null) {
                    break;
                }
                add(weights, 1);
            }
        }
    }

    private void add(@Nullable Weights weights, float times) {
        if (weights != null) {
            for (int language : weights.languages()) {
                score[language] += weights.gain() * times;
            }
        }
    }

    /** Reading on would change nothing. */
    private boolean isPlain() {
        float best = 0;
        float second = 0;
        for (float s : score) {
            if (s > best) {
                second = best;
                best = s;
            } else if (s > second) {
                second = s;
            }
        }
        return best >= SURE && best >= second * 2;
    }

    private @Nullable String best(String hint) {
        int best = 0;
        int second = -1;
        for (int i = 0; i < score.length; i++) {
            if (!hint.isEmpty() && hint.startsWith(tables.languages.get(i))) {
                score[i] *= HINT;
            }
            if (score[i] > score[best]) {
                second = best;
                best = i;
            } else if (i != best && (second < 0 || score[i] > score[second])) {
                second = i;
            }
        }
        boolean clear = second < 0 || score[best] >= score[second] * CLEARLY;
        return score[best] >= ENOUGH && clear ? tables.languages.get(best) : null;
    }
}
