package org.postroom.parse;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * GB18030 as nearly all mail has it: ASCII and characters of two bytes, by a table that the JDK's own charset filled. That
 * reads those of four bytes, and whatever is broken; it takes twice as long.
 */
final class QuickGb {
    static final Charset CHARSET = Charset.forName("GB18030");

    private static final int FIRST = 0x81;
    private static final int FIRST_SECOND = 0x40;
    private static final int SECONDS = 0xC0;
    private static final char NONE = '\uFFFD';

    /** By both bytes of a character; made when the first such text comes. */
    private static final class Table {
        static final char[] CHARACTERS = new char[(0xFF - FIRST) * SECONDS];

        static {
            for (int i = 0; i < CHARACTERS.length; i++) {
                byte[] one = {(byte) (FIRST + i / SECONDS), (byte) (FIRST_SECOND + i % SECONDS)};
                String read = new String(one, CHARSET);
                CHARACTERS[i] = read.length() == 1 ? read.charAt(0) : NONE;
            }
        }
    }

    private QuickGb() {}

    /** Null if there is more in it than pairs that have a character, and ASCII. */
    static @Nullable String read(byte[] bytes, int start, int end) {
        char[] table = Table.CHARACTERS;
        char[] out = new char[end - start];
        int length = 0;
        int i = start;
        while (i < end) {
            int c = bytes[i++];
            if (c >= 0) {
                out[length++] = (char) c;
                continue;
            }
            int first = (c & 0xFF) - FIRST;
            int second = i < end ? (bytes[i++] & 0xFF) - FIRST_SECOND : -1;
            int place = first * SECONDS + second;
            if (first < 0 || second < 0 || second >= SECONDS || place >= table.length || table[place] == NONE) {
                return null;
            }
            out[length++] = table[place];
        }
        return new String(out, 0, length);
    }
}
