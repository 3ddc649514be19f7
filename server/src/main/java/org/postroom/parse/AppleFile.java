package org.postroom.parse;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A Macintosh file in AppleSingle (RFC 1740): its data, as everybody else knows it, and its name.
 *
 * @param from where its data begin
 * @param to where they end
 */
record AppleFile(@Nullable String name, int from, int to) {
    private static final int SINGLE = 0x00051600;
    private static final int DATA = 1;
    private static final int REAL_NAME = 3;
    private static final int MOST_ENTRIES = 100;

    /** Null if it is none, or without data. */
    static @Nullable AppleFile read(byte[] bytes, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        if (length < 26 || in.getInt(0) != SINGLE) {
            return null;
        }
        int entries = Math.min(in.getShort(24) & 0xffff, MOST_ENTRIES);
        AppleFile found = null;
        String name = null;
        for (int k = 0; k < entries && 26 + k * 12 + 12 <= length; k++) {
            int id = in.getInt(26 + k * 12);
            int from = in.getInt(30 + k * 12);
            int size = in.getInt(34 + k * 12);
            if (from < 0 || size < 0 || from > length - size) {
                return null;
            }
            if (id == DATA) {
                found = new AppleFile(null, from, from + size);
            } else if (id == REAL_NAME && size > 0) {
                name = TextFiles.name(bytes, from, from + size);
            }
        }
        return found == null ? null : new AppleFile(name, found.from, found.to);
    }
}
