package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first OpenPGP block that stands in a text by its lines.
 *
 * @param signed under the cleartext signature framework; else a message to be opened
 * @param from its first byte
 * @param to behind its last
 */
record InlinePgp(boolean signed, int from, int to) {
    static final String BEGIN = "-----BEGIN PGP ";
    static final String MESSAGE = BEGIN + "MESSAGE-----";
    private static final String SIGNED = BEGIN + "SIGNED MESSAGE-----";
    private static final String END_MESSAGE = "-----END PGP MESSAGE-----";
    private static final String END_SIGNATURE = "-----END PGP SIGNATURE-----";

    /** Null if there is none that is whole. */
    static @Nullable InlinePgp find(byte[] bytes, int length) {
        String ascii = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        for (int at = line(ascii, BEGIN, 0); at >= 0; at = line(ascii, BEGIN, at + 1)) {
            boolean signed = ascii.startsWith(SIGNED, at);
            if (signed || ascii.startsWith(MESSAGE, at)) {
                String last = signed ? END_SIGNATURE : END_MESSAGE;
                int end = line(ascii, last, at);
                return end < 0 ? null : new InlinePgp(signed, at, end + last.length());
            }
        }
        return null;
    }

    /** The signed words of a text without what stands around them (RFC 9580 section 7); as it is if they cannot be told apart. */
    static String readable(String text) {
        int begin = line(text, SIGNED, 0);
        int signature = begin < 0 ? -1 : line(text, BEGIN + "SIGNATURE-----", begin);
        int end = signature < 0 ? -1 : text.indexOf(END_SIGNATURE, signature);
        if (end < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, begin);
        boolean words = false;
        for (String line : text.substring(begin, signature).lines().toList()) {
            if (words) {
                out.append(line, line.startsWith("- ") ? 2 : 0, line.length()).append('\n');
            }
            words |= line.isBlank();
        }
        return out.append(text, end + END_SIGNATURE.length(), text.length()).toString();
    }

    private static int line(String text, String words, int from) {
        for (int at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
            if (at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r') {
                return at;
            }
        }
        return -1;
    }
}
