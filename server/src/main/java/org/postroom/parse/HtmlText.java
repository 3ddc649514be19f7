package org.postroom.parse;

import org.jspecify.annotations.Nullable;

/**
 * Writes the text of HTML as it is read: lists, tables, links and quotes keep their shape. Lines inside what mail
 * programs mark as quoted or as signature begin with a mark of their own, for {@link NewText}; {@link #withoutMarks}
 * takes the marks out. Elements come well nested. For one document and one thread.
 */
final class HtmlText {
    /** Begins a line that is quoted. */
    static final char QUOTED = '\uE000';

    /** Begins a line of a signature. */
    static final char SIGNATURE = '\uE001';

    /** A line of its own: all after it is quoted. */
    static final char REST_QUOTED = '\uE002';

    private static final int MAX_LINK = 500;
    private static final int BULLET = -1;
    private static final int MOST_INDENTED = 10;
    private static final int SHORT_CELL = 60;

    private final HtmlOutput out;
    private final TextLines lines = new TextLines();

    private final char[] marks;
    private final boolean[] quoting;
    private final @Nullable String[] links;
    private final int[] starts;
    private final int[] numbers;
    private int depth;
    private int listCount;
    private int pre;
    private int quotes;
    private int pendingBreaks;
    private boolean pendingSpace;
    private char mark;
    private int cells;
    private boolean afterMarker;
    /** A row has begun and shows nothing yet. */
    private boolean rowStart;
    /** The cell before shows a few words on one line. */
    private boolean shortCell;

    private boolean marked;
    private int lineOver = -1;

    /** @param maxDepth elements that may be open at once */
    HtmlText(char[] chars, int maxDepth) {
        out = new HtmlOutput(chars);
        marks = new char[maxDepth];
        quoting = new boolean[maxDepth];
        links = new @Nullable String[maxDepth];
        starts = new int[maxDepth];
        numbers = new int[maxDepth];
    }

    /**
     * An element opens.
     *
     * @param link where it leads, null if nowhere
     * @param place in the HTML, before its tag
     */
    void open(HtmlElement element, HtmlAttributes attributes, @Nullable String link, int place) {
        keep(link);
        switch (element) {
            case PRE -> {
                breaks(1, place);
                pre++;
            }
            case UL, OL -> {
                breaks(listCount == 0 ? 2 : 1, place);
                numbers[listCount++] = element == HtmlElement.OL ? 1 : BULLET;
            }
            case LI -> item(place);
            case TR -> {
                breaks(1, place);
                starts[depth - 1] = cells;
                cells = 0;
                rowStart = true;
                shortCell = false;
            }
            case TD, TH -> cell(place);
            case BLOCKQUOTE -> {
                boolean cited = HtmlQuotes.isCited(attributes) || endsWithColon();
                breaks(cited ? 1 : 2, place);
                quoting[depth - 1] = cited;
                quotes += cited ? 1 : 0;
            }
            default -> {
                breaks(breaksAround(element), place);
                mark(element, attributes, place);
            }
        }
    }

    /** An inline element opens again that a block had cut in two. */
    void openAgain(@Nullable String link) {
        keep(link);
    }

    private void keep(@Nullable String link) {
        marks[depth] = mark;
        quoting[depth] = false;
        links[depth] = link;
        starts[depth++] = out.length();
    }

    /** @param place in the HTML, after its end tag */
    void close(HtmlElement element, int place) {
        depth--;
        switch (element) {
            case PRE -> pre--;
            case UL, OL -> listCount--;
            case TR -> cells = starts[depth];
            default -> {}
        }
        quotes -= quoting[depth] ? 1 : 0;
        mark = marks[depth];
        breaks(
                element == HtmlElement.UL || element == HtmlElement.OL
                        ? listCount == 0 ? 2 : 1
                        : element == HtmlElement.TD || element == HtmlElement.TH ? 0 : breaksAround(element),
                place);
        if (element == HtmlElement.TD || element == HtmlElement.TH) {
            endCell(starts[depth]);
        }
        String link = links[depth];
        if (link != null) {
            link(link, starts[depth]);
        }
    }

    private void mark(HtmlElement element, HtmlAttributes attributes, int place) {
        if (attributes.count() == 0) {
            return;
        }
        switch (attributes.mark(element)) {
            case REST -> restIsQuoted(place);
            case QUOTE -> {
                breaks(1, place);
                mark = QUOTED;
            }
            case SIGNATURE -> {
                if (mark == 0) {
                    breaks(1, place);
                    mark = SIGNATURE;
                }
            }
            case NONE -> {}
        }
    }

    /** All that follows was written before. */
    void restIsQuoted(int place) {
        breaks(1, place);
        startLine(place);
        out.add(REST_QUOTED);
        marked = true;
        breaks(1, place);
    }

    /** The address after the words, unless the words are the address. */
    private void link(String href, int start) {
        boolean mail = href.regionMatches(true, 0, "mailto:", 0, 7);
        boolean web = href.startsWith("http://") || href.startsWith("https://");
        if ((!mail && !web) || href.length() > MAX_LINK || start > out.length()) {
            return;
        }
        int query = mail ? href.indexOf('?') : -1;
        String shown = mail ? href.substring(7, query < 0 ? href.length() : query) : href;
        String words = out.from(start).strip();
        if (words.isEmpty() || shown.isEmpty() || shown.contains(words) || words.contains(shown)) {
            return;
        }
        pendingSpace = false;
        out.add(" <");
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (!Character.isWhitespace(c) && (c < QUOTED || c > REST_QUOTED)) {
                out.add(c);
            }
        }
        out.add('>');
    }

    /** What was written since the innermost element opened, if it may name a host; else empty. */
    String wordsWithPoint() {
        int start = depth == 0 ? out.length() : Math.min(starts[depth - 1], out.length());
        return out.has('.', start) || out.has('\u3002', start) ? out.from(start) : "";
    }

    /** Characters without blanks at the ends or two in a row, and none that this class treats apart. */
    void run(char[] s, int from, int to, int place) {
        startLine(place);
        out.add(s, from, to);
    }

    /** A blank of any kind but no line end. */
    void blank(char c, int place) {
        if (pre > 0) {
            startLine(place);
            out.add(c == '\t' ? '\t' : ' ');
        } else {
            pendingSpace = true;
        }
    }

    /** A line end in the source. */
    void sourceLineEnd(int place) {
        if (pre > 0) {
            lineBreak(place);
        } else {
            pendingSpace = true;
        }
    }

    /** Any other code point; what shows nothing is left out. */
    void codePoint(int c, int place) {
        if (c == '\u00AD' || c == '\u034F' || c == '\u200B' || (c >= QUOTED && c <= REST_QUOTED)) {
            return;
        }
        startLine(place);
        out.addCodePoint(c);
    }

    /** A rule across the page. */
    void rule(HtmlAttributes attributes, int place) {
        breaks(1, place);
        startLine(place);
        if (HtmlQuotes.of(HtmlElement.HR, attributes) == HtmlQuotes.Mark.REST) {
            out.add(REST_QUOTED);
            marked = true;
        } else {
            out.add("----------");
        }
        breaks(1, place);
    }

    /** A row or cell without a table. */
    void lostTablePart(HtmlElement element, int place) {
        if (element == HtmlElement.TR) {
            breaks(1, place);
        } else {
            pendingSpace = true;
        }
    }

    private void startLine(int place) {
        if (pendingBreaks == 0 && !pendingSpace && !afterMarker && out.length() > 0) {
            return;
        }
        if (out.length() == 0) {
            lines.add(Math.max(lineOver, 0), place);
        }
        if (pendingBreaks > 0 && out.length() > 0) {
            out.repeat('\n', pendingBreaks);
            for (int i = 0; i < pendingBreaks; i++) {
                lines.add(lineOver < 0 ? place : lineOver, place);
            }
        }
        char last = out.last();
        if (last == 0 || last == '\n') {
            if (mark != 0) {
                out.add(mark);
                marked = true;
            }
            for (int i = 0; i < quotes; i++) {
                out.add("> ");
            }
            out.repeat(' ', 2 * Math.max(0, Math.min(listCount - 1, MOST_INDENTED)));
        } else if (pendingSpace) {
            out.add(' ');
        }
        pendingBreaks = 0;
        pendingSpace = false;
        afterMarker = false;
        rowStart = false;
        lineOver = -1;
    }

    private void breaks(int wanted, int place) {
        if (wanted == 0) {
            return;
        }
        if (!afterMarker) {
            int most = rowStart ? 1 : wanted;
            pendingBreaks = out.length() == 0 ? pendingBreaks : Math.max(pendingBreaks, Math.min(wanted, most));
            over(place);
        }
        pendingSpace = false;
    }

    /** Two in a row are an empty line; more than two are still one. */
    void lineBreak(int place) {
        pendingBreaks = Math.min(pendingBreaks + 1, 2);
        pendingSpace = false;
        over(place);
    }

    private void over(int place) {
        if (lineOver < 0) {
            lineOver = place;
        }
    }

    private void item(int place) {
        afterMarker = false;
        breaks(1, place);
        startLine(place);
        if (listCount == 0 || numbers[listCount - 1] == BULLET) {
            out.add("- ");
        } else {
            out.add(Integer.toString(numbers[listCount - 1]++));
            out.add(". ");
        }
        afterMarker = true;
    }

    private void cell(int place) {
        if (cells++ > 0) {
            if (shortCell) {
                pendingBreaks = 0;
                lineOver = -1;
            }
            if (pendingBreaks == 0) {
                pendingSpace = false;
                startLine(place);
                out.add('\t');
                afterMarker = shortCell;
            }
        }
    }

    /** Word processors put a paragraph into each cell: one of a few words does not end its row. */
    private void endCell(int start) {
        afterMarker = false;
        int from = Math.min(start, out.length());
        while (from < out.length() && out.at(from) <= ' ') {
            from++;
        }
        int length = out.length() - from;
        shortCell = length == 0 ? !rowStart : length <= SHORT_CELL && !out.has('\n', from);
        if (shortCell) {
            pendingBreaks = Math.min(pendingBreaks, 1);
        }
    }

    /** Somebody is about to be quoted: the text before ends with a colon. */
    private boolean endsWithColon() {
        return out.last() == ':' || out.last() == '：';
    }

    private static int breaksAround(HtmlElement element) {
        return switch (element.is) {
            case HEADING -> 2;
            case BLOCK -> element == HtmlElement.P || element == HtmlElement.DL ? 2 : 1;
            case ITEM, ROOT -> 1;
            case TABLE ->
                element == HtmlElement.TABLE || element == HtmlElement.TR || element == HtmlElement.CAPTION ? 1 : 0;
            case FORMAT, INLINE, VOID, RAW, OTHER -> 0;
        };
    }

    boolean hasMarks() {
        return marked;
    }

    String marked() {
        return out.toString();
    }

    TextLines lines() {
        return lines;
    }

    static String withoutMarks(String marked) {
        if (marked.indexOf(QUOTED) < 0 && marked.indexOf(SIGNATURE) < 0 && marked.indexOf(REST_QUOTED) < 0) {
            return marked;
        }
        int first = 0;
        while (marked.charAt(first) < QUOTED || marked.charAt(first) > REST_QUOTED) {
            first++;
        }
        StringBuilder text = new StringBuilder(marked.length()).append(marked, 0, first);
        for (int i = first; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == REST_QUOTED && i + 1 < marked.length() && marked.charAt(i + 1) == '\n') {
                i++;
            } else if (c < QUOTED || c > REST_QUOTED) {
                text.append(c);
            }
        }
        return text.toString();
    }
}
