package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.parse.Fold.Kind;

/**
 * What the writer added: text without what is quoted, without signature and legal notices, for the main mail programs and
 * languages. In doubt a line stays; if nothing would be left, what was quoted stays, then everything. A forwarded message
 * is nobody's earlier word here: it stays, note and all.
 */
final class NewText {
    private final MailLines lines;
    private final @Nullable Kind[] folded;

    private NewText(MailLines lines) {
        this.lines = lines;
        this.folded = new Kind[lines.count()];
    }

    /** Of plain text, as {@link #read}. */
    static String of(String text, @Nullable Address writer, boolean forwarded) {
        return read(HtmlText.withoutMarks(text), writer, forwarded).text();
    }

    /**
     * What is new, and which lines are not.
     *
     * @param text as it stands in the message, or as {@link HtmlText} marked it
     * @param writer of the message, null if unknown
     * @param forwarded the subject says that the message is passed on: what it passes on is new
     */
    static Folded read(String text, @Nullable Address writer, boolean forwarded) {
        NewText reading = folded(text, writer, forwarded);
        String kept = reading.join();
        return kept.isEmpty()
                ? new Folded(HtmlText.withoutMarks(text).strip(), List.of())
                : new Folded(kept, reading.folds());
    }

    /** The folds alone of what {@link #read} finds. */
    static List<Fold> folds(String text, @Nullable Address writer, boolean forwarded) {
        NewText reading = folded(text, writer, forwarded);
        return reading.nothingIsLeft() ? List.of() : reading.folds();
    }

    private static NewText folded(String text, @Nullable Address writer, boolean forwarded) {
        NewText reading = new NewText(new MailLines(text));
        reading.fold(writer, forwarded);
        return reading;
    }

    /**
     * The new text, and what was folded away.
     *
     * @param text of the lines that stay, without marks
     * @param folds in order; empty if all stays
     */
    record Folded(String text, List<Fold> folds) {
        /** Copies the list. */
        Folded {
            folds = List.copyOf(folds);
        }
    }

    private void fold(@Nullable Address writer, boolean forwarded) {
        new Quotes(lines, folded, forwarded).fold();
        Notices notices = new Notices(lines, folded);
        notices.foldAbove();
        if (nothingIsLeft()) {
            for (int k = 0; k < folded.length; k++) {
                folded[k] = folded[k] == Kind.QUOTE ? null : folded[k];
            }
        }
        notices.foldBelow();
        new Signatures(lines, folded, writer).fold();
    }

    private boolean nothingIsLeft() {
        for (int k = 0; k < folded.length; k++) {
            if (folded[k] == null && !lines.blank(k)) {
                return false;
            }
        }
        return true;
    }

    private List<Fold> folds() {
        List<Fold> folds = new ArrayList<>();
        Kind open = null;
        int from = 0;
        int last = 0;
        for (int k = 0; k < lines.count(); k++) {
            if (lines.blank(k)) {
                continue;
            }
            Kind kind = folded[k];
            if (kind != open) {
                if (open != null) {
                    folds.add(new Fold(from, last + 1, open));
                }
                open = kind;
                from = k;
            }
            last = k;
        }
        if (open != null) {
            folds.add(new Fold(from, last + 1, open));
        }
        return folds;
    }

    private String join() {
        char[] out = new char[lines.chars().length + lines.count()];
        int length = 0;
        boolean gap = false;
        for (int k = 0; k < lines.count(); k++) {
            if (folded[k] != null || lines.length(k) == 0) {
                gap = true;
                continue;
            }
            if (length > 0) {
                out[length++] = '\n';
                if (gap) {
                    out[length++] = '\n';
                }
            }
            length = lines.write(k, out, length);
            gap = false;
        }
        return new String(out, 0, length).strip();
    }
}
