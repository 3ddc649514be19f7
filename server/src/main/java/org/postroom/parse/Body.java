package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.parse.Views.Piece;

/**
 * The three forms of what a message says.
 *
 * @param trackers hosts of pictures left out because they only tell who reads
 */
record Body(String text, @Nullable String html, String newText, List<String> trackers) {
    static Body of(Views views, @Nullable Address writer, boolean forwarded, long deadline, Problems problems) {
        boolean rich = hasHtml(views.html());
        boolean plain = !hasHtml(views.text()) && hasWords(views.text());
        RichText shown = rich ? RichText.of(views.html(), deadline, problems) : null;
        if (plain || shown == null) {
            String whole = lines(joined(views.text()));
            String html = shown == null ? null : shown.html(NewText.folds(shown.marked(), writer, forwarded));
            List<String> trackers = shown == null ? List.of() : shown.trackers();
            return new Body(whole, html, NewText.of(whole, writer, forwarded), trackers);
        }
        NewText.Folded folded = NewText.read(shown.marked(), writer, forwarded);
        String html = shown.html(folded.folds());
        return new Body(HtmlText.withoutMarks(shown.marked()), html, folded.text(), shown.trackers());
    }

    private static boolean hasHtml(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (piece.isHtml()) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasWords(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (!piece.content().isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static String joined(List<Piece> pieces) {
        if (pieces.size() == 1) {
            return pieces.get(0).content();
        }
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
            text.append(piece.content());
        }
        return text.toString();
    }

    /** LF alone ends a line. */
    private static String lines(String text) {
        int first = text.indexOf('\r');
        if (first < 0) {
            return text;
        }
        StringBuilder lines = new StringBuilder(text.length());
        int from = 0;
        for (int end = first; end >= 0; end = text.indexOf('\r', from)) {
            lines.append(text, from, end).append('\n');
            from = end + (text.startsWith("\n", end + 1) ? 2 : 1);
        }
        return lines.append(text, from, text.length()).toString();
    }

    /** Marks what the HTML shows as inline, whatever its disposition says. */
    List<Attachment> withInline(List<Attachment> attachments) {
        String shown = html;
        if (shown == null || attachments.isEmpty() || !shown.contains("cid:")) {
            return attachments;
        }
        String lower = shown.toLowerCase(Locale.ROOT);
        return attachments.stream()
                .map(a -> a.contentId() == null
                                || a.inline()
                                || !lower.contains("cid:" + a.contentId().toLowerCase(Locale.ROOT))
                        ? a
                        : new Attachment(a.name(), a.contentType(), a.size(), a.sha256(), a.contentId(), true))
                .toList();
    }
}
