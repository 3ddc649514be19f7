package org.postroom.parse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.postroom.parse.Views.Piece;

/** The pieces of a message that are shown as HTML, one after the other, and the text that they show. For one message. */
final class RichText {
    private final StringBuilder html = new StringBuilder();
    private final StringBuilder marked = new StringBuilder();
    private final TextLines lines = new TextLines();
    private final Set<String> trackers = new LinkedHashSet<>();

    static RichText of(List<Piece> pieces, long deadline, Problems problems) {
        RichText rich = new RichText();
        for (Piece piece : pieces) {
            if (piece.isHtml()) {
                SafeHtml.Cleaned cleaned = SafeHtml.clean(piece.content(), deadline);
                if (!cleaned.complete()) {
                    problems.add("HTML took too long: shown as text");
                }
                rich.trackers.addAll(cleaned.trackers());
                rich.add(cleaned.html(), cleaned.marked(), cleaned.lines());
            } else if (!piece.content().isBlank()) {
                String safe = SafeHtml.fromText(piece.content());
                rich.add(safe, HtmlText.withoutMarks(piece.content()), SafeHtml.linesOf(safe));
            }
        }
        return rich;
    }

    private void add(String safe, String text, TextLines places) {
        if (!marked.isEmpty() && marked.charAt(marked.length() - 1) != '\n') {
            marked.append('\n');
        }
        lines.cutTo(lineEnds(marked));
        lines.addAll(places, html.length());
        marked.append(text);
        html.append(safe);
    }

    private static int lineEnds(CharSequence text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += text.charAt(i) == '\n' ? 1 : 0;
        }
        return count;
    }

    String marked() {
        return marked.toString();
    }

    /** Hosts of pictures left out because they only tell who reads. */
    List<String> trackers() {
        return List.copyOf(trackers);
    }

    /** The HTML with these lines of the marked text folded away. */
    String html(List<Fold> folds) {
        return HtmlFolds.apply(html.toString(), lines, folds);
    }
}
