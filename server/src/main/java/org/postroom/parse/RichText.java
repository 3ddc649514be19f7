package org.postroom.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postroom.parse.Views.Piece;

/**
 * The pieces of a message that are shown as HTML, one after the other, and the text that they show.
 *
 * @param html safe
 * @param marked the text, with the marks of {@link HtmlText}
 * @param lines where the lines of {@code marked} are in {@code html}
 * @param trackers hosts of pictures left out because they only tell who reads
 */
record RichText(String html, String marked, TextLines lines, List<String> trackers) {
    static RichText of(List<Piece> pieces, long deadline, Problems problems) {
        List<RichText> shown = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.isHtml()) {
                SafeHtml.Cleaned cleaned = SafeHtml.clean(piece.content(), deadline);
                if (!cleaned.complete()) {
                    problems.add("HTML took too long: shown as text");
                }
                shown.add(new RichText(cleaned.html(), cleaned.marked(), cleaned.lines(), cleaned.trackers()));
            } else if (!piece.content().isBlank()) {
                String safe = SafeHtml.fromText(piece.content());
                String text = HtmlText.withoutMarks(piece.content());
                shown.add(new RichText(safe, text, SafeHtml.linesOf(safe), List.of()));
            }
        }
        return shown.size() == 1 ? shown.get(0) : joined(shown);
    }

    private static RichText joined(List<RichText> pieces) {
        StringBuilder html = new StringBuilder();
        StringBuilder marked = new StringBuilder();
        TextLines lines = new TextLines();
        Set<String> trackers = new LinkedHashSet<>();
        int ends = 0;
        for (RichText piece : pieces) {
            if (!marked.isEmpty() && marked.charAt(marked.length() - 1) != '\n') {
                marked.append('\n');
                ends++;
            }
            lines.cutTo(ends);
            lines.addAll(piece.lines, html.length());
            marked.append(piece.marked);
            html.append(piece.html);
            ends += lineEnds(piece.marked);
            trackers.addAll(piece.trackers);
        }
        return new RichText(html.toString(), marked.toString(), lines, List.copyOf(trackers));
    }

    private static int lineEnds(String text) {
        int count = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            count++;
        }
        return count;
    }

    /** The HTML with these lines of the marked text folded away. */
    String html(List<Fold> folds) {
        return HtmlFolds.apply(html, lines, folds);
    }
}
