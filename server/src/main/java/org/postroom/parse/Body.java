package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.parse.Views.Piece;

/** The three forms of what a message says. */
record Body(String text, @Nullable String html, String newText) {
    static Body of(Views views, @Nullable Address writer, long deadline, Problems problems) {
        StringBuilder html = new StringBuilder();
        StringBuilder htmlText = new StringBuilder();
        boolean rich = views.html().stream().anyMatch(Piece::isHtml);
        boolean plain = views.text().stream().noneMatch(Piece::isHtml)
                && views.text().stream().anyMatch(p -> !p.content().isBlank());
        if (rich) {
            for (Piece piece : views.html()) {
                if (piece.isHtml()) {
                    SafeHtml.Cleaned cleaned = SafeHtml.clean(piece.content(), deadline);
                    if (!cleaned.complete()) {
                        problems.add("HTML took too long: shown as text");
                    }
                    html.append(cleaned.html());
                    append(htmlText, cleaned.marked());
                } else if (!piece.content().isBlank()) {
                    html.append(SafeHtml.fromText(piece.content()));
                    append(htmlText, HtmlText.withoutMarks(piece.content()));
                }
            }
        }
        String safe = rich ? html.toString() : null;
        if (plain || !rich) {
            StringBuilder text = new StringBuilder();
            views.text().forEach(p -> append(text, p.content()));
            String whole = lines(text.toString());
            return new Body(whole, safe, NewText.of(whole, writer));
        }
        String marked = htmlText.toString();
        return new Body(HtmlText.withoutMarks(marked), safe, NewText.ofMarked(marked, writer));
    }

    private static void append(StringBuilder text, String more) {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
        text.append(more);
    }

    /** LF alone ends a line. */
    private static String lines(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
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
