package org.postroom.parse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to text by the charset a mail declares, by the charset it means, or by looking. Never fails: bytes that cannot
 * be read become U+FFFD.
 */
final class Charsets {
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Names that mean more than they say, and names that no registry has. */
    private static final Map<String, String> ALIASES = aliases("""
            gb2312 GB18030; gb_2312-80 GB18030; gbk GB18030; cp936 GB18030; x-gbk GB18030; ms936 GB18030;
            euc-cn GB18030; big5 Big5-HKSCS; cn-big5 Big5-HKSCS; x-x-big5 Big5-HKSCS; cp950 x-windows-950;
            iso-2022-jp x-windows-iso2022jp; iso-2022-jp-1 x-windows-iso2022jp; iso-2022-jp-2 ISO-2022-JP-2;
            iso-2022-jp-3 x-windows-iso2022jp; iso-2022-jp-ms x-windows-iso2022jp; cp50220 x-windows-iso2022jp;
            cp50221 x-windows-iso2022jp; jis x-windows-iso2022jp; shift_jis windows-31j; shift-jis windows-31j;
            sjis windows-31j; x-sjis windows-31j; ms_kanji windows-31j; cp932 windows-31j; ms932 windows-31j;
            x-euc-jp EUC-JP; x-euc EUC-JP; ks_c_5601-1987 x-windows-949; ks_c_5601 x-windows-949; ksc5601 x-windows-949;
            ksc_5601 x-windows-949; euc-kr x-windows-949; cp949 x-windows-949; uhc x-windows-949; korean x-windows-949;
            iso-8859-1 windows-1252; iso8859-1 windows-1252; iso_8859-1 windows-1252; latin1 windows-1252;
            latin-1 windows-1252; l1 windows-1252; us-ascii windows-1252; ascii windows-1252; us windows-1252;
            ansi_x3.4-1968 windows-1252; ansi windows-1252; x-ansi windows-1252; iso-8859-8-i windows-1255;
            iso-8859-8-e windows-1255; iso-8859-8 windows-1255; iso-8859-9 windows-1254; latin5 windows-1254;
            iso-8859-11 x-windows-874; tis-620 x-windows-874; iso-8859-6-i ISO-8859-6; iso-8859-6-e ISO-8859-6;
            iso-8859-10 windows-1257; iso-8859-14 windows-1252; iso-8859-16 windows-1250;
            macintosh x-MacRoman; mac x-MacRoman; x-mac-roman x-MacRoman; x-mac-ce x-MacCentralEurope;
            x-mac-centraleurroman x-MacCentralEurope; x-mac-cyrillic x-MacCyrillic; x-mac-ukrainian x-MacUkraine;
            x-mac-greek x-MacGreek; x-mac-turkish x-MacTurkish; x-mac-croatian x-MacCroatian;
            x-mac-icelandic x-MacIceland; x-mac-romanian x-MacRomania; x-mac-hebrew x-MacHebrew; x-mac-arabic
            x-MacArabic; x-mac-thai x-MacThai; x-mac-japanese windows-31j; x-mac-chinesesimp GB18030;
            x-mac-chinesetrad Big5-HKSCS; x-mac-korean x-windows-949; utf8 UTF-8; utf_8 UTF-8; utf8mb4 UTF-8;
            unicode-1-1-utf-8 UTF-8; unicode-2-0-utf-8 UTF-8; x-unicode-2-0-utf-8 UTF-8; unicode UTF-16; ucs-2 UTF-16;
            iso-10646-ucs-2 UTF-16; koi8-ru KOI8-U; koi8 KOI8-R; koi KOI8-R; koi8r KOI8-R; koi8u KOI8-U; cyrillic windows-1251; greek windows-1253;
            hebrew windows-1255; arabic windows-1256; turkish windows-1254; thai x-windows-874""");

    private static final Map<String, Charset> KNOWN = new ConcurrentHashMap<>();

    private Charsets() {}

    private static Map<String, String> aliases(String block) {
        return Pattern.compile(";")
                .splitAsStream(block)
                .map(w -> w.strip().split("\\s+"))
                .collect(Collectors.toUnmodifiableMap(w -> w[0], w -> w[1]));
    }

    /** The charset a name means in mail; null if no rule and no registry knows it. */
    static @Nullable Charset named(String name) {
        Charset known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        String key = bare(name);
        Charset found = lookup(ALIASES.getOrDefault(key, key));
        if (found == null) {
            found = misspelt(key);
        }
        if (found == null && key.startsWith("x-")) {
            found = named(key.substring(2));
        }
        if (found != null && KNOWN.size() < 1_000) {
            KNOWN.put(name, found);
        }
        return found;
    }

    /** In lower case, without quotes, semicolons and whatever else got in. */
    private static String bare(String name) {
        int start = 0;
        while (start < name.length() && !Character.isLetterOrDigit(name.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < name.length()
                && (Character.isLetterOrDigit(name.charAt(end)) || "-_.:+".indexOf(name.charAt(end)) >= 0)) {
            end++;
        }
        return name.substring(start, end).toLowerCase(Locale.ROOT);
    }

    /** {@code win-1251}, {@code iso88592}, {@code utf 8}: by letters and digits alone. */
    private static @Nullable Charset misspelt(String key) {
        StringBuilder plain = new StringBuilder(key.length());
        key.chars().filter(Character::isLetterOrDigit).forEach(c -> plain.append((char) c));
        int digits = plain.length();
        while (digits > 0 && Character.isDigit(plain.charAt(digits - 1))) {
            digits--;
        }
        String word = plain.substring(0, digits);
        String number = plain.substring(digits);
        if (word.equals("iso") && number.startsWith("8859") && number.length() > 4) {
            String right = "iso-8859-" + number.substring(4);
            return lookup(ALIASES.getOrDefault(right, right));
        }
        return switch (word) {
            case "windows", "win", "cp", "ms", "xcp", "xwindows", "" ->
                number.length() < 3 || number.length() > 5 ? null : lookup(ofPage(number));
            case "utf" -> lookup("utf-" + number);
            case "koi" -> number.equals("8") ? lookup("koi8-r") : null;
            default -> ALIASES.containsKey(word + number) ? lookup(ALIASES.getOrDefault(word + number, "")) : null;
        };
    }

    private static String ofPage(String number) {
        return number.length() == 4 && number.startsWith("125") ? "windows-" + number : "ibm" + number;
    }

    private static @Nullable Charset lookup(String name) {
        try {
            Charset found = Charset.forName(name);
            return found.canEncode() || found.name().contains("2022") ? found : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Text of a body part. What had to be mended goes to {@code problems}. */
    static String decode(byte[] bytes, int length, @Nullable String declared, Problems problems) {
        int start = 0;
        if (length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            start = 3;
        } else if (length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF))) {
            return new String(bytes, 0, length, StandardCharsets.UTF_16);
        }
        Charset wide = CharsetGuess.wide(bytes, start, length);
        if (wide != null) {
            if (declared == null || !declared.toLowerCase(Locale.ROOT).startsWith("utf-16")) {
                problems.add("read as " + wide.name().toLowerCase(Locale.ROOT));
            }
            return decode(bytes, start, length, wide);
        }
        if (declared != null && Hz.named(declared)) {
            return Hz.decode(bytes, start, length);
        }
        if (Utf7.named(declared)) {
            return Utf7.decode(new String(bytes, start, length - start, StandardCharsets.ISO_8859_1));
        }
        Charset charset = declared == null || declared.isBlank() ? null : named(declared);
        boolean plain = isAscii(bytes, start, length);
        if (plain && (charset == null || isAsciiSuperset(charset))) {
            if (charset == null && declared != null && !declared.isBlank()) {
                problems.add("charset " + Problems.quote(declared) + " read as us-ascii");
            }
            return new String(bytes, start, length - start, StandardCharsets.ISO_8859_1);
        }
        if (charset == null || (charset.equals(WINDOWS_1252) && isAsciiName(declared))) {
            Charset guessed = CharsetGuess.of(bytes, start, length);
            if (declared != null && !declared.isBlank()) {
                problems.add("charset " + Problems.quote(declared) + " read as "
                        + guessed.name().toLowerCase(Locale.ROOT));
            }
            return decode(bytes, start, length, guessed);
        }
        if (charset.equals(StandardCharsets.UTF_8) && start == 0) {
            String text = decode(bytes, start, length, charset);
            if ((text.indexOf('\uFFFD') < 0 && text.indexOf(0x1B) < 0) || CharsetGuess.isUtf8(bytes, start, length)) {
                return text;
            }
            Charset guessed = CharsetGuess.ofBroken(bytes, start, length);
            problems.add(
                    guessed.equals(charset)
                            ? "bytes that are no utf-8 were replaced"
                            : "not valid utf-8: read as " + guessed.name().toLowerCase(Locale.ROOT));
            return decode(bytes, start, length, guessed);
        }
        if (charset.equals(WINDOWS_1252) && CharsetGuess.isUtf8(bytes, start, length) && !plain) {
            problems.add("charset " + Problems.quote(declared == null ? "" : declared) + " read as utf-8");
            return new String(bytes, start, length - start, StandardCharsets.UTF_8);
        }
        if (!charset.name().startsWith("UTF") && CharsetGuess.isSurelyUtf8(bytes, start, length)) {
            problems.add("charset " + Problems.quote(declared == null ? "" : declared) + " read as utf-8");
            return new String(bytes, start, length - start, StandardCharsets.UTF_8);
        }
        String text = decode(bytes, start, length, charset);
        if (text.indexOf('\uFFFD') >= 0) {
            problems.add("bytes that are no " + charset.name().toLowerCase(Locale.ROOT) + " were replaced");
        }
        return text;
    }

    private static boolean isAsciiName(@Nullable String declared) {
        return declared != null
                && (bare(declared).endsWith("ascii") || bare(declared).startsWith("ansi"));
    }

    /** Reads, replacing what cannot be read; never throws. */
    static String decode(byte[] bytes, int start, int length, Charset charset) {
        String quick = charset.equals(QuickGb.CHARSET)
                ? QuickGb.read(bytes, start, length)
                : charset.equals(QuickJis.CHARSET) ? QuickJis.read(bytes, start, length) : null;
        return quick == null ? new String(bytes, start, length - start, charset) : quick;
    }

    /** Null if any byte cannot be read. */
    static @Nullable String strictly(byte[] bytes, int start, int length, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            String text = new String(bytes, start, length - start, charset);
            return text.indexOf('\uFFFD') < 0 || CharsetGuess.isUtf8(bytes, start, length) ? text : null;
        }
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            CharBuffer text = decoder.decode(ByteBuffer.wrap(bytes, start, length - start));
            return text.toString();
        } catch (java.nio.charset.CharacterCodingException e) {
            return null;
        }
    }

    /** Neither a high byte nor an escape. */
    static boolean isAscii(byte[] bytes, int start, int length) {
        int i = start + ByteSearch.plain(bytes, start, length);
        for (; i < length; i++) {
            if (bytes[i] < 0 || bytes[i] == 0x1B) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAsciiSuperset(Charset charset) {
        String name = charset.name();
        return !name.startsWith("UTF-16") && !name.startsWith("UTF-32") && !name.startsWith("IBM");
    }
}
