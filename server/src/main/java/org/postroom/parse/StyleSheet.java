package org.postroom.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.CssDeclarations.Declaration;
import org.postroom.parse.Styles.Style;

/**
 * The simple rules of a mail's {@code style} elements, to be written into {@code style} attributes: by element, class,
 * element and class, or id. Everything else, and everything after an at sign, is passed over. For one document.
 */
final class StyleSheet {
    private static final int MOST_RULES = 2_000;
    private static final int MOST_CHARACTERS = 400_000;
    private static final int SLOTS = 512;
    private static final int MOST_MATCHES = 24;

    private final List<Rule> rules = new ArrayList<>();
    private final @Nullable IntList[] byElement = new @Nullable IntList[HtmlElement.COUNT];
    private final List<IntList> byClass = new ArrayList<>();
    private final List<IntList> byId = new ArrayList<>();
    private final List<String> classes = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private NameTable classNames = new NameTable(List.of());
    private NameTable idNames = new NameTable(List.of());
    private int read;

    private final int[] matches = new int[MOST_MATCHES];
    private int matchCount;
    private @Nullable Known[] known = {};

    /** @param element null for any */
    private record Rule(@Nullable HtmlElement element, List<Declaration> declarations) {}

    private record Known(int hash, int[] rules, char[] written, Style verdict) {}

    /** Places in the list of rules, in order. */
    private static final class IntList {
        private int[] values = new int[2];
        private int count;

        void add(int value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** How many rules it has; grows with each sheet. */
    int size() {
        return rules.size();
    }

    /** Reads the content of a {@code style} element. */
    void add(char[] s, int from, int to) {
        known = new @Nullable Known[SLOTS];
        int end = Math.min(to, from + MOST_CHARACTERS - read);
        read += Math.max(0, end - from);
        int at = from;
        while (at < end && rules.size() < MOST_RULES) {
            char c = s[at];
            if (HtmlAttributes.isSpace(c) || c == '}' || c == ';') {
                at++;
            } else if (c == '/' && at + 1 < end && s[at + 1] == '*') {
                at = CssScan.afterComment(s, at, end);
            } else if (HtmlValues.startsWith(s, at, end, "<!--")) {
                at += 4;
            } else if (HtmlValues.startsWith(s, at, end, "-->")) {
                at += 3;
            } else if (c == '@') {
                at = CssScan.afterAtRule(s, at, end);
            } else {
                at = rule(s, at, end);
            }
        }
        classNames = new NameTable(classes);
        idNames = new NameTable(ids);
    }

    private int rule(char[] s, int from, int end) {
        int open = from;
        while (open < end && s[open] != '{') {
            open++;
        }
        if (open == end) {
            return end;
        }
        int close = CssScan.blockEnd(s, open + 1, end);
        List<Declaration> declarations = null;
        int start = from;
        for (int i = from; i <= open; i++) {
            if (i == open || s[i] == ',') {
                Selector selector = Selector.of(s, start, i);
                if (selector != null && rules.size() < MOST_RULES) {
                    declarations = declarations == null ? CssDeclarations.read(s, open + 1, close) : declarations;
                    add(selector, declarations);
                }
                start = i + 1;
            }
        }
        return close + 1;
    }

    private void add(Selector selector, List<Declaration> declarations) {
        if (declarations.isEmpty()) {
            return;
        }
        int number = rules.size();
        rules.add(new Rule(selector.element(), declarations));
        if (!selector.name().isEmpty()) {
            boolean id = selector.isId();
            List<String> names = id ? ids : classes;
            List<IntList> places = id ? byId : byClass;
            int at = names.indexOf(selector.name());
            if (at < 0) {
                at = names.size();
                names.add(selector.name());
                places.add(new IntList());
            }
            places.get(at).add(number);
        } else if (selector.element() != null) {
            int at = selector.element().ordinal();
            IntList places = byElement[at];
            if (places == null) {
                places = new IntList();
                byElement[at] = places;
            }
            places.add(number);
        }
    }

    /** What applies to an element, its own style included. */
    Style of(HtmlElement element, HtmlAttributes attributes) {
        boolean own = attributes.has(HtmlAttribute.STYLE);
        int from = own ? attributes.from(HtmlAttribute.STYLE) : 0;
        int to = own ? attributes.to(HtmlAttribute.STYLE) : 0;
        char[] s = attributes.chars(HtmlAttribute.STYLE);
        match(element, attributes);
        if (matchCount == 0) {
            return own ? Styles.of(s, from, to) : Style.NONE;
        }
        int hash = Styles.hash(s, from, to);
        for (int i = 0; i < matchCount; i++) {
            hash = hash * 31 + matches[i];
        }
        int slot = (hash ^ (hash >>> 9)) & (SLOTS - 1);
        Known before = known[slot];
        if (before != null
                && before.hash == hash
                && Arrays.equals(before.rules, 0, before.rules.length, matches, 0, matchCount)
                && Arrays.equals(before.written, 0, before.written.length, s, from, to)) {
            return before.verdict;
        }
        List<Declaration> sheet = new ArrayList<>();
        for (int i = 0; i < matchCount; i++) {
            sheet.addAll(rules.get(matches[i]).declarations);
        }
        Style verdict = Styles.combined(sheet, CssDeclarations.read(s, from, to));
        known[slot] = new Known(hash, Arrays.copyOf(matches, matchCount), Arrays.copyOfRange(s, from, to), verdict);
        return verdict;
    }

    /** By element, then by class, then by element and class, then by id: each kind outweighs those before. */
    private void match(HtmlElement element, HtmlAttributes attributes) {
        matchCount = 0;
        IntList own = byElement[element.ordinal()];
        if (own != null) {
            keep(own, element, false);
        }
        if (attributes.has(HtmlAttribute.CLASS)) {
            matchClasses(element, attributes, false);
            matchClasses(element, attributes, true);
        }
        if (attributes.has(HtmlAttribute.ID) && !ids.isEmpty()) {
            int at = idNames.find(
                    attributes.chars(HtmlAttribute.ID),
                    attributes.from(HtmlAttribute.ID),
                    attributes.to(HtmlAttribute.ID));
            if (at >= 0) {
                keep(byId.get(at), element, false);
                keep(byId.get(at), element, true);
            }
        }
    }

    private void matchClasses(HtmlElement element, HtmlAttributes attributes, boolean withElement) {
        char[] s = attributes.chars(HtmlAttribute.CLASS);
        int i = attributes.from(HtmlAttribute.CLASS);
        int end = Math.min(attributes.to(HtmlAttribute.CLASS), i + 300);
        while (i < end && !classes.isEmpty()) {
            while (i < end && HtmlAttributes.isSpace(s[i])) {
                i++;
            }
            int start = i;
            while (i < end && !HtmlAttributes.isSpace(s[i])) {
                i++;
            }
            int at = classNames.find(s, start, i);
            if (at >= 0) {
                keep(byClass.get(at), element, withElement);
            }
        }
    }

    private void keep(IntList places, HtmlElement element, boolean withElement) {
        for (int i = 0; i < places.count && matchCount < MOST_MATCHES; i++) {
            HtmlElement wanted = rules.get(places.values[i]).element;
            boolean plain = wanted == null || (!withElement && byElement[element.ordinal()] == places);
            if (withElement ? wanted == element : plain) {
                matches[matchCount++] = places.values[i];
            }
        }
    }
}
