package org.postroom.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Start tags that a document has written before, so that each is read once: word processors repeat a few of them for every
 * line. For one document and one thread.
 */
final class SeenTags {
    private static final int GROUPS = 8;

    /** Tags in a group. */
    private static final int WAYS = 3;

    private static final int SHORTEST = 8;
    private static final int LONGEST = 500;

    /** A tag, with attributes once it has come a second time. */
    static final class Seen {
        private final int from;
        private final int length;
        private final int nameEnd;
        private final HtmlElement element;
        private @Nullable HtmlAttributes attributes;

        private Seen(int from, int length, int nameEnd, HtmlElement element) {
            this.from = from;
            this.length = length;
            this.nameEnd = nameEnd;
            this.element = element;
        }

        HtmlElement element() {
            return element;
        }

        /** In characters, with both brackets. */
        int length() {
            return length;
        }
    }

    private final char[] s;
    private final int end;
    private final HtmlReferences references;
    private final @Nullable Seen[] seen = new @Nullable Seen[GROUPS * WAYS];
    private int next;

    SeenTags(char[] source, int end, HtmlReferences references) {
        this.s = source;
        this.end = end;
        this.references = references;
    }

    private int group(int at) {
        return ((s[at + 1] + s[at + 2] * 3 + s[at + SHORTEST - 1] * 5) & (GROUPS - 1)) * WAYS;
    }

    /** The tag that begins there, null if it was not seen or is forgotten. */
    @Nullable
    Seen at(int bracket) {
        if (end - bracket < SHORTEST) {
            return null;
        }
        int group = group(bracket);
        for (int i = group; i < group + WAYS; i++) {
            Seen one = seen[i];
            if (one != null
                    && bracket + one.length <= end
                    && s[bracket + one.length - 1] == '>'
                    && Arrays.equals(s, one.from, one.from + one.length, s, bracket, bracket + one.length)) {
                return one;
            }
        }
        return null;
    }

    /** Its attributes, which nobody changes. */
    HtmlAttributes attributes(Seen tag) {
        HtmlAttributes known = tag.attributes;
        if (known == null) {
            known = new HtmlAttributes(s, end, references);
            known.read(tag.nameEnd);
            known.keep();
            tag.attributes = known;
        }
        return known;
    }

    /**
     * Remembers a tag that was read.
     *
     * @param nameEnd place after its name
     * @param after place after the tag
     */
    void keep(HtmlElement element, int bracket, int nameEnd, int after) {
        int length = after - bracket;
        if (length >= SHORTEST && length <= LONGEST && element.is != HtmlElement.Is.RAW) {
            next = (next + 1) % WAYS;
            seen[group(bracket) + next] = new Seen(bracket, length, nameEnd, element);
        }
    }
}
