package org.postroom.parse;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * ISO-2022-JP (RFC 1468) as nearly all mail has it: ASCII and JIS X 0208, by a table that the JDK's own charset filled. That
 * reads all the rest, and whatever is broken; it takes three times as long.
 */
final class QuickJis {
    static final Charset CHARSET = Charset.forName("x-windows-iso2022jp");

    private static final int FIRST = 0x21;
    private static final int COUNT = 94;
    private static final char NONE = '\uFFFD';

    /** By both bytes of a character; made when the first such text comes. */
    private static final class Table {
        static final char[] CHARACTERS = new char[COUNT * COUNT];

        static {
            for (int i = 0; i < CHARACTERS.length; i++) {
                byte[] one = {0x1B, '$', 'B', (byte) (FIRST + i / COUNT), (byte) (FIRST + i % COUNT), 0x1B, '(', 'B'};
                String read = new String(one, CHARSET);
                CHARACTERS[i] = read.length() == 1 ? read.charAt(0) : NONE;
            }
        }
    }

    private QuickJis() {}

    /** Null if there is more in it than pairs that have a character, and ASCII. */
    static @Nullable String read(byte[] bytes, int start, int end) {
        char[] table = Table.CHARACTERS;
        char[] out = new char[end - start];
        int length = 0;
        boolean pairs = false;
        int i = start;
        while (i < end) {
            int c = bytes[i];
            if (c == 0x1B) {
                if (end - i < 3 || bytes[i + 2] != 'B' || (bytes[i + 1] != '$' && bytes[i + 1] != '(')) {
                    return null;
                }
                pairs = bytes[i + 1] == '$';
                i += 3;
            } else if (!pairs) {
                if (c < 0 || c == 0x0E || c == 0x0F) {
                    return null;
                }
                out[length++] = (char) c;
                i++;
            } else {
                int row = c - FIRST;
                int cell = i + 1 < end ? bytes[i + 1] - FIRST : -1;
                if (row < 0 || row >= COUNT || cell < 0 || cell >= COUNT) {
                    return null;
                }
                char read = table[row * COUNT + cell];
                if (read == NONE) {
                    return null;
                }
                out[length++] = read;
                i += 2;
            }
        }
        return new String(out, 0, length);
    }
}
