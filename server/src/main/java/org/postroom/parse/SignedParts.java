package org.postroom.parse;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a multipart/signed lie within its body (RFC 1847 section 2.1): the bytes that were signed, and where
 * the line stands that begins all the rest. The line break before a boundary belongs to the boundary.
 *
 * @param from the first signed byte
 * @param to behind the last
 * @param rest where the second boundary begins
 */
record SignedParts(long from, long to, long rest) {
    /** Null if there are not two boundaries. */
    static @Nullable SignedParts find(InputStream body, byte[] delimiter) throws IOException {
        InputStream in = body instanceof BufferedInputStream ? body : new BufferedInputStream(body, 1 << 16);
        long position = 0;
        long line = 0; // where the present line begins
        long from = -1;
        int matched = 0; // bytes of the delimiter that this line began with; -1 once it differs
        boolean isDelimiter = false;
        int before = -1;
        int beforeThat = -1;
        int lineBreak = 0; // length of the break that ended the line before
        while (true) {
            int b = in.read();
            if (matched == delimiter.length && !isDelimiter) {
                isDelimiter = b < 0 || b == '\r' || b == '\n' || b == ' ' || b == '\t' || b == '-';
                if (isDelimiter && from >= 0) {
                    return new SignedParts(from, Math.max(from, line - lineBreak), line);
                }
                matched = isDelimiter ? matched : -1;
            } else if (matched >= 0 && matched < delimiter.length) {
                matched = b == delimiter[matched] ? matched + 1 : -1;
            }
            if (b < 0) {
                return null;
            }
            position++;
            beforeThat = before;
            before = b;
            if (b == '\n') {
                if (isDelimiter && from < 0) {
                    from = position;
                }
                lineBreak = beforeThat == '\r' ? 2 : 1;
                line = position;
                matched = 0;
                isDelimiter = false;
            }
        }
    }
}
