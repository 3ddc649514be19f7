package org.postroom.parse;

import java.util.Arrays;

/**
 * Where each line of the text lies in the safe HTML: between the end of the line before and its own first character. For
 * one thread.
 */
final class TextLines {
    private int[] after = new int[64];
    private int[] before = new int[64];
    private int count;

    /** @param after place in the HTML where the line before is over
     * @param before place where its first character stands */
    void add(int after, int before) {
        if (count == this.after.length) {
            this.after = Arrays.copyOf(this.after, 2 * count);
            this.before = Arrays.copyOf(this.before, 2 * count);
        }
        this.after[count] = after;
        this.before[count++] = before;
    }

    /** Adds the lines of a further piece. */
    void addAll(TextLines piece, int htmlBefore) {
        for (int i = 0; i < piece.count; i++) {
            add(piece.after[i] + htmlBefore, piece.before[i] + htmlBefore);
        }
    }

    /** Forgets the lines after this many. */
    void cutTo(int most) {
        count = Math.min(count, most);
    }

    int count() {
        return count;
    }

    int after(int line) {
        return after[line];
    }

    int before(int line) {
        return before[line];
    }
}
