package org.postroom.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the tag that is being read, as places in the source; of those written twice the first counts. Values
 * are decoded when asked for. Used again for each tag; for one thread.
 */
final class HtmlAttributes {
    private static final int COUNT = HtmlAttribute.ALL.length;

    private final char[] s;
    private final int end;
    private final HtmlReferences references;
    private final int[] from = new int[COUNT];
    private final int[] to = new int[COUNT];
    private final char[][] values = new char[COUNT][];
    private final HtmlAttribute[] order = new HtmlAttribute[COUNT];
    private char[] decoded = {};
    private int used;
    private int count;
    private boolean selfClosing;

    private HtmlQuotes.@Nullable Mark mark;
    private @Nullable Written written;
    private boolean kept;

    /** Whether the value read last has a reference or a character that may not be. */
    private boolean special;

    HtmlAttributes(char[] source, int end, HtmlReferences references) {
        this.s = source;
        this.end = end;
        this.references = references;
        Arrays.fill(from, -1);
    }

    /**
     * How a tag was written.
     *
     * @param from place in the output
     * @param to place after it
     * @param rules number of rules in style sheets then
     * @param directionSaid whether an element around it said where text begins
     * @param saysDirection whether it does so itself
     * @param style length of its style
     */
    record Written(int from, int to, int rules, boolean directionSaid, boolean saysDirection, int style) {}

    /** They stay as they are, for each further tag like this one. */
    void keep() {
        kept = true;
    }

    /** Whether how the tag is written may be remembered: it stays, and leads nowhere. */
    boolean isRepeatable() {
        return kept
                && !has(HtmlAttribute.SRC)
                && !has(HtmlAttribute.HREF)
                && !has(HtmlAttribute.BACKGROUND)
                && !has(HtmlAttribute.DATA_REMOTE_SRC)
                && !has(HtmlAttribute.DATA_REMOTE_BACKGROUND);
    }

    /** How the tag was written when it came before, null if that is not known. */
    @Nullable
    Written written() {
        return written;
    }

    void written(Written as) {
        written = as;
    }

    /** What the tag marks, found out once. */
    HtmlQuotes.Mark mark(HtmlElement element) {
        HtmlQuotes.Mark found = mark;
        if (found == null) {
            found = HtmlQuotes.of(element, this);
            mark = found;
        }
        return found;
    }

    /** Forgets all. */
    void clear() {
        mark = null;
        written = null;
        for (int i = 0; i < count; i++) {
            from[order[i].ordinal()] = -1;
        }
        count = 0;
        used = 0;
        selfClosing = false;
    }

    /**
     * Reads to the end of a tag.
     *
     * @param at after its name
     * @return the place after the tag, -1 if it has no end
     */
    int read(int at) {
        clear();
        int i = at;
        while (true) {
            while (i < end && (isSpace(s[i]) || s[i] == '/')) {
                i++;
            }
            if (i >= end) {
                return -1;
            }
            if (s[i] == '>') {
                selfClosing = s[i - 1] == '/';
                return i + 1;
            }
            int name = i++;
            while (i < end && s[i] != '=' && s[i] != '>' && s[i] != '/' && !isSpace(s[i])) {
                i++;
            }
            int nameEnd = i;
            while (i < end && isSpace(s[i])) {
                i++;
            }
            if (i < end && s[i] == '=') {
                i = value(name, nameEnd, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else {
                special = false;
                keep(name, nameEnd, nameEnd, nameEnd);
            }
        }
    }

    private int value(int name, int nameEnd, int at) {
        int i = at;
        while (i < end && isSpace(s[i])) {
            i++;
        }
        if (i >= end) {
            return -1;
        }
        char quote = s[i];
        int start = i;
        if (quote == '"' || quote == '\'') {
            start++;
            i++;
            i = afterValue(quote, i);
            if (i >= end) {
                return -1;
            }
            keep(name, nameEnd, start, i);
            return i + 1;
        }
        special = false;
        while (i < end && s[i] != '>' && !isSpace(s[i])) {
            special |= s[i] == '&' || s[i] == 0;
            i++;
        }
        keep(name, nameEnd, start, i);
        return i;
    }

    private int afterValue(char quote, int from) {
        char[] chars = s;
        int stop = end;
        int i = from;
        while (i < stop && (chars[i] > '\'' || (chars[i] != quote && chars[i] != '&' && chars[i] != 0))) {
            i++;
        }
        special = i < stop && chars[i] != quote;
        while (i < stop && chars[i] != quote) {
            i++;
        }
        return i;
    }

    private void keep(int name, int nameEnd, int start, int stop) {
        int known = HtmlAttribute.NAMES.find(s, name, nameEnd);
        if (known >= 0 && from[known] < 0) {
            from[known] = start;
            to[known] = stop;
            values[known] = s;
            order[count++] = HtmlAttribute.ALL[known];
            if (special) {
                decode(known);
            }
        }
    }

    /** References become what they stand for; most values have none. */
    private void decode(int known) {
        int start = from[known];
        int stop = to[known];
        int begin = used;
        if (begin + stop - start > decoded.length) {
            decoded = new char[Math.max(2 * (stop - start), 256)];
            begin = 0;
        }
        int out = begin;
        int i = start;
        while (i < stop) {
            char c = s[i];
            int after = c == '&' ? references.read(s, i, stop, true) : i;
            if (after > i) {
                out += Character.toChars(references.first, decoded, out);
                out += references.second == 0 ? 0 : Character.toChars(references.second, decoded, out);
                i = after;
            } else {
                decoded[out++] = c == 0 ? '\uFFFD' : c;
                i++;
            }
        }
        values[known] = decoded;
        from[known] = begin;
        to[known] = out;
        used = out;
    }

    boolean isSelfClosing() {
        return selfClosing;
    }

    int count() {
        return count;
    }

    /** In the order of the source. */
    HtmlAttribute get(int at) {
        return order[at];
    }

    boolean has(HtmlAttribute name) {
        return from[name.ordinal()] >= 0;
    }

    /** What holds the value; the source if there is none. */
    char[] chars(HtmlAttribute name) {
        return from[name.ordinal()] < 0 ? s : values[name.ordinal()];
    }

    int from(HtmlAttribute name) {
        return from[name.ordinal()];
    }

    int to(HtmlAttribute name) {
        return to[name.ordinal()];
    }

    /** Without blanks at its ends; empty if it is missing. */
    String value(HtmlAttribute name) {
        int at = name.ordinal();
        return from[at] < 0 ? "" : new String(values[at], from[at], to[at] - from[at]).strip();
    }

    static boolean isSpace(char c) {
        return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f');
    }
}
