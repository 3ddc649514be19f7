package org.postroom.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * A raw message through a window that moves over it: lines of a header, or content up to the next delimiter of a
 * multipart that is open. The line end before a delimiter is the delimiter's. For one message and one thread.
 */
final class PartSource {
    private InputStream in;
    private final Buffers buffers;
    private final Delimiters delimiters = new Delimiters();
    private byte[] window;
    private int at;
    private int end;
    private boolean ended;
    /** Whether a line begins at {@link #at}. */
    private boolean lineStart = true;

    /** Content reaches at least to here. */
    private int safe;
    /** Whether content reaches no further than {@link #safe}. */
    private boolean closed;
    /** Where the delimiter is that ended the content, -1 at the end of the message. */
    private int stop = -1;
    /** Where the line of that delimiter ends. */
    private int after;

    private int level;
    private boolean closing;

    /** @param buffers which nobody else uses as long as this is read */
    PartSource(InputStream in, Buffers buffers) {
        this.in = in;
        this.buffers = buffers;
        window = buffers.window();
    }

    Buffers buffers() {
        return buffers;
    }

    /** The message is in UTF-16: reads it in UTF-8 from here on. */
    void narrow(boolean bigEndian) {
        byte[] seen = Arrays.copyOfRange(window, at, end);
        in = new WideText(new SequenceInputStream(new ByteArrayInputStream(seen), in), bigEndian);
        at = 0;
        end = 0;
        ended = false;
    }

    /** What came before here is no part of the message. */
    void restartLine() {
        lineStart = true;
    }

    byte[] window() {
        return window;
    }

    int at() {
        return at;
    }

    /** Where what is in the window ends. */
    int end() {
        return end;
    }

    Delimiters delimiters() {
        return delimiters;
    }

    /** Brings as much into the window as it takes, or at least this much if there is so much left. */
    void look(int bytes) throws IOException {
        while (end - at < bytes && fill()) {}
    }

    /** False if nothing more came. */
    private boolean fill() throws IOException {
        if (ended || (at == 0 && end == window.length)) {
            return false;
        }
        if (at > 0) {
            System.arraycopy(window, at, window, 0, end - at);
            end -= at;
            safe -= at;
            stop = stop < 0 ? stop : stop - at;
            after -= at;
            at = 0;
        }
        int n = in.read(window, end, window.length - end);
        ended = n < 0;
        end += Math.max(n, 0);
        return n > 0;
    }

    /**
     * Length of the line that begins here, with its end; a line longer than the window comes in pieces. 0 at the end of
     * the message and before a delimiter.
     */
    int line() throws IOException {
        int k = at;
        while (true) {
            int found = ByteSearch.indexOf(window, (byte) '\n', k, end);
            if (found >= 0) {
                return delimited() ? 0 : found + 1 - at;
            }
            k = end - at;
            boolean more = fill();
            k += at;
            if (!more) {
                return end == at || delimited() ? 0 : end - at;
            }
        }
    }

    private boolean delimited() throws IOException {
        if (delimiters.isEmpty() || end - at < 2 || window[at] != '-' || window[at + 1] != '-' || !lineStart) {
            return false;
        }
        return delimiters.judge(window, at, end, true) == Delimiters.Verdict.FOUND;
    }

    boolean atLineStart() {
        return lineStart;
    }

    /** Leaves a line, or a part of it, behind. */
    void pass(int bytes) {
        if (bytes > 0) {
            at += bytes;
            lineStart = isLineEnd(window[at - 1]);
        }
    }

    /** Content begins here. */
    void startContent() {
        safe = at;
        closed = false;
        stop = -1;
    }

    /** Whether there is content left; then {@link #safe} is beyond {@link #at}. */
    private boolean more() throws IOException {
        while (at == safe) {
            if (closed) {
                return false;
            }
            scan();
        }
        return true;
    }

    private void scan() throws IOException {
        int kept = delimiters.isEmpty() ? 0 : delimiters.longest() + 3;
        if (end - at <= kept) {
            fill();
        }
        if (delimiters.isEmpty()) {
            safe = end;
            closed = ended;
            return;
        }
        int from = at;
        for (int found = delimiters.find(window, from, end); found >= 0; found = delimiters.find(window, from, end)) {
            if (found == at ? lineStart : isLineEnd(window[found - 1])) {
                switch (delimiters.judge(window, found, end, ended)) {
                    case NONE -> {}
                    case FOUND -> {
                        safe = beforeLineEnd(found);
                        stop = found;
                        after = delimiters.after();
                        level = delimiters.level();
                        closing = delimiters.closing();
                        closed = true;
                        return;
                    }
                    case UNDECIDED -> {
                        safe = beforeLineEnd(found);
                        if (safe > at) {
                            return;
                        }
                        int moved = at;
                        fill();
                        found -= moved - at;
                        from = found;
                        continue;
                    }
                }
            }
            from = found + 1;
        }
        safe = ended ? end : Math.max(at, end - kept);
        closed = ended;
    }

    private int beforeLineEnd(int index) {
        int k = index;
        if (k > at && window[k - 1] == '\n') {
            k--;
        }
        return k > at && window[k - 1] == '\r' ? k - 1 : k;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /** Reads content; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int n = Math.min(length, safe - at);
        System.arraycopy(window, at, target, offset, n);
        pass(n);
        return n;
    }

    /** Brings the beginning of the content into the window, at most this much; tells where in it that ends. */
    int ahead(int bytes) throws IOException {
        look(bytes);
        return more() ? Math.min(safe, at + bytes) : at;
    }

    /** The beginning of the content, at most this much; it stays to be read. */
    byte[] peek(int bytes) throws IOException {
        int to = ahead(bytes);
        return Arrays.copyOfRange(window, at, to);
    }

    /** Reads on to the end of the content, without keeping it. */
    void skipContent() throws IOException {
        while (more()) {
            pass(safe - at);
        }
    }

    /** The level of the delimiter after the content, which was read to its end; -1 at the end of the message. */
    int delimiter() {
        return stop < 0 ? -1 : level;
    }

    /** Leaves the delimiter behind; tells whether it was one that ends its multipart. */
    boolean passDelimiter() {
        at = after;
        lineStart = true;
        startContent();
        return closing;
    }

    /** The content as a stream; more than one byte at a time, please. */
    InputStream content() {
        return new Content();
    }

    private final class Content extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return PartSource.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return PartSource.this.read(target, offset, length);
        }

        @Override
        public void close() {}
    }
}
