package org.postroom.mailbox.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads server responses (RFC 9051 section 9) one at a time from a connection. A literal can be handed to a taker as a
 * stream, so that a message never stands whole in memory. What is not understood is kept as an atom, never an error.
 */
final class ImapInput {
    private static final int LARGEST_SMALL_LITERAL = 1 << 20;
    private static final int LONGEST_LINE = 8 << 20;
    private static final int DEEPEST = 60;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int at;
    private int end;
    private int lineLength;

    /** What becomes of a literal; the result stands in its place in the response. */
    interface LiteralTaker {
        @Nullable
        Object take(long size, InputStream literal) throws IOException;
    }

    /**
     * One response.
     *
     * @param tag {@code *}, {@code +} or a command's tag
     * @param text everything behind the tag, for status responses
     * @param values the same, parsed, for data responses; empty for status responses
     */
    record Response(String tag, String text, List<@Nullable Object> values) {
        /** The word at this place in upper case, or an empty one. */
        String word(int index) {
            return index < values.size() && values.get(index) instanceof String s
                    ? s.toUpperCase(java.util.Locale.ROOT)
                    : "";
        }
    }

    ImapInput(InputStream in) {
        this.in = in;
    }

    /** Whether nothing is left in the buffer. */
    boolean drained() {
        return at == end;
    }

    /** The next response; blocks for it. */
    Response next(LiteralTaker taker) throws IOException {
        lineLength = 0;
        String tag = atom();
        if (tag.equals("+")) {
            return new Response(tag, line(), List.of());
        }
        skipSpace();
        if (!tag.equals("*") || isStatus()) {
            return new Response(tag, line(), List.of());
        }
        List<@Nullable Object> values = values(taker, 0);
        return new Response(tag, "", values);
    }

    private boolean isStatus() throws IOException {
        int c = peek();
        if (c != 'O' && c != 'N' && c != 'B' && c != 'P' && c != 'o' && c != 'n' && c != 'b') {
            return false;
        }
        fill(5);
        String word = new String(buffer, at, Math.min(5, end - at), StandardCharsets.US_ASCII)
                .toUpperCase(java.util.Locale.ROOT);
        return word.startsWith("OK ")
                || word.startsWith("NO ")
                || word.startsWith("BAD ")
                || word.startsWith("BYE ")
                || word.startsWith("PREAU")
                || word.startsWith("BYE\r")
                || word.startsWith("OK\r")
                || word.startsWith("NO\r");
    }

    private List<@Nullable Object> values(LiteralTaker taker, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("the server nests its answer deeper than " + DEEPEST);
        }
        List<@Nullable Object> values = new ArrayList<>();
        while (true) {
            int c = peek();
            switch (c) {
                case ' ' -> read();
                case '(' -> {
                    read();
                    values.add(values(taker, depth + 1));
                }
                case ')' -> {
                    read();
                    if (depth > 0) {
                        return values;
                    }
                }
                case '\r' -> read();
                case '\n' -> {
                    read();
                    if (depth > 0) {
                        throw new IOException("the server's answer ends within a list");
                    }
                    return values;
                }
                case '"' -> values.add(quoted());
                case '{' -> values.add(literal(taker));
                default -> {
                    String atom = atom();
                    values.add(atom.equalsIgnoreCase("NIL") ? null : atom);
                }
            }
        }
    }

    private String quoted() throws IOException {
        read();
        StringBuilder text = new StringBuilder();
        for (int c = read(); c != '"'; c = read()) {
            text.append((char) (c == '\\' ? read() : c));
        }
        return text.toString();
    }

    private @Nullable Object literal(LiteralTaker taker) throws IOException {
        read();
        long size = 0;
        for (int c = read(); c != '}'; c = read()) {
            if (c == '+') {
                continue;
            }
            if (c < '0' || c > '9' || size > (1L << 40)) {
                throw new IOException("the server sent a malformed literal");
            }
            size = size * 10 + (c - '0');
        }
        int c = read();
        if (c == '\r') {
            read();
        }
        lineLength = 0;
        var bounded = new Bounded(size);
        Object taken = taker.take(size, bounded);
        bounded.drain();
        return taken;
    }

    /** Takes a literal into memory, if it is small. */
    static Object small(long size, InputStream literal) throws IOException {
        if (size > LARGEST_SMALL_LITERAL) {
            throw new IOException("the server sent a literal of " + size + " bytes where none was expected");
        }
        return new String(literal.readNBytes((int) size), StandardCharsets.UTF_8);
    }

    private String atom() throws IOException {
        StringBuilder text = new StringBuilder();
        int brackets = 0;
        while (true) {
            int c = peek();
            if (c == '\r' || c == '\n' || (brackets == 0 && (c == ' ' || c == '(' || c == ')'))) {
                return text.toString();
            }
            // BODY[HEADER.FIELDS (DATE FROM)] is one word to us; a keyword may hold a bracket that never closes.
            boolean opens = c == '[' && (brackets > 0 || isSection(text));
            brackets += opens ? 1 : c == ']' && brackets > 0 ? -1 : 0;
            text.append((char) read());
        }
    }

    private static boolean isSection(StringBuilder word) {
        String name = word.toString().toUpperCase(java.util.Locale.ROOT);
        return name.startsWith("BODY") || name.startsWith("BINARY");
    }

    private String line() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int c = read(); c != '\n'; c = read()) {
            if (c != '\r') {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    private void skipSpace() throws IOException {
        while (peek() == ' ') {
            read();
        }
    }

    private int peek() throws IOException {
        if (at == end) {
            refill();
        }
        return buffer[at] & 0xff;
    }

    private int read() throws IOException {
        int c = peek();
        at++;
        if (++lineLength > LONGEST_LINE) {
            throw new IOException("the server sent a line of more than " + LONGEST_LINE + " bytes");
        }
        return c;
    }

    private void fill(int bytes) throws IOException {
        while (end - at < bytes) {
            int left = end - at;
            boolean complete = false;
            for (int i = at; i < end; i++) {
                complete |= buffer[i] == '\n';
            }
            if (complete) {
                return;
            }
            if (at > 0) {
                System.arraycopy(buffer, at, buffer, 0, left);
                at = 0;
                end = left;
            }
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                throw new EOFException("the server closed the connection");
            }
            end += n;
        }
    }

    private void refill() throws IOException {
        int n = in.read(buffer, 0, buffer.length);
        if (n <= 0) {
            throw new EOFException("the server closed the connection");
        }
        at = 0;
        end = n;
    }

    /** The bytes of one literal. */
    private final class Bounded extends InputStream {
        private long left;

        Bounded(long size) {
            left = size;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            int c = peek();
            at++;
            left--;
            return c;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            peek();
            int n = (int) Math.min(Math.min(length, end - at), left);
            System.arraycopy(buffer, at, target, offset, n);
            at += n;
            left -= n;
            return n;
        }

        void drain() throws IOException {
            while (left > 0) {
                peek();
                int n = (int) Math.min(end - at, left);
                at += n;
                left -= n;
            }
        }
    }
}
