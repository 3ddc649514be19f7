package org.postroom.parse;

/**
 * Reads HTML once from end to end, as browsers do (WHATWG HTML section 13.2.5), and hands tags and text on. What has no
 * end is ended early rather than swallowed: a comment at its first bracket, an unfinished tag likewise. For one document
 * and one thread.
 */
final class HtmlReader {
    private static final byte[] KINDS = new byte[128];
    private static final byte PLAIN = 0;
    /** The blank that may stand single within a run. */
    private static final byte SPACE = 1;

    private static final byte LINE_END = 2;
    private static final byte MARKUP = 3;
    private static final byte OTHER = 4;
    private static final byte TAB = 5;
    private static final int TAGS_BETWEEN_LOOKS = 255;

    static {
        for (int c = 0; c < 128; c++) {
            KINDS[c] = c < ' ' || c == 127 ? OTHER : PLAIN;
        }
        KINDS[' '] = SPACE;
        KINDS['\t'] = TAB;
        KINDS['\f'] = TAB;
        KINDS['\n'] = LINE_END;
        KINDS['\r'] = LINE_END;
        KINDS['<'] = MARKUP;
        KINDS['&'] = MARKUP;
        KINDS['>'] = OTHER;
        KINDS['"'] = OTHER;
    }

    private final char[] s;
    private final int end;
    private final long deadline;
    private final HtmlReferences references = new HtmlReferences();
    private final HtmlAttributes attributes;
    private final SeenTags seenTags;
    private final HtmlOutput out;
    private final HtmlText text;
    private final StyleSheet sheet = new StyleSheet();
    private final HtmlRules rules;
    private final HtmlTree tree;
    private int tags;
    private boolean unfinishedTag;
    private boolean unfinishedComment;

    /**
     * @param deadline as {@link System#nanoTime()}
     * @param buffers which nobody else uses until the last question is answered
     */
    HtmlReader(String html, long deadline, Buffers buffers) {
        this.end = html.length();
        this.s = buffers.html(end);
        html.getChars(0, end, s, 0);
        this.deadline = deadline;
        this.attributes = new HtmlAttributes(s, end, references);
        this.seenTags = new SeenTags(s, end, references);
        this.out = new HtmlOutput(buffers.written(end + 256));
        this.text = new HtmlText(buffers.shown(end / 3 + 256), HtmlTree.MAX_DEPTH);
        this.rules = new HtmlRules(out, sheet, HtmlDirection.hasRightToLeft(html, s, end), end);
        this.tree = new HtmlTree(out, text, rules, new HtmlAttributes(s, end, references));
    }

    /** Reads all; false if the time was not enough. */
    boolean read() {
        int at = 0;
        while (at < end) {
            if (s[at] != '<') {
                at = text(at);
            } else {
                if ((tags++ & TAGS_BETWEEN_LOOKS) == 0 && System.nanoTime() - deadline > 0) {
                    return false;
                }
                at = markup(at);
            }
        }
        tree.finish();
        return true;
    }

    String html() {
        return out.toString();
    }

    String marked() {
        return text.marked();
    }

    boolean hasMarks() {
        return text.hasMarks();
    }

    TextLines lines() {
        return text.lines();
    }

    Trackers trackers() {
        return rules.trackers();
    }

    private int text(int from) {
        if (tree.isForeign()) {
            int at = from + 1;
            while (at < end && s[at] != '<') {
                at++;
            }
            return at;
        }
        int at = from;
        while (at < end) {
            char c = s[at];
            int kind = kind(c);
            switch (kind) {
                case PLAIN -> at = run(at);
                case SPACE, TAB -> {
                    out.add(c == '\t' ? '\t' : ' ');
                    text.blank(c, out.length());
                    at++;
                }
                case LINE_END -> {
                    if (c == '\n' || at + 1 == end || s[at + 1] != '\n') {
                        out.add('\n');
                        text.sourceLineEnd(out.length());
                    }
                    at++;
                }
                case MARKUP -> {
                    if (c == '<') {
                        return at;
                    }
                    at = reference(at);
                }
                default -> {
                    codePoint(c);
                    at++;
                }
            }
        }
        return at;
    }

    /** The fast way: characters that stand for themselves, with single blanks between. */
    private int run(int from) {
        int at = afterRun(s, from, end);
        tree.beforeText();
        text.run(s, from, at, out.length());
        out.add(s, from, at);
        return at;
    }

    private static int afterRun(char[] s, int from, int end) {
        byte[] kinds = KINDS;
        int at = from;
        int before = SPACE;
        while (at < end) {
            char c = s[at];
            int kind = c < 128 ? kinds[c] : kind(c);
            if (kind + (kind & before) > SPACE) {
                break; // neither plain nor the only blank
            }
            before = kind;
            at++;
        }
        return at > from && s[at - 1] == ' ' ? at - 1 : at;
    }

    private static int kind(char c) {
        if (c < 128) {
            return KINDS[c];
        }
        boolean special = c <= '\u00AD'
                ? c <= '\u00A0' || c == '\u00AD'
                : c == '\u200B' || c == '\u034F' || (c >= '\uE000' && c <= '\uE002');
        return special ? OTHER : PLAIN;
    }

    private int reference(int at) {
        int after = references.read(s, at, end, false);
        if (after == at) {
            codePoint('&');
            return at + 1;
        }
        int second = references.second;
        codePoint(references.first);
        if (second != 0) {
            codePoint(second);
        }
        return after;
    }

    private void codePoint(int c) {
        switch (c) {
            case ' ', '\t', '\f' -> {
                out.add(c == '\t' ? '\t' : ' ');
                text.blank((char) c, out.length());
            }
            case '\n' -> {
                out.add('\n');
                text.sourceLineEnd(out.length());
            }
            case 0xA0 -> {
                if (!tree.isBetweenCells()) {
                    tree.beforeText();
                    out.add('\u00A0');
                    text.blank(' ', out.length());
                }
            }
            case '<', '>', '&', '"' -> {
                tree.beforeText();
                text.codePoint(c, out.length());
                out.add(
                        switch (c) {
                            case '<' -> "&lt;";
                            case '>' -> "&gt;";
                            case '&' -> "&amp;";
                            default -> "&quot;";
                        });
            }
            default -> {
                if (c >= ' ' && (c < 127 || c > 0x9F)) {
                    tree.beforeText();
                    text.codePoint(c, out.length());
                    out.addCodePoint(c);
                }
            }
        }
    }

    /** @param at of the bracket */
    private int markup(int at) {
        char c = at + 1 < end ? s[at + 1] : 0;
        if (isLetter(c)) {
            return tag(at, at + 1, false);
        }
        if (c == '/') {
            char next = at + 2 < end ? s[at + 2] : 0;
            if (isLetter(next)) {
                return tag(at, at + 2, true);
            }
            return next == 0 ? literal(at) : next == '>' ? at + 3 : afterBracket(at + 2);
        }
        if (c == '!') {
            return at + 3 < end && s[at + 2] == '-' && s[at + 3] == '-' ? comment(at + 4) : afterBracket(at + 2);
        }
        return c == '?' ? afterBracket(at + 2) : literal(at);
    }

    private int literal(int at) {
        if (!tree.isForeign()) {
            codePoint('<');
        }
        return at + 1;
    }

    private int afterBracket(int from) {
        int at = from;
        while (at < end && s[at] != '>') {
            at++;
        }
        return Math.min(at + 1, end);
    }

    /** @param from after its opening */
    private int comment(int from) {
        if (from < end && s[from] == '>') {
            return from + 1;
        }
        if (from + 1 < end && s[from] == '-' && s[from + 1] == '>') {
            return from + 2;
        }
        for (int at = from; !unfinishedComment && at + 2 < end; at++) {
            if (s[at] == '-' && s[at + 1] == '-') {
                if (s[at + 2] == '>') {
                    return at + 3;
                }
                if (s[at + 2] == '!' && at + 3 < end && s[at + 3] == '>') {
                    return at + 4;
                }
            }
        }
        unfinishedComment = true;
        return afterBracket(from);
    }

    private int tag(int bracket, int name, boolean endTag) {
        SeenTags.Seen seen = endTag ? null : seenTags.at(bracket);
        if (seen != null) {
            tree.start(seen.element(), seenTags.attributes(seen));
            return bracket + seen.length();
        }
        int at = name;
        while (at < end && (s[at] > '>' || (s[at] != '>' && s[at] != '/' && !HtmlAttributes.isSpace(s[at])))) {
            at++;
        }
        HtmlElement element = HtmlElement.of(s, name, at);
        int after;
        if (at < end && s[at] == '>') {
            attributes.clear();
            after = at + 1;
        } else {
            after = attributes.read(at);
        }
        if (after < 0) {
            return unfinished(bracket);
        }
        if (element == null) {
            return after;
        }
        if (endTag) {
            tree.end(element);
            return after;
        }
        if (element.is == HtmlElement.Is.RAW) {
            return raw(element, after);
        }
        seenTags.keep(element, bracket, at, after);
        tree.start(element, attributes);
        return after;
    }

    /** A tag that the document ends within: only the first is looked for further on, lest all be read again for each. */
    private int unfinished(int bracket) {
        if (unfinishedTag) {
            return end;
        }
        unfinishedTag = true;
        return afterBracket(bracket);
    }

    /** Elements whose content is characters. */
    private int raw(HtmlElement element, int from) {
        int close = element == HtmlElement.PLAINTEXT ? end : rawEnd(element, from);
        boolean found = close < end || element == HtmlElement.PLAINTEXT;
        switch (element) {
            case STYLE -> sheet.add(s, from, close);
            case XMP, PLAINTEXT, TEXTAREA -> {
                if (!found) {
                    return from;
                }
                tree.start(element, attributes);
                characters(from, close, element == HtmlElement.TEXTAREA);
                tree.end(element);
            }
            case TITLE -> {
                if (!found) {
                    return from;
                }
            }
            default -> {}
        }
        return found && close < end ? afterBracket(close) : end;
    }

    private void characters(int from, int to, boolean withReferences) {
        int at = from;
        while (at < to) {
            char c = s[at];
            if (c == '&' && withReferences) {
                at = Math.min(reference(at), to);
            } else {
                int point = Character.codePointAt(s, at, to);
                codePoint(point == '\r' ? '\n' : point);
                at += Character.charCount(point);
            }
        }
    }

    private int rawEnd(HtmlElement element, int from) {
        String name = element.name();
        for (int at = from; at + name.length() + 2 <= end; at++) {
            if (s[at] == '<' && s[at + 1] == '/' && isName(name, at + 2)) {
                int after = at + 2 + name.length();
                if (after == end || s[after] == '>' || s[after] == '/' || HtmlAttributes.isSpace(s[after])) {
                    return at;
                }
            }
        }
        return end;
    }

    private boolean isName(String name, int at) {
        for (int i = 0; i < name.length(); i++) {
            if ((s[at + i] & ~0x20) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
