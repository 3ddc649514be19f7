package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Files in yEnc (draft 1.3), whole or a part of one. */
final class YEnc {
    private YEnc() {}

    /** The file that begins in this line; null if it is none, or not well formed. */
    static TextFiles.@Nullable End file(byte[] text, int line, int length, Problems problems) {
        int end = TextFiles.lineEnd(text, line, length);
        String begin = new String(text, line, end - line, StandardCharsets.ISO_8859_1);
        int named = begin.indexOf(" name=");
        String name = named < 0 ? null : TextFiles.name(text, line + named + " name=".length(), end);
        if (name == null || number(begin, "line") <= 0 || number(begin, "size") < 0) {
            return null;
        }
        int start = TextFiles.nextLine(text, line, length);
        if (TextFiles.startsWith(text, start, length, "=ypart ")) {
            start = TextFiles.nextLine(text, start, length);
        }
        int last = start;
        while (last < length && !TextFiles.startsWith(text, last, length, "=yend ")) {
            if (TextFiles.startsWith(text, last, length, "=ybegin ")) {
                return null;
            }
            last = TextFiles.nextLine(text, last, length);
        }
        if (last >= length) {
            return null;
        }
        byte[] out = new byte[last - start];
        int n = decode(text, start, last, out);
        String yend = new String(text, last, TextFiles.lineEnd(text, last, length) - last, StandardCharsets.ISO_8859_1);
        check(name, begin, yend, out, n, problems);
        return new TextFiles.End(TextFiles.nextLine(text, last, length), new TextFiles.Found(name, out, n));
    }

    private static int decode(byte[] text, int from, int to, byte[] out) {
        int n = 0;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == '\r' || b == '\n') {
                continue;
            }
            if (b == '=' && i + 1 < to) {
                i++;
                b = (byte) (text[i] - 64);
            }
            out[n++] = (byte) (b - 42);
        }
        return n;
    }

    private static void check(String name, String begin, String end, byte[] out, int length, Problems problems) {
        long part = number(begin, "part");
        if (part > 0) {
            long total = number(begin, "total");
            problems.add("attachment " + Problems.quote(name) + " is part " + part + (total > 0 ? " of " + total : "")
                    + " of a file");
        }
        String sum = value(end, part > 0 ? "pcrc32" : "crc32");
        CRC32 crc = new CRC32();
        crc.update(out, 0, length);
        boolean fits = sum == null || parsed(sum) == crc.getValue();
        if (!fits || (number(end, "size") >= 0 && number(end, "size") != length)) {
            problems.add("attachment " + Problems.quote(name) + " is damaged: its check sum or size does not fit");
        }
    }

    private static long parsed(String hex) {
        try {
            return Long.parseLong(hex.toLowerCase(Locale.ROOT), 16);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static long number(String line, String key) {
        String value = value(line, key);
        if (value == null || value.length() > 15) {
            return -1;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return -1;
            }
        }
        return value.isEmpty() ? -1 : Long.parseLong(value);
    }

    private static @Nullable String value(String line, String key) {
        int at = line.indexOf(" " + key + "=");
        int name = line.indexOf(" name=");
        if (at < 0 || (name >= 0 && at > name)) {
            return null;
        }
        int from = at + key.length() + 2;
        int to = line.indexOf(' ', from);
        return line.substring(from, to < 0 ? line.length() : to);
    }
}
