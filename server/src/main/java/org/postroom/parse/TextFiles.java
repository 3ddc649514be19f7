package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files written out in a text: uuencode and yEnc (yEnc draft 1.3). Only what is well formed from its first line to its
 * last counts; a line that just begins with "begin" is text.
 */
final class TextFiles {
    private static final int MOST = 100;

    /** A file that stood in the text. */
    record Found(String name, byte[] content, int length) {}

    /** Where a file ends in the text, and what it is. */
    record End(int at, Found file) {}

    private final byte[] text;
    private final Problems problems;
    private final List<Found> found = new ArrayList<>();
    private int length;

    private TextFiles(byte[] text, int length, Problems problems) {
        this.text = text;
        this.length = length;
        this.problems = problems;
    }

    /** Whether a file may begin in the text. */
    static boolean mayHave(byte[] text, int length) {
        int line = 0;
        while (line + 8 < length) {
            if ((text[line] == 'b' || text[line] == '=') && begins(text, line, length)) {
                return true;
            }
            int end = ByteSearch.indexOf(text, (byte) '\n', line, length);
            if (end < 0) {
                return false;
            }
            line = end + 1;
        }
        return false;
    }

    private static boolean begins(byte[] text, int line, int length) {
        return startsWith(text, line, length, "begin ") || startsWith(text, line, length, "=ybegin ");
    }

    /** Takes the files out of the text, which becomes shorter. */
    static TextFiles taken(byte[] text, int length, Problems problems) {
        TextFiles files = new TextFiles(text, length, problems);
        files.take();
        return files;
    }

    List<Found> found() {
        return found;
    }

    /** Of the text that is left. */
    int length() {
        return length;
    }

    private void take() {
        int to = 0;
        int copied = 0;
        for (int line = 0; line < length && found.size() < MOST; line = nextLine(text, line, length)) {
            if ((text[line] != 'b' && text[line] != '=') || !begins(text, line, length)) {
                continue;
            }
            End end = text[line] == 'b' ? Uuencode.file(text, line, length) : YEnc.file(text, line, length, problems);
            if (end != null) {
                System.arraycopy(text, copied, text, to, line - copied);
                to += line - copied;
                copied = end.at();
                found.add(end.file());
                line = copied - 1; // its line end is before it
            }
        }
        System.arraycopy(text, copied, text, to, length - copied);
        length = to + length - copied;
    }

    /** Index of the next line's beginning. */
    static int nextLine(byte[] text, int from, int length) {
        int i = from;
        while (i < length && text[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, length);
    }

    /** Index of a line's end, without what ends it. */
    static int lineEnd(byte[] text, int from, int length) {
        int i = from;
        while (i < length && text[i] != '\n') {
            i++;
        }
        return i > from && text[i - 1] == '\r' ? i - 1 : i;
    }

    static boolean startsWith(byte[] text, int at, int length, String wanted) {
        if (length - at < wanted.length()) {
            return false;
        }
        for (int k = 0; k < wanted.length(); k++) {
            if (text[at + k] != wanted.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** A name as bytes; null if nothing is left of it. */
    static @Nullable String name(byte[] text, int from, int to) {
        String name =
                Charsets.decode(text, from, to, CharsetGuess.of(text, from, to)).strip();
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        return name.isEmpty() ? null : name;
    }
}
