package org.postroom.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.HtmlElement.Is;

/**
 * Wraps what is not new in safe HTML: {@code <details data-fold="quote">}, {@code signature} or {@code disclaimer}, without
 * a summary. Elements that are open where a fold begins or ends are closed before and opened again after, so the HTML stays
 * well formed. For one document and one thread.
 */
final class HtmlFolds {
    private final String html;
    private final TextLines lines;
    private int[] places = new int[256];
    private @Nullable Open[] opens = new @Nullable Open[256];
    private int count;

    /** An open element; null stands for the document. */
    private record Open(@Nullable Open around, HtmlElement element, int tagFrom, int tagTo, int depth) {}

    /** A place where a fold begins or ends. */
    private record Cut(int place, @Nullable Open open) {}

    private HtmlFolds(String html, TextLines lines) {
        this.html = html;
        this.lines = lines;
    }

    /**
     * The HTML with folds.
     *
     * @param html as {@link SafeHtml} wrote it
     * @param lines where the lines of its text are
     * @param folds ranges of these lines, in order
     */
    static String apply(String html, TextLines lines, List<Fold> folds) {
        return folds.isEmpty() || lines.count() == 0 ? html : new HtmlFolds(html, lines).apply(folds);
    }

    private String apply(List<Fold> folds) {
        readTags();
        StringBuilder out = new StringBuilder(html.length() + 200 * folds.size());
        int done = 0;
        for (Fold fold : folds) {
            if (fold.fromLine() >= lines.count()) {
                break;
            }
            Cut from = cut(fold.fromLine(), done);
            Cut to = cut(fold.toLine(), from.place);
            if (to.place <= from.place) {
                continue;
            }
            Open around = around(from, to);
            out.append(html, done, from.place);
            close(out, from.open, around);
            out.append("<details data-fold=\"")
                    .append(fold.kind().name().toLowerCase(Locale.ROOT))
                    .append("\">");
            reopen(out, from.open, around);
            out.append(html, from.place, to.place);
            close(out, to.open, around);
            out.append("</details>");
            reopen(out, to.open, around);
            done = to.place;
        }
        return out.append(html, done, html.length()).toString();
    }

    /** Remembers after each tag what is open. The HTML is our own: a bracket always begins or ends a tag. */
    private void readTags() {
        Open open = null;
        keep(0, null);
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
            int end = html.indexOf('>', at) + 1;
            if (end == 0) {
                return;
            }
            if (html.charAt(at + 1) == '/') {
                open = open == null ? null : open.around;
            } else {
                int nameEnd = at + 1;
                while (nameEnd < end && html.charAt(nameEnd) != ' ' && html.charAt(nameEnd) != '>') {
                    nameEnd++;
                }
                char[] name = html.substring(at + 1, nameEnd).toCharArray();
                HtmlElement element = HtmlElement.of(name, 0, name.length);
                if (element != null && element.is != Is.VOID && element != HtmlElement.COL) {
                    open = new Open(open, element, at, end, open == null ? 1 : open.depth + 1);
                }
            }
            keep(end, open);
            at = end;
        }
    }

    private void keep(int place, @Nullable Open open) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            opens = Arrays.copyOf(opens, 2 * count);
        }
        places[count] = place;
        opens[count++] = open;
    }

    /** Where a line can begin with the fewest elements open. */
    private Cut cut(int line, int atLeast) {
        if (line >= lines.count()) {
            return new Cut(html.length(), null);
        }
        int first = Math.max(lines.after(line), atLeast);
        int last = Math.max(lines.before(line), first);
        int event = eventAt(first);
        Cut best = new Cut(first, opens[event]);
        for (int i = event + 1; i < count && places[i] <= last; i++) {
            if (depth(opens[i]) < depth(best.open)) {
                best = new Cut(places[i], opens[i]);
            }
        }
        return best;
    }

    private int eventAt(int place) {
        int found = Arrays.binarySearch(places, 0, count, place);
        return found >= 0 ? found : -found - 2;
    }

    /** The innermost element that holds the whole range and may hold a fold. */
    private @Nullable Open around(Cut from, Cut to) {
        int least = Math.min(depth(from.open), depth(to.open));
        for (int i = eventAt(from.place) + 1; i < count && places[i] <= to.place; i++) {
            least = Math.min(least, depth(opens[i]));
        }
        Open around = from.open;
        while (around != null && around.depth > least) {
            around = around.around;
        }
        Open inner = around;
        for (Open open = around; open != null && open.element != HtmlElement.TD && open.element != HtmlElement.TH; ) {
            if (!mayHoldFolds(open.element)) {
                inner = open.around;
            }
            open = open.around;
        }
        while (inner != null && isPartOfStructure(inner.element)) {
            inner = inner.around;
        }
        return inner;
    }

    private static boolean mayHoldFolds(HtmlElement element) {
        return (element.is == Is.BLOCK && element != HtmlElement.P) || element.is == Is.ITEM;
    }

    private static boolean isPartOfStructure(HtmlElement element) {
        return switch (element) {
            case TABLE, TBODY, THEAD, TFOOT, TR, COLGROUP, CAPTION, UL, OL, DL -> true;
            default -> false;
        };
    }

    private void close(StringBuilder out, @Nullable Open from, @Nullable Open to) {
        for (Open open = from; open != null && open.depth > depth(to); open = open.around) {
            out.append(open.element.endTag);
        }
    }

    private void reopen(StringBuilder out, @Nullable Open from, @Nullable Open to) {
        List<Open> again = new ArrayList<>();
        for (Open open = from; open != null && open.depth > depth(to); open = open.around) {
            again.add(open);
        }
        for (Open open : again.reversed()) {
            out.append(html, open.tagFrom, open.tagTo);
        }
    }

    private static int depth(@Nullable Open open) {
        return open == null ? 0 : open.depth;
    }
}
