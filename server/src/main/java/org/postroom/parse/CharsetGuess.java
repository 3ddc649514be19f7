package org.postroom.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Which charset bytes without a usable label are in. Valid UTF-8 is UTF-8; escapes are ISO-2022; pairs of high bytes are
 * judged by what is frequent in each East Asian encoding; runs of high bytes are Cyrillic; the rest is windows-1252.
 */
final class CharsetGuess {
    private static final Charset ISO_2022_JP = Charset.forName("x-windows-iso2022jp");
    private static final Charset ISO_2022_KR = Charset.forName("ISO-2022-KR");
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    private static final Charset EUC_JP = Charset.forName("EUC-JP");
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset BIG5 = Charset.forName("Big5-HKSCS");
    private static final Charset KOREAN = Charset.forName("x-windows-949");
    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final Charset KOI8 = Charset.forName("KOI8-R");

    /** Enough to decide; a longer text is judged by its beginning. */
    private static final int LOOK = 16 << 10;

    private CharsetGuess() {}

    static Charset of(byte[] bytes, int start, int length) {
        return isUtf8(bytes, start, length) ? StandardCharsets.UTF_8 : ofOther(bytes, start, length);
    }

    /** For bytes that say they are UTF-8 and are not: a few broken bytes in much UTF-8 stay UTF-8. */
    static Charset ofBroken(byte[] bytes, int start, int length) {
        int good = 0;
        int bad = 0;
        for (int i = start; i < length; ) {
            int n = sequence(bytes, i, length);
            if (n > 1) {
                good++;
            } else if (n == 0) {
                bad++;
            }
            i += Math.max(n, 1);
        }
        return good > bad ? StandardCharsets.UTF_8 : ofOther(bytes, start, length);
    }

    private static Charset ofOther(byte[] bytes, int start, int length) {
        int end = Math.min(length, start + LOOK);
        int high = 0;
        int inRuns = 0;
        int pairs = 0;
        int kana = 0;
        int shiftKana = 0;
        int level1 = 0;
        int hangul = 0;
        int bigTrail = 0;
        int lowerCyr = 0;
        int koiLower = 0;
        int letters = 0;
        for (int i = start; i < end; i++) {
            int b = bytes[i] & 0xff;
            int next = i + 1 < end ? bytes[i + 1] & 0xff : 0;
            if (b == 0x1B && i + 2 < end) {
                if (next == '$' && bytes[i + 2] == ')') {
                    return ISO_2022_KR;
                }
                if (next == '$' || next == '(') {
                    return ISO_2022_JP;
                }
            }
            if (b < 0x80) {
                letters += (b | 32) >= 'a' && (b | 32) <= 'z' ? 1 : 0;
                continue;
            }
            high++;
            inRuns += next >= 0x80 || (i > start && bytes[i - 1] < 0) ? 1 : 0;
            lowerCyr += b >= 0xE0 ? 1 : 0;
            koiLower += b >= 0xC0 && b <= 0xDF ? 1 : 0;
            shiftKana += ((b == 0x82 && next >= 0x9F) || (b == 0x83 && next >= 0x40 && next <= 0x96)) ? 1 : 0;
            if (b >= 0xA1 && b <= 0xFE && ((next >= 0xA1 && next <= 0xFE) || (next >= 0x40 && next <= 0x7E))) {
                pairs++;
                kana += b == 0xA4 || b == 0xA5 ? 1 : 0;
                level1 += b >= 0xB0 && b <= 0xD7 && next >= 0xA1 ? 1 : 0;
                hangul += b >= 0xB0 && b <= 0xC8 && next >= 0xA1 ? 1 : 0;
                bigTrail += next < 0x80 ? 1 : 0;
                high++;
                inRuns++;
                i++;
            }
        }
        if (shiftKana * 4 > high / 2 && shiftKana > 1) {
            return SHIFT_JIS;
        }
        boolean dense = high > letters;
        if (pairs > 1 && pairs * 2 >= high - 2 && dense) {
            if (kana * 4 > pairs && Charsets.strictly(bytes, start, end, EUC_JP) != null) {
                return EUC_JP;
            }
            if (bigTrail * 4 > pairs) {
                return BIG5;
            }
            if (hangul * 20 > pairs * 17 && spaced(bytes, start, end)) {
                return KOREAN;
            }
            if (level1 * 10 > pairs * 6 && !mostlyLower(lowerCyr, high)) {
                return GB18030;
            }
        }
        if (dense && high >= 4 && inRuns * 10 > high * 7) {
            return koiLower > lowerCyr ? KOI8 : CYRILLIC;
        }
        return Charsets.WINDOWS_1252;
    }

    private static boolean mostlyLower(int lower, int high) {
        return lower * 10 > high * 7;
    }

    /** Korean puts spaces between words, Chinese does not. */
    private static boolean spaced(byte[] bytes, int start, int end) {
        int spaces = 0;
        for (int i = start; i < end; i++) {
            spaces += bytes[i] == ' ' ? 1 : 0;
        }
        return spaces * 14 > end - start;
    }

    static boolean isUtf8(byte[] bytes, int start, int length) {
        for (int i = start; i < length; ) {
            if (bytes[i] >= 0) {
                if (bytes[i] == 0x1B && i + 1 < length && (bytes[i + 1] == '$' || bytes[i + 1] == '(')) {
                    return false;
                }
                i++;
                continue;
            }
            int n = sequence(bytes, i, length);
            if (n == 0) {
                return false;
            }
            i += n;
        }
        return true;
    }

    /** Length of the UTF-8 sequence at {@code i}, 0 if there is none; one cut by the end counts as whole. */
    private static int sequence(byte[] bytes, int i, int length) {
        int b = bytes[i] & 0xff;
        if (b < 0x80) {
            return 1;
        }
        int n = b >= 0xC2 && b <= 0xDF ? 2 : b >= 0xE0 && b <= 0xEF ? 3 : b >= 0xF0 && b <= 0xF4 ? 4 : 0;
        for (int k = 1; k < n; k++) {
            if (i + k >= length) {
                return length - i > 1 ? length - i : 0;
            }
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return n;
    }
}
