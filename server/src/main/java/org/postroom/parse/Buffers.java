package org.postroom.parse;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * The arrays that reading a message takes, kept from one message to the next so that they need not be made and emptied
 * each time. What they hold is what the last reader left. For one message at a time, one thread at a time.
 */
final class Buffers {
    private static final int WINDOW = 32 << 10;
    private static final int PART = 32 << 10;
    private static final int CODED = 8 << 10;

    /** Longer ones are made when they are needed and forgotten then. */
    private static final int MOST_CHARACTERS = 64 << 10;

    /** Of messages that are read already; no more than can be needed at a time: a message, and its HTML. */
    private static final Queue<Buffers> SPARE =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    private byte[] window = {};
    private byte[] part = {};
    private byte[] coded = {};
    private byte[] lines = {};
    private byte[] lastLines = {};
    private byte[] decoded = {};
    private char[] html = {};
    private char[] written = {};
    private char[] shown = {};

    /** For a message; whoever takes them gives them back when it is read. */
    static Buffers take() {
        Buffers spare = SPARE.poll();
        return spare == null ? new Buffers() : spare;
    }

    /** Nobody uses them any more. */
    void giveBack() {
        SPARE.offer(this); // or forgotten, if enough are kept
    }

    /** For the raw message. */
    byte[] window() {
        window = window.length == 0 ? new byte[WINDOW] : window;
        return window;
    }

    /** For the content of the part that is read. */
    byte[] part() {
        part = part.length == 0 ? new byte[PART] : part;
        return part;
    }

    /** For what is still encoded of that part. */
    byte[] coded() {
        coded = coded.length == 0 ? new byte[CODED] : coded;
        return coded;
    }

    /** Of exactly this length, for lines of base64 without their ends; as many as fit come again, the last ones do not. */
    byte[] lines(int length) {
        if (length < lines.length) {
            lastLines = lastLines.length == length ? lastLines : new byte[length];
            return lastLines;
        }
        lines = lines.length == length ? lines : new byte[length];
        return lines;
    }

    /** Of this length or more, for what such lines stand for. */
    byte[] decoded(int length) {
        decoded = decoded.length >= length ? decoded : new byte[length];
        return decoded;
    }

    /** Of this length or more, for HTML as it came. */
    char[] html(int length) {
        if (length > MOST_CHARACTERS) {
            return new char[length];
        }
        html = atLeast(html, length);
        return html;
    }

    /** Of this length or more, for HTML as it is written. */
    char[] written(int length) {
        if (length > MOST_CHARACTERS) {
            return new char[length];
        }
        written = atLeast(written, length);
        return written;
    }

    /** Of this length or more, for what HTML shows. */
    char[] shown(int length) {
        if (length > MOST_CHARACTERS) {
            return new char[length];
        }
        shown = atLeast(shown, length);
        return shown;
    }

    private static char[] atLeast(char[] array, int length) {
        return array.length >= length ? array : new char[Math.min(length + (length >> 1), MOST_CHARACTERS)];
    }
}
