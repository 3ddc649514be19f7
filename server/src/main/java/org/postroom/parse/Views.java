package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part of the tree shows: to a reader of plain text and to a reader of HTML. A piece may be of the other kind
 * where its sender offers no choice.
 */
record Views(List<Piece> text, List<Piece> html) {
    static final Views NOTHING = new Views(List.of(), List.of());

    /** A decoded body part. */
    record Piece(String content, boolean isHtml) {}

    static Views of(Piece piece) {
        return new Views(List.of(piece), List.of(piece));
    }

    /** Everything one after the other, as Apple Mail writes texts around pictures. */
    static Views inOrder(List<Views> children) {
        if (children.size() == 1) {
            return children.get(0);
        }
        List<Piece> text = new ArrayList<>();
        List<Piece> html = new ArrayList<>();
        for (Views child : children) {
            text.addAll(child.text);
            html.addAll(child.html);
        }
        return new Views(text, html);
    }

    /** The best of each (RFC 2046 section 5.1.4): the first that is plain all through, the last that has HTML. */
    static Views choice(List<Views> children) {
        List<Piece> text = List.of();
        List<Piece> html = List.of();
        boolean plain = false;
        boolean rich = false;
        for (Views child : children) {
            boolean childPlain = child.text.stream().noneMatch(Piece::isHtml);
            if (!blank(child.text) && (text.isEmpty() || (childPlain && !plain))) {
                text = child.text;
                plain = childPlain;
            }
            boolean childRich = child.html.stream().anyMatch(Piece::isHtml);
            if (!blank(child.html) && (html.isEmpty() || childRich || !rich)) {
                html = child.html;
                rich = childRich;
            }
        }
        return new Views(text, html);
    }

    /** The same with the text or HTML of a message that came along in another format, for what is missing. */
    Views with(String plain, @Nullable String rich) {
        boolean silent = blank(text);
        List<Piece> texts = silent && !plain.isBlank() ? List.of(new Piece(plain, false)) : text;
        if (rich == null || rich.isBlank() || html.stream().anyMatch(Piece::isHtml)) {
            return new Views(texts, silent ? texts : html);
        }
        List<Piece> riches = new ArrayList<>(List.of(new Piece(rich, true)));
        riches.addAll(html.subList(Math.min(1, html.size()), html.size()));
        return new Views(blank(texts) ? riches : texts, riches);
    }

    private static boolean blank(List<Piece> pieces) {
        return pieces.stream().allMatch(p -> p.content.isBlank());
    }
}
