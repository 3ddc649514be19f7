package org.postroom.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.CssDeclarations.Declaration;

/**
 * What of a {@code style} attribute is kept. Mail repeats a few styles over and over, so the verdicts on short ones are
 * remembered. Safe for use by many threads: what is remembered never changes, and a lost entry is only judged again.
 */
final class Styles {
    private static final int SLOTS = 4096;
    private static final int LONGEST_REMEMBERED = 512;
    private static final int LONGEST = 8_000;

    private static final @Nullable Known[] REMEMBERED = new @Nullable Known[SLOTS];

    private Styles() {}

    /**
     * A verdict.
     *
     * @param text without what is not harmless, in one spelling; empty if nothing is left
     * @param direction whether it says where text begins
     * @param hidden whether the element is not shown
     * @param width in pixels, -1 if not given so
     * @param height in pixels, -1 if not given so
     */
    record Style(char[] text, boolean direction, boolean hidden, int width, int height) {
        static final Style NONE = new Style(new char[0], false, false, -1, -1);

        static Style of(Iterable<Declaration> declarations) {
            return new Style(
                    CssDeclarations.text(declarations).toCharArray(),
                    CssDeclarations.value(declarations, "direction") != null,
                    "none".equalsIgnoreCase(CssDeclarations.value(declarations, "display"))
                            || "hidden".equalsIgnoreCase(CssDeclarations.value(declarations, "visibility")),
                    pixels(CssDeclarations.value(declarations, "width")),
                    pixels(CssDeclarations.value(declarations, "height")));
        }

        private static int pixels(@Nullable String value) {
            return value == null ? -1 : HtmlValues.pixels(value);
        }
    }

    private record Known(int hash, char[] written, Style verdict) {}

    static Style of(char[] s, int from, int to) {
        int length = to - from;
        if (length > LONGEST_REMEMBERED) {
            return length > LONGEST ? Style.NONE : judge(s, from, to);
        }
        int hash = hash(s, from, to);
        int slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
        Known known = REMEMBERED[slot];
        if (known != null && known.hash == hash && Arrays.equals(known.written, 0, known.written.length, s, from, to)) {
            return known.verdict;
        }
        Style verdict = judge(s, from, to);
        REMEMBERED[slot] = new Known(hash, Arrays.copyOfRange(s, from, to), verdict);
        return verdict;
    }

    private static Style judge(char[] s, int from, int to) {
        List<Declaration> declarations = CssDeclarations.read(s, from, to);
        return declarations.isEmpty() ? Style.NONE : Style.of(declarations);
    }

    static int hash(char[] s, int from, int to) {
        int hash = to - from;
        int i = from;
        for (; i + 3 < to; i += 4) {
            hash = hash * 0x9E3779B1 + s[i] + s[i + 1] * 0x101 + s[i + 2] * 0x3F0D + s[i + 3] * 0x7FEB35;
        }
        for (; i < to; i++) {
            hash = hash * 31 + s[i];
        }
        return hash ^ (hash >>> 15);
    }

    /** As CSS cascades: what the sheet says, over it the attribute, over both what is important. */
    static Style combined(List<Declaration> sheet, List<Declaration> own) {
        Map<String, Declaration> result = new LinkedHashMap<>();
        for (boolean important : new boolean[] {false, true}) {
            for (List<Declaration> source : List.of(sheet, own)) {
                for (Declaration d : source) {
                    if (d.important() == important) {
                        result.remove(d.name());
                        result.put(d.name(), d);
                    }
                }
            }
        }
        Style style = Style.of(new ArrayList<>(result.values()));
        return style.text.length > LONGEST ? Style.of(own) : style;
    }

    static @Nullable String clean(String style) {
        char[] text = of(style.toCharArray(), 0, style.length()).text;
        return text.length == 0 ? null : Objects.requireNonNull(String.valueOf(text));
    }
}
