package org.postroom.rig;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/** A mail being written; each character stands for one byte (ISO-8859-1). */
final class MimeText {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final StringBuilder out = new StringBuilder(16 * 1024);
    private final Random random;
    private int boundaries;

    MimeText(Random random) {
        this.random = random;
    }

    void header(String name, String value) {
        out.append(name).append(": ").append(value).append("\r\n");
    }

    void line(String text) {
        out.append(text).append("\r\n");
    }

    String boundary() {
        return "=_%d_%08x%08x".formatted(boundaries++, random.nextInt(), random.nextInt());
    }

    /** RFC 2047, base64, at most 75 characters a word; words of ASCII stay as they are. */
    String encodedWord(String text, MixedWords.Language language) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + 10);
            if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
                to++;
            }
            byte[] bytes = text.substring(from, to).getBytes(language.charset());
            words.append(from == 0 ? "" : "\r\n ")
                    .append("=?")
                    .append(language.charset().name())
                    .append("?B?")
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append("?=");
            from = to;
        }
        return words.toString();
    }

    /** Noise of {@code bytes} bytes as it stands in signatures, folded. */
    String base64Lines(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return Base64.getMimeEncoder(72, "\r\n ".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(noise);
    }

    /** The headers and body of a text part in one of the encodings that carry its charset. */
    void text(String type, String text, Charset charset) {
        byte[] bytes = text.getBytes(charset);
        header(
                "Content-Type",
                type + "; charset=" + (random.nextBoolean() ? "\"" + charset.name() + "\"" : charset.name()));
        boolean sevenBit =
                charset.equals(StandardCharsets.US_ASCII) || charset.name().equals("ISO-2022-JP");
        int roll = random.nextInt(10);
        if (sevenBit && roll < 6) {
            header("Content-Transfer-Encoding", "7bit");
            body(new String(bytes, StandardCharsets.ISO_8859_1));
        } else if (roll < 3) {
            header("Content-Transfer-Encoding", "8bit");
            body(new String(bytes, StandardCharsets.ISO_8859_1));
        } else if (roll < 8) {
            header("Content-Transfer-Encoding", "quoted-printable");
            body(quotedPrintable(bytes));
        } else {
            header("Content-Transfer-Encoding", "base64");
            body(LINES.encodeToString(bytes));
        }
    }

    /** The rest of a part whose own headers are written: base64. */
    void base64Body(byte[] content) {
        header("Content-Transfer-Encoding", "base64");
        body(LINES.encodeToString(content));
    }

    private void body(String text) {
        out.append("\r\n").append(text).append(text.endsWith("\r\n") ? "" : "\r\n");
    }

    /** RFC 2045, 6.7; line ends of the text stay line ends. */
    private static String quotedPrintable(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 5 / 4);
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            int octet = bytes[i] & 0xff;
            if (octet == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                text.append("\r\n");
                i++;
                column = 0;
                continue;
            }
            boolean endOfLine = i + 1 == bytes.length || bytes[i + 1] == '\r';
            boolean plain = (octet > 32 && octet < 127 && octet != '=') || (octet == ' ' && !endOfLine);
            if (column > 71) {
                text.append("=\r\n");
                column = 0;
            }
            if (plain) {
                text.append((char) octet);
            } else {
                text.append('=').append(HEX.toHighHexDigit(octet)).append(HEX.toLowHexDigit(octet));
            }
            column += plain ? 1 : 3;
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
