package org.postroom.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.LanguageTables.Weights;

/**
 * Which language a text is written in: by its script, by letters that few languages have, by frequent words. Looks at
 * 2,000 characters at most, leaves addresses out, and says nothing where it is not sure.
 */
final class Language {
    private static final int MOST = 2_000;
    private static final int LOOK = 200;
    private static final float SURE = 25f;
    private static final float ENOUGH = 2.0f;
    private static final float CLEARLY = 1.1f;
    private static final float HINT = 1.2f;

    /** Characters that only one of the two ways to write Chinese has, in pairs. */
    private static final String SIMPLIFIED =
            "们这个来时为会说国对发么经现东问见还没过进间长开车书门两题样应该给让认谢请询单货订购买卖账户码电话邮件网页钱贵费务处办实际变动产师师点击关闭图钟难题听亲爱风飞马鱼鸟龙龟";

    private static final String TRADITIONAL =
            "們這個來時為會說國對發麼經現東問見還沒過進間長開車書門兩題樣應該給讓認謝請詢單貨訂購買賣賬戶碼電話郵件網頁錢貴費務處辦實際變動產師師點擊關閉圖鐘難題聽親愛風飛馬魚鳥龍龜";

    private final LanguageTables tables = LanguageTables.TABLES;
    private final float[] score = new float[tables.languages.size()];
    private int letters;
    private int look = LOOK;

    private Language() {}

    /**
     * The language, BCP 47; null if it cannot be told.
     *
     * @param hint what a header says, empty or null if nothing
     */
    static @Nullable String of(String text, @Nullable String hint) {
        String sample = text.length() > 3 * MOST ? text.substring(0, 3 * MOST) : text;
        Scripts scripts = Scripts.of(sample, MOST);
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

    private static String chinese(String text, String hint) {
        int simplified = 0;
        int traditional = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '\u4E00') {
                boolean s = SIMPLIFIED.indexOf(c) >= 0;
                boolean t = TRADITIONAL.indexOf(c) >= 0;
                simplified += s && !t ? 1 : 0;
                traditional += t && !s ? 1 : 0;
            }
        }
        if (simplified == traditional) {
            boolean traditionalHint =
                    hint.startsWith("zh-tw") || hint.startsWith("zh-hk") || hint.startsWith("zh-hant");
            return traditionalHint ? "zh-Hant" : hint.startsWith("zh-") ? "zh-Hans" : "zh";
        }
        return simplified > traditional ? "zh-Hans" : "zh-Hant";
    }

    private static String arabic(String text) {
        int persian = 0;
        int urdu = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            persian += "پچژگکی".indexOf(c) >= 0 ? 1 : 0;
            urdu += "ٹڈڑںےہھ".indexOf(c) >= 0 ? 1 : 0;
        }
        return urdu > 1 ? "ur" : persian > 1 ? "fa" : "ar";
    }

    private @Nullable String byWords(String text, String hint) {
        int i = 0;
        while (i < text.length() && letters < MOST) {
            int end = i;
            while (end < text.length() && !isBlank(text.charAt(end))) {
                end++;
            }
            if (end > i && !isAddress(text, i, end)) {
                token(text, i, end);
                if (letters >= look) {
                    look = letters + LOOK;
                    if (isPlain()) {
                        break;
                    }
                }
            }
            i = end + 1;
        }
        return best(hint);
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00A0' || c == '\u3000';
    }

    private static boolean isAddress(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '@' || c == '_' || (c == '/' && i + 1 < to && text.charAt(i + 1) == '/')) {
                return true;
            }
        }
        return text.startsWith("www.", from);
    }

    /** Words between blanks may still be joined by other signs. */
    private void token(String text, int from, int to) {
        int start = from;
        for (int i = from; i <= to; i++) {
            char c = i < to ? text.charAt(i) : ' ';
            boolean inner = Character.isLetter(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK
                    || c == '·'
                    || ((c == '\'' || c == '’') && i > start);
            if (!inner) {
                if (i > start) {
                    word(text, start, i);
                }
                start = i + 1;
            }
        }
    }

    private void word(String text, int from, int to) {
        letters += to - from;
        if (to - from > 40) {
            return;
        }
        String word = MailLines.plain(text, from, to);
        add(tables.words.get(word), 1);
        int apostrophe = word.indexOf('\'');
        if (apostrophe > 0 && apostrophe < word.length() - 1) {
            add(tables.words.get(word.substring(0, apostrophe + 1)), 1);
            add(tables.words.get(word.substring(apostrophe + 1)), 0.5f);
        }
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) > 127) {
                add(tables.letters.get(word.charAt(i)), 1);
            }
            long key = word.charAt(i);
            for (int length = 2; length <= 4 && i + length <= word.length() && word.length() > length; length++) {
                key = key << 16 | word.charAt(i + length - 1);
                add(tables.pieces.get(key), 1);
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
