package org.postroom.simulator.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Header text that is not ASCII (RFC 2047, and UTF-8 as RFC 6532 has it). */
public final class EncodedWords {
    private static final Pattern WORD =
            Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([bBqQ])\\?([^?]*)\\?=(?:\\s+(?==\\?))?");
    private static final int BYTES_IN_WORD = 42;

    private EncodedWords() {}

    /** A header value for people to read; {@code value} is octets as ISO-8859-1. */
    public static String decode(String value) {
        String text = new String(value.getBytes(ISO_8859_1), UTF_8);
        Matcher matcher = WORD.matcher(text);
        return matcher.replaceAll(word -> Matcher.quoteReplacement(word(word.group(1), word.group(2), word.group(3))));
    }

    private static String word(String charset, String encoding, String text) {
        try {
            byte[] octets = encoding.toLowerCase(Locale.ROOT).equals("b")
                    ? Base64.getMimeDecoder().decode(text)
                    : TransferEncoding.quotedPrintable(text.replace('_', ' ').getBytes(ISO_8859_1));
            return new String(octets, Charset.forName(charset));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A header value as ASCII: unchanged where it is, base64 words of UTF-8 where it is not. */
    public static String encode(String text) {
        if (text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            byte[] octets = Character.toString(c).getBytes(UTF_8);
            if (chunk.size() + octets.length > BYTES_IN_WORD) {
                appendWord(words, chunk);
            }
            chunk.writeBytes(octets);
        });
        appendWord(words, chunk);
        return words.toString();
    }

    private static void appendWord(StringBuilder words, ByteArrayOutputStream chunk) {
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(chunk.toByteArray()))
                .append("?=");
        chunk.reset();
    }
}
