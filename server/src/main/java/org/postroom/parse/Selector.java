package org.postroom.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A simple CSS selector.
 *
 * @param element null for any
 * @param name of a class or an id, in lower case; empty for any
 * @param isId whether it is an id
 */
record Selector(@Nullable HtmlElement element, String name, boolean isId) {
    private static final int LONGEST = 120;

    /** Null if it is not simple. */
    static @Nullable Selector of(char[] s, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && HtmlAttributes.isSpace(s[from])) {
            from++;
        }
        while (to > from && HtmlAttributes.isSpace(s[to - 1])) {
            to--;
        }
        if (to == from || to - from > LONGEST) {
            return null;
        }
        int mark = -1;
        for (int i = from; i < to; i++) {
            char c = s[i];
            if (c == '.' || c == '#') {
                if (mark >= 0) {
                    return null;
                }
                mark = i;
            } else if (!Character.isLetterOrDigit(c) && c != '-' && c != '_') {
                return null;
            }
        }
        int elementEnd = mark < 0 ? to : mark;
        HtmlElement element = HtmlElement.of(s, from, elementEnd);
        if ((element == null && elementEnd > from) || mark == to - 1) {
            return null;
        }
        String name = mark < 0 ? "" : new String(s, mark + 1, to - mark - 1).toLowerCase(Locale.ROOT);
        return new Selector(element == null ? null : element.shown(), name, mark >= 0 && s[mark] == '#');
    }
}
