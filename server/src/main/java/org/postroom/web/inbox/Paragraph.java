package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;

/** A paragraph of plain text; each has a direction of its own. */
record Paragraph(List<Piece> pieces) {
    private static final int MOST = 2000;

    /** Cuts text at its empty lines; what lies beyond a bound stays together. */
    static List<Paragraph> of(String text) {
        List<Paragraph> paragraphs = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        for (Piece piece : Piece.of(text)) {
            if (piece.href() != null) {
                pieces.add(piece);
                continue;
            }
            String left = piece.text();
            int end = end(left);
            while (end >= 0 && paragraphs.size() < MOST) {
                pieces.add(new Piece(left.substring(0, end), null));
                paragraphs.add(new Paragraph(List.copyOf(pieces)));
                pieces.clear();
                left = left.substring(end);
                end = end(left);
            }
            pieces.add(new Piece(left, null));
        }
        if (!pieces.isEmpty()) {
            paragraphs.add(new Paragraph(List.copyOf(pieces)));
        }
        return paragraphs;
    }

    /** Where the next paragraph begins: behind an empty line, and all empty lines after it; -1 if there is none. */
    private static int end(String text) {
        int line = text.indexOf('\n');
        while (line >= 0) {
            int at = line + 1;
            int next = text.indexOf('\n', at);
            if (next >= 0 && text.substring(at, next).isBlank()) {
                while (next >= 0 && text.substring(at, next).isBlank()) {
                    at = next + 1;
                    next = text.indexOf('\n', at);
                }
                return at;
            }
            line = next;
        }
        return -1;
    }
}
