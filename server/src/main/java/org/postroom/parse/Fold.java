package org.postroom.parse;

/**
 * A range of lines that an agent sees only on demand. Lines are those between line feeds of the text that was read, counted
 * from 0; a range neither begins nor ends with a blank line. The folds of a text are in order and never overlap.
 *
 * @param fromLine first line
 * @param toLine line after the last
 * @param kind why it is folded
 */
record Fold(int fromLine, int toLine, Kind kind) {
    /** What is folded. */
    enum Kind {
        /** What somebody wrote before, with the lines that introduce it. */
        QUOTE,
        /** The writer's name and address, or what his program adds of itself. */
        SIGNATURE,
        /** Legal notices, scanners' notes, banners, footers of mailing lists. */
        DISCLAIMER
    }

    /** Refuses an empty range. */
    Fold {
        if (fromLine < 0 || toLine <= fromLine) {
            throw new IllegalArgumentException("a fold has at least one line");
        }
    }
}
