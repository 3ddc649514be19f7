package org.postroom.parse;

import org.jspecify.annotations.Nullable;
import org.postroom.parse.HtmlElement.Is;
import org.postroom.parse.HtmlFormats.Format;

/**
 * The elements that are open, a bounded number. What is pushed or popped is written at once, to the HTML and to the text. For
 * one document and one thread.
 */
abstract sealed class HtmlStack permits HtmlTree {
    static final int MAX_DEPTH = 200;

    /** What a table needs below itself. */
    static final int TABLE_ROOM = 8;

    final HtmlOutput out;
    final HtmlText text;
    final HtmlRules rules;
    final HtmlFormats formats = new HtmlFormats();

    final HtmlElement[] stack = new HtmlElement[MAX_DEPTH];
    final @Nullable Format[] formatAt = new @Nullable Format[MAX_DEPTH];
    private final boolean[] says = new boolean[MAX_DEPTH];
    final int[] baseBefore = new int[MAX_DEPTH];
    final int[] tables = new int[MAX_DEPTH];
    final int[] openCount = new int[HtmlElement.COUNT];
    final int[] skipped = new int[HtmlElement.COUNT];
    int depth;
    int tableCount;
    int saying;
    boolean ready;

    HtmlStack(HtmlOutput out, HtmlText text, HtmlRules rules) {
        this.out = out;
        this.text = text;
        this.rules = rules;
    }

    /** Whether only rows, cells or columns may stand here. */
    final boolean isBetweenCells() {
        return depth > 0 && stack[depth - 1].holdsTableParts();
    }

    /** Where it is open within the innermost cell, -1 if it is not. */
    final int inScope(HtmlElement element) {
        boolean heading = element.is == Is.HEADING;
        if (!heading && openCount[element.ordinal()] == 0) {
            return -1;
        }
        for (int i = depth - 1; i >= 0; i--) {
            HtmlElement open = stack[i];
            if (heading ? open.is == Is.HEADING : open == element) {
                return i;
            }
            boolean list = element == HtmlElement.LI && (open == HtmlElement.UL || open == HtmlElement.OL);
            if (open.is == Is.TABLE || list) {
                return -1;
            }
        }
        return -1;
    }

    final boolean isTooDeep(HtmlElement element) {
        boolean table = element == HtmlElement.TABLE;
        if (depth + (table ? 2 * TABLE_ROOM : TABLE_ROOM) > MAX_DEPTH) {
            skipped[element.ordinal()]++;
            return true;
        }
        return false;
    }

    final void push(HtmlElement element, HtmlAttributes attributes) {
        if (element == HtmlElement.TR) {
            popTo(tables[tableCount - 1] + 2);
        }
        text.open(element, attributes, null, out.length());
        rules.start(element, attributes, null, saying > 0);
        pushed(element, null, rules.lastSaysDirection());
    }

    final void pushed(HtmlElement element, @Nullable Format format, boolean saysDirection) {
        stack[depth] = element;
        formatAt[depth] = format;
        says[depth++] = saysDirection;
        saying += saysDirection ? 1 : 0;
        openCount[element.ordinal()]++;
        ready = false;
    }

    /** Until so many are left open, and then those formats that were only waiting for a block to end. */
    final void popTo(int left) {
        while (depth > left) {
            pop();
        }
        for (Format top = topFormat(); top != null && top.over; top = topFormat()) {
            pop();
        }
    }

    private @Nullable Format topFormat() {
        return depth == 0 ? null : formatAt[depth - 1];
    }

    private void pop() {
        HtmlElement element = stack[--depth];
        Format format = formatAt[depth];
        boolean misnamed =
                format != null && !format.host.isEmpty() && LinkHosts.isMisnamed(text.wordsWithPoint(), format.host);
        out.add(element.endTag);
        if (misnamed && format != null && rules.mayAdd(format.host.length())) {
            out.add("<small data-link-host=\"\">");
            out.addEscaped(format.host);
            out.add("</small>");
        }
        text.close(element, out.length());
        openCount[element.ordinal()]--;
        saying -= says[depth] ? 1 : 0;
        if (element.is == Is.TABLE) {
            leaveTablePart(element);
        }
        if (format != null) {
            formats.cutOff(format);
        }
        ready = false;
    }

    private void leaveTablePart(HtmlElement element) {
        switch (element) {
            case TABLE -> tableCount--;
            case TD, TH, CAPTION -> formats.leaveCell(baseBefore[depth]);
            default -> {}
        }
    }
}
