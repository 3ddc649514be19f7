package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * RFC 2047, and what is written in its place: words that touch other text, words cut inside a character, spaces inside
 * words, missing padding, a missing end.
 */
final class EncodedWords {
    private EncodedWords() {}

    /** One encoded word; {@code end} is the index after it. */
    private record Word(String charset, byte[] bytes, int end) {}

    static String decode(String text) {
        int at = text.indexOf("=?");
        if (at < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (at >= 0) {
            Word word = wordAt(text, at);
            if (word == null) {
                at = text.indexOf("=?", at + 2);
                continue;
            }
            out.append(text, copied, at);
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            joined.writeBytes(word.bytes());
            int next = adjacent(text, word.end());
            while (next >= 0) {
                Word more = wordAt(text, next);
                if (more == null) {
                    break;
                }
                if (!more.charset().equalsIgnoreCase(word.charset())) {
                    append(out, joined.toByteArray(), word.charset());
                    joined.reset();
                }
                joined.writeBytes(more.bytes());
                word = more;
                next = adjacent(text, word.end());
            }
            append(out, joined.toByteArray(), word.charset());
            copied = word.end();
            at = text.indexOf("=?", copied);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** Where another word starts after nothing but white space, or -1. */
    private static int adjacent(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return text.startsWith("=?", i) ? i : -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static @Nullable Word wordAt(String text, int at) {
        int charsetEnd = text.indexOf('?', at + 2);
        if (charsetEnd < 0 || charsetEnd - at > 60 || charsetEnd + 2 >= text.length()) {
            return null;
        }
        char kind = Character.toLowerCase(text.charAt(charsetEnd + 1));
        if ((kind != 'b' && kind != 'q') || text.charAt(charsetEnd + 2) != '?') {
            return null;
        }
        String charset = text.substring(at + 2, charsetEnd);
        int language = charset.indexOf('*');
        charset = language < 0 ? charset : charset.substring(0, language);
        for (int i = 0; i < charset.length(); i++) {
            if (isSpace(charset.charAt(i)) || charset.charAt(i) == '=') {
                return null;
            }
        }
        int start = charsetEnd + 3;
        int end = text.indexOf("?=", start);
        int after = end + 2;
        if (end < 0) {
            int stop = start;
            while (stop < text.length() && !isSpace(text.charAt(stop)) && text.charAt(stop) != '?') {
                stop++;
            }
            end = stop;
            after = stop < text.length() && text.charAt(stop) == '?' ? stop + 1 : stop;
        }
        byte[] bytes = kind == 'b' ? Transfer.base64(text, start, end) : quotedPrintable(text, start, end);
        return new Word(charset, bytes, after);
    }

    private static byte[] quotedPrintable(String text, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '_') {
                out.write(' ');
            } else if (c == '=' && i + 2 < end + 1 && i + 2 <= end - 1 && hex(text, i + 1) >= 0) {
                out.write(hex(text, i + 1));
                i += 2;
            } else if (c < 0x80) {
                out.write(c);
            } else {
                out.writeBytes(String.valueOf(c).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static int hex(String text, int i) {
        int high = Character.digit(text.charAt(i), 16);
        int low = Character.digit(text.charAt(i + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static void append(StringBuilder out, byte[] bytes, String charset) {
        out.append(text(bytes, charset));
    }

    /** Bytes of a header in the charset it names, or the one it means. */
    static String text(byte[] bytes, @Nullable String charset) {
        if (Utf7.named(charset)) {
            return Utf7.decode(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        Charset known = charset == null || charset.isBlank() ? null : Charsets.named(charset);
        if (known == null
                || (known.equals(java.nio.charset.StandardCharsets.UTF_8)
                        && !CharsetGuess.isUtf8(bytes, 0, bytes.length))) {
            known = known == null
                    ? CharsetGuess.of(bytes, 0, bytes.length)
                    : CharsetGuess.ofBroken(bytes, 0, bytes.length);
        } else if (known.equals(Charsets.WINDOWS_1252)
                && !Charsets.isAscii(bytes, 0, bytes.length)
                && CharsetGuess.isUtf8(bytes, 0, bytes.length)) {
            known = java.nio.charset.StandardCharsets.UTF_8;
        } else if (!known.name().startsWith("UTF") && CharsetGuess.isSurelyUtf8(bytes, 0, bytes.length)) {
            known = java.nio.charset.StandardCharsets.UTF_8;
        }
        return clean(Charsets.decode(bytes, 0, bytes.length, known));
    }

    /** A decoded header never holds a line break. */
    private static String clean(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\0') < 0
                ? text
                : text.replace("\r\n", " ")
                        .replace('\n', ' ')
                        .replace('\r', ' ')
                        .replace("\0", "");
    }
}
