package org.postroom.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which charset bytes without a usable label are in. Valid UTF-8 is UTF-8; escapes are ISO-2022; pairs of high bytes are
 * judged by what is frequent in each East Asian encoding; single ones by the letters they make in each charset.
 */
final class CharsetGuess {
    private static final Charset ISO_2022_JP = QuickJis.CHARSET;
    private static final Charset ISO_2022_KR = Charset.forName("ISO-2022-KR");
    private static final Charset ISO_2022_CN = Charset.forName("ISO-2022-CN");
    private static final Charset SHIFT_JIS = Charset.forName("windows-31j");
    private static final Charset EUC_JP = Charset.forName("EUC-JP");
    private static final Charset GB18030 = QuickGb.CHARSET;
    private static final Charset BIG5 = Charset.forName("Big5-HKSCS");
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    /** Enough to decide; a longer text is judged by its beginning. */
    private static final int LOOK = 16 << 10;

    /** So many characters of several bytes are no chance. */
    private static final int SURE = 4;

    private CharsetGuess() {}

    /** UTF-16 without a mark: of each pair one byte is zero nearly always; null if it is not so. */
    static @Nullable Charset wide(byte[] bytes, int start, int length) {
        int end = Math.min(length, start + LOOK);
        if (end - start < 4 || (bytes[start] != 0 && bytes[start + 1] != 0)) {
            return null;
        }
        int even = 0;
        int odd = 0;
        for (int i = start; i + 1 < end; i += 2) {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }
        int pairs = (end - start) / 2;
        boolean certain = Math.max(even, odd) * 3 > pairs * 2 && Math.min(even, odd) * 20 < pairs;
        return !certain ? null : even > odd ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    static Charset of(byte[] bytes, int start, int length) {
        return isUtf8(bytes, start, length) ? StandardCharsets.UTF_8 : ofOther(bytes, start, length);
    }

    /** Valid UTF-8 with so many characters beyond ASCII that no other charset makes it by chance. */
    static boolean isSurelyUtf8(byte[] bytes, int start, int length) {
        int beyond = 0;
        for (int i = start + ByteSearch.low(bytes, start, length); i < length; i += ByteSearch.low(bytes, i, length)) {
            int n = sequence(bytes, i, length);
            if (n == 0) {
                return false;
            }
            beyond += n > 1 ? 1 : 0;
            i += n;
        }
        return beyond >= SURE;
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
        int pairs = 0;
        int kana = 0;
        int shiftKana = 0;
        int level1 = 0;
        int hangul = 0;
        int bigTrail = 0;
        int lowerCyr = 0;
        int letters = 0;
        int low = 0;
        for (int i = start; i < end; i++) {
            int b = bytes[i] & 0xff;
            int next = i + 1 < end ? bytes[i + 1] & 0xff : 0;
            if (b == 0x1B && i + 2 < end) {
                if (next == '$' && bytes[i + 2] == ')') {
                    return i + 3 < end && bytes[i + 3] != 'C' ? ISO_2022_CN : ISO_2022_KR;
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
            low += b < 0xA0 ? 1 : 0;
            lowerCyr += b >= 0xE0 ? 1 : 0;
            shiftKana += ((b == 0x82 && next >= 0x9F) || (b == 0x83 && next >= 0x40 && next <= 0x96)) ? 1 : 0;
            if (b >= 0xA1 && b <= 0xFE && ((next >= 0xA1 && next <= 0xFE) || (next >= 0x40 && next <= 0x7E))) {
                pairs++;
                kana += b == 0xA4 || b == 0xA5 ? 1 : 0;
                level1 += b >= 0xB0 && b <= 0xD7 && next >= 0xA1 ? 1 : 0;
                hangul += b >= 0xB0 && b <= 0xC8 && next >= 0xA1 ? 1 : 0;
                bigTrail += next < 0x80 ? 1 : 0;
                high++;
                i++;
            }
        }
        if (shiftKana * 4 > high / 2 && shiftKana > 1) {
            return SHIFT_JIS;
        }
        boolean dense = high > letters;
        if (dense && low * 4 >= high && isShiftJis(bytes, start, end)) {
            return SHIFT_JIS;
        }
        Charset words = dense ? SingleByteGuess.plain(bytes, start, end) : null;
        if (words != null) {
            return words;
        }
        if (pairs > 1 && pairs * 2 >= high - 2 && dense) {
            if (bigTrail * 4 > pairs && fits(bytes, start, end, BIG5)) {
                return BIG5;
            }
            boolean korean = hangul * 20 > pairs * 17 && spaced(bytes, start, end);
            if ((korean || (hangul == pairs && pairs >= 6)) && fits(bytes, start, end, KOREAN)) {
                return KOREAN;
            }
            if (kana * 12 > pairs && fits(bytes, start, end, EUC_JP)) {
                return EUC_JP;
            }
            if (level1 * 10 > pairs * 6 && !mostlyLower(lowerCyr, high) && fits(bytes, start, end, GB18030)) {
                return GB18030;
            }
        }
        return high == 0 ? Charsets.WINDOWS_1252 : SingleByteGuess.of(bytes, start, end);
    }

    /** Nothing but what Japanese is written with, all of it in pairs. */
    private static boolean isShiftJis(byte[] bytes, int start, int end) {
        String text = new String(bytes, start, end - start, SHIFT_JIS);
        int japanese = 0;
        int other = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean kana = c >= 0x3000 && c <= 0x30FF;
            japanese += kana || (c >= 0x4E00 && c <= 0x9FFF) ? 1 : 0;
            other += c == '\uFFFD' || (c >= 0xFF61 && c <= 0xFF9F) || (c >= 0x80 && c < 0x2000) ? 1 : 0;
        }
        return japanese > 1 && other * 10 <= japanese;
    }

    /** All of it can be read; a character cut at the end does not count. */
    private static boolean fits(byte[] bytes, int start, int end, Charset charset) {
        int bad = new String(bytes, start, end - start, charset).indexOf('\uFFFD');
        return bad < 0 || (end - start == LOOK && bad > LOOK / 4);
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
            i += ByteSearch.plain(bytes, i, length);
            if (i == length) {
                return true;
            }
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
