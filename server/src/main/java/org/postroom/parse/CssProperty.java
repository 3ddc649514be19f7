package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSS property that is kept. None of them places anything over something else, loads, runs or makes content.
 *
 * @param name in lower case
 * @param kind what its value may hold besides words, colours and numbers from 0
 */
record CssProperty(String name, Kind kind) {
    /** What a value may hold besides. */
    enum Kind {
        PLAIN,
        /** Names in quotes. */
        FONT,
        /** Small negative numbers. */
        SHIFT,
        /** Much; only the colour is kept. */
        BACKGROUND
    }

    private static final List<String> PLAIN = Words.list("""
            background-color; border; border-bottom; border-bottom-color; border-bottom-left-radius;
            border-bottom-right-radius; border-bottom-style; border-bottom-width; border-collapse; border-color;
            border-left; border-left-color; border-left-style; border-left-width; border-radius; border-right;
            border-right-color; border-right-style; border-right-width; border-spacing; border-style; border-top;
            border-top-color; border-top-left-radius; border-top-right-radius; border-top-style; border-top-width;
            border-width; box-shadow; box-sizing; break-after; break-before; break-inside; caption-side; clear; color;
            column-gap; direction; display; empty-cells; float; font-size; font-stretch; font-style; font-variant;
            font-weight; gap; height; hyphens; justify-content; align-items; line-break; line-height; list-style;
            list-style-position; list-style-type; margin; margin-bottom; margin-top; max-height; max-width; min-height;
            min-width; opacity; overflow; overflow-wrap; overflow-x; overflow-y; padding; padding-bottom;
            padding-left; padding-right; padding-top; row-gap; tab-size; table-layout; text-align; text-align-last;
            text-decoration; text-decoration-color; text-decoration-line; text-decoration-style; text-overflow;
            text-shadow; text-transform; unicode-bidi; vertical-align; visibility; white-space; width; word-break;
            word-spacing; word-wrap; writing-mode""");
    private static final List<String> FONT = List.of("font", "font-family");
    private static final List<String> SHIFT = List.of("margin-left", "margin-right", "text-indent", "letter-spacing");

    private static final Set<String> PLACING = Words.set("""
            none; repeat; no-repeat; repeat-x; repeat-y; scroll; fixed; local; center; left; right; top; bottom; cover;
            contain; initial; inherit; unset; border-box; padding-box; content-box; round; space; auto""");

    private static final NameTable UNITS =
            new NameTable(List.of("px", "pt", "em", "rem", "ex", "ch", "cm", "mm", "in", "pc", "vw", "vh", "fr"));
    private static final NameTable COLOURS = new NameTable(List.of("rgb", "rgba", "hsl", "hsla"));

    private static final List<CssProperty> ALL = all();
    private static final NameTable NAMES =
            new NameTable(ALL.stream().map(CssProperty::name).toList());

    private static List<CssProperty> all() {
        List<CssProperty> all = new ArrayList<>();
        PLAIN.forEach(name -> all.add(new CssProperty(name, Kind.PLAIN)));
        FONT.forEach(name -> all.add(new CssProperty(name, Kind.FONT)));
        SHIFT.forEach(name -> all.add(new CssProperty(name, Kind.SHIFT)));
        all.add(new CssProperty("background", Kind.BACKGROUND));
        return List.copyOf(all);
    }

    /** Null if it is not kept. */
    static @Nullable CssProperty of(char[] s, int from, int to) {
        int at = NAMES.find(s, from, to);
        return at < 0 ? null : ALL.get(at);
    }

    static boolean isUnit(char[] s, int from, int to) {
        return UNITS.find(s, from, to) >= 0;
    }

    static boolean isColour(char[] s, int from, int to) {
        return COLOURS.find(s, from, to) >= 0;
    }

    /** Whether a word in {@code background} is something else than a colour. */
    static boolean isPlacing(String word) {
        return PLACING.contains(word.toLowerCase(Locale.ROOT));
    }
}
