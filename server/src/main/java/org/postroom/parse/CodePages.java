package org.postroom.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Windows' numbers of charsets. */
final class CodePages {
    private CodePages() {}

    /** windows-1252 for a number that nobody knows. */
    static Charset named(int page) {
        String name = switch (page) {
            case 65001 -> "utf-8";
            case 65000 -> "utf-7";
            case 1200 -> "utf-16le";
            case 1201 -> "utf-16be";
            case 20127 -> "us-ascii";
            case 932 -> "windows-31j";
            case 936, 54936, 52936 -> "gb18030";
            case 949, 51949 -> "x-windows-949";
            case 950 -> "x-windows-950";
            case 874 -> "x-windows-874";
            case 1361 -> "x-johab";
            case 10000 -> "x-macroman";
            case 10007 -> "x-maccyrillic";
            case 20866 -> "koi8-r";
            case 21866 -> "koi8-u";
            case 20932, 51932 -> "euc-jp";
            case 50220, 50221, 50222 -> "iso-2022-jp";
            case 50225 -> "iso-2022-kr";
            case 38598 -> "iso-8859-8";
            default ->
                page >= 28591 && page <= 28605
                        ? "iso-8859-" + (page - 28590)
                        : page >= 1250 && page <= 1258 ? "windows-" + page : "ibm" + page;
        };
        Charset found = Charsets.named(name);
        return found == null
                ? Charsets.WINDOWS_1252
                : found.equals(StandardCharsets.US_ASCII) ? Charsets.WINDOWS_1252 : found;
    }
}
