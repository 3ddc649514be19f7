package org.postroom.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Writes the text of HTML as it is read: lists, tables, links and quotes keep their shape. Lines inside what mail
 * programs mark as quoted or as signature begin with a mark of their own, for {@link NewText}; {@link #withoutMarks}
 * takes the marks out. For one document and one thread.
 */
final class HtmlText {
    /** Begins a line that is quoted. */
    static final char QUOTED = '\uE000';

    /** Begins a line of a signature. */
    static final char SIGNATURE = '\uE001';

    /** A line of its own: all after it is quoted. */
    static final char REST_QUOTED = '\uE002';

    private static final int MAX_OPEN = 300;
    private static final int MAX_LINK = 500;

    /** An open element that changes how text is written. */
    private record Open(String name, char mark, boolean quote, String href, int start) {}

    private final StringBuilder out;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<int[]> lists = new ArrayDeque<>();
    private int silent;
    private int pre;
    private int quotes;
    private int pendingBreaks;
    private boolean pendingSpace;
    private char mark;
    private int cells;
    private boolean afterMarker;

    HtmlText(int size) {
        out = new StringBuilder(Math.max(size, 64));
    }

    void open(String name, List<String> attributes) {
        if (isSilent(name)) {
            silent++;
            push(name, mark, false, "");
            return;
        }
        switch (name) {
            case "br" -> lineBreak();
            case "hr" -> {
                breaks(1);
                write(HtmlQuotes.restIsQuoted(attributes) ? String.valueOf(REST_QUOTED) : "----------");
                breaks(1);
            }
            case "img" -> {}
            case "a" -> push(name, mark, false, attribute(attributes, "href"));
            case "pre", "textarea", "xmp", "listing" -> {
                breaks(1);
                pre++;
                push(name, mark, false, "");
            }
            case "ul", "ol" -> {
                breaks(lists.isEmpty() ? 2 : 1);
                lists.push(new int[] {name.equals("ol") ? 1 : 0});
                push(name, mark, false, "");
            }
            case "li" -> item();
            case "tr" -> {
                breaks(1);
                cells = 0;
            }
            case "td", "th" -> {
                if (cells++ > 0 && pendingBreaks == 0) {
                    pendingSpace = false;
                    write("\t");
                } else if (cells > 1) {
                    pendingBreaks = Math.max(pendingBreaks, 1);
                }
            }
            case "blockquote" -> quote(name, attributes);
            case "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl" -> {
                breaks(2);
                pushIfMarked(name, attributes);
            }
            default -> {
                if (isBlock(name)) {
                    breaks(1);
                }
                pushIfMarked(name, attributes);
            }
        }
    }

    void close(String name) {
        switch (name) {
            case "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl" -> breaks(2);
            case "td", "th" -> {}
            default -> {
                if (isBlock(name)) {
                    breaks(1);
                }
            }
        }
        if (open.isEmpty() || open.stream().noneMatch(o -> o.name.equals(name))) {
            return;
        }
        while (!open.isEmpty()) {
            Open closed = open.pop();
            leave(closed);
            if (closed.name.equals(name)) {
                return;
            }
        }
    }

    private void leave(Open closed) {
        mark = closed.mark;
        if (isSilent(closed.name)) {
            silent--;
        } else if (closed.quote) {
            quotes--;
        }
        switch (closed.name) {
            case "pre", "textarea", "xmp", "listing" -> pre--;
            case "ul", "ol" -> {
                lists.poll();
                breaks(lists.isEmpty() ? 2 : 1);
            }
            case "a" -> link(closed);
            default -> {}
        }
    }

    /** The address after the words, unless the words are the address. */
    private void link(Open a) {
        boolean mail = a.href.regionMatches(true, 0, "mailto:", 0, 7);
        boolean web = a.href.startsWith("http://") || a.href.startsWith("https://");
        if ((!mail && !web) || a.href.length() > MAX_LINK || a.start > out.length()) {
            return;
        }
        String shown = mail ? a.href.substring(7).replaceFirst("\\?.*", "") : a.href;
        String words = out.substring(a.start).strip();
        if (words.isEmpty() || shown.isEmpty() || shown.contains(words) || words.contains(shown)) {
            return;
        }
        pendingSpace = false;
        out.append(" <").append(shown.replaceAll("[\\s\uE000-\uE002]", "")).append('>');
    }

    void text(String chunk) {
        if (silent > 0) {
            return;
        }
        for (int i = 0; i < chunk.length(); i++) {
            char c = chunk.charAt(i);
            if (pre > 0 && c == '\n') {
                lineBreak();
            } else if (pre > 0 && (c == ' ' || c == '\t')) {
                startLine();
                out.append(c);
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00A0') {
                pendingSpace = true;
            } else if (c < ' '
                    || (c >= QUOTED && c <= REST_QUOTED)
                    || c == '\u200B'
                    || c == '\u00AD'
                    || c == '\u034F') {
                continue;
            } else {
                startLine();
                out.append(c);
            }
        }
    }

    private void write(String text) {
        startLine();
        out.append(text);
    }

    private void startLine() {
        if (pendingBreaks > 0 && !out.isEmpty()) {
            out.repeat("\n", pendingBreaks);
        }
        boolean start = out.isEmpty() || out.charAt(out.length() - 1) == '\n';
        if (start) {
            if (mark != 0) {
                out.append(mark);
            }
            if (quotes > 0) {
                out.repeat("> ", quotes);
            }
            out.repeat("  ", Math.max(0, Math.min(lists.size() - 1, 10)));
        } else if (pendingSpace) {
            out.append(' ');
        }
        pendingBreaks = 0;
        pendingSpace = false;
        afterMarker = false;
    }

    private void breaks(int wanted) {
        if (!out.isEmpty() && !afterMarker) {
            pendingBreaks = Math.max(pendingBreaks, wanted);
        }
        pendingSpace = false;
    }

    /** Two in a row are an empty line; more than two are still one. */
    private void lineBreak() {
        pendingBreaks = Math.min(pendingBreaks + 1, 2);
        pendingSpace = false;
    }

    private void item() {
        afterMarker = false;
        breaks(1);
        int[] list = lists.peek();
        if (list == null || list[0] == 0) {
            write("- ");
        } else {
            write(list[0]++ + ". ");
        }
        afterMarker = true;
    }

    private void quote(String name, List<String> attributes) {
        boolean cited = attribute(attributes, "type").equalsIgnoreCase("cite")
                || HtmlQuotes.isQuote(name, attributes)
                || endsWithColon();
        breaks(cited ? 1 : 2);
        if (cited) {
            startsQuote();
        }
        push(name, mark, cited, "");
    }

    private void startsQuote() {
        quotes++;
    }

    /** Somebody is about to be quoted: the text before ends with a colon. */
    private boolean endsWithColon() {
        return !out.isEmpty() && (out.charAt(out.length() - 1) == ':' || out.charAt(out.length() - 1) == '：');
    }

    private void pushIfMarked(String name, List<String> attributes) {
        if (attributes.isEmpty()) {
            if (mark != 0) {
                push(name, mark, false, "");
            }
            return;
        }
        char before = mark;
        if (HtmlQuotes.restIsQuoted(attributes)) {
            breaks(1);
            write(String.valueOf(REST_QUOTED));
            breaks(1);
        } else if (HtmlQuotes.isQuote(name, attributes)) {
            breaks(1);
            mark = QUOTED;
        } else if (mark == 0 && HtmlQuotes.isSignature(attributes)) {
            breaks(1);
            mark = SIGNATURE;
        }
        push(name, before, false, "");
    }

    /** @param before the mark to go back to when it closes */
    private void push(String name, char before, boolean quote, String href) {
        if (open.size() < MAX_OPEN) {
            open.push(new Open(name, before, quote, href, out.length()));
        } else if (quote) {
            quotes--;
        }
    }

    static String attribute(List<String> attributes, String name) {
        for (Iterator<String> at = attributes.iterator(); at.hasNext(); ) {
            String found = at.next();
            String value = at.next();
            if (found.equals(name)) {
                return value.strip();
            }
        }
        return "";
    }

    private static boolean isSilent(String name) {
        return switch (name) {
            case "script", "style", "title", "head", "noscript", "noframes", "template", "object", "iframe", "svg" ->
                true;
            default -> false;
        };
    }

    private static boolean isBlock(String name) {
        return switch (name) {
            case "div",
                    "table",
                    "tr",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "center",
                    "blockquote",
                    "pre",
                    "dt",
                    "dd",
                    "address",
                    "form",
                    "fieldset",
                    "figure",
                    "caption",
                    "aside",
                    "main",
                    "nav",
                    "li" -> true;
            default -> false;
        };
    }

    String marked() {
        return out.toString();
    }

    static String withoutMarks(String marked) {
        boolean any = false;
        for (char c = QUOTED; c <= REST_QUOTED; c++) {
            any |= marked.indexOf(c) >= 0;
        }
        if (!any) {
            return marked;
        }
        StringBuilder text = new StringBuilder(marked.length());
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c == REST_QUOTED && i + 1 < marked.length() && marked.charAt(i + 1) == '\n') {
                i++;
            } else if (c < QUOTED || c > REST_QUOTED) {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** Without tags, for HTML that cannot be read in time: one look at each character. */
    static String stripped(String html) {
        StringBuilder text = new StringBuilder(html.length() / 2);
        boolean tag = false;
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<') {
                tag = i + 1 < html.length()
                        && (Character.isLetter(html.charAt(i + 1))
                                || html.charAt(i + 1) == '/'
                                || html.charAt(i + 1) == '!');
                if (!tag) {
                    text.append(c);
                }
            } else if (c == '>' && tag) {
                tag = false;
                if (!text.isEmpty()
                        && text.charAt(text.length() - 1) != ' '
                        && text.charAt(text.length() - 1) != '\n') {
                    text.append(' ');
                }
            } else if (!tag) {
                text.append(c);
            }
        }
        return text.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }
}
