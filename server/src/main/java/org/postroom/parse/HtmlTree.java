package org.postroom.parse;

import org.jspecify.annotations.Nullable;
import org.postroom.parse.HtmlElement.Is;
import org.postroom.parse.HtmlFormats.Format;

/**
 * Nests elements as browsers do, with implied ends and a bounded stack, and writes them at once: as safe HTML and to the
 * text. What is written is well formed, so that it means the same to whoever reads it. For one document and one thread.
 */
final class HtmlTree extends HtmlStack {
    private final HtmlAttributes none;
    private boolean foreign;
    private boolean bodySeen;

    /** @param none attributes of elements that the sender left out */
    HtmlTree(HtmlOutput out, HtmlText text, HtmlRules rules, HtmlAttributes none) {
        super(out, text, rules);
        this.none = none;
    }

    /** Whether text stands inside a drawing, where it is no text. */
    boolean isForeign() {
        return foreign;
    }

    /** Opens what text needs around it. */
    void beforeText() {
        if (ready) {
            return;
        }
        if (isBetweenCells()) {
            tablePart(HtmlElement.TD, none);
        }
        if (depth == 0 && rules.isRightToLeft()) {
            int place = out.length();
            out.add("<div dir=\"auto\">");
            text.open(HtmlElement.BODY, none, null, place);
            pushed(HtmlElement.BODY, null, false);
        }
        for (Format format = formats.firstWaiting(); format != null; format = formats.firstWaiting()) {
            if (depth >= MAX_DEPTH - TABLE_ROOM || !rules.mayAdd(format.tagTo - format.tagFrom)) {
                formats.forgetWaiting();
                break;
            }
            out.again(format.tagFrom, format.tagTo);
            text.openAgain(format.link);
            formats.opened(format);
            pushed(format.element, format, format.saysDirection);
        }
        ready = true;
    }

    void start(HtmlElement given, HtmlAttributes attributes) {
        HtmlElement element = given.shown();
        if (foreign) {
            if ((element.is == Is.TABLE && element != HtmlElement.TABLE) || element == HtmlElement.A) {
                return;
            }
            foreign = false;
        }
        switch (element.is) {
            case VOID -> single(element, attributes);
            case ROOT -> root(element, attributes);
            case TABLE -> tablePart(element, attributes);
            case FORMAT -> format(element, attributes);
            case INLINE -> inline(element, attributes);
            case BLOCK, HEADING, ITEM -> block(element, attributes);
            case OTHER -> foreign = element == HtmlElement.SVG && !attributes.isSelfClosing();
            case RAW -> {}
        }
    }

    void end(HtmlElement given) {
        HtmlElement element = given.shown();
        int at = element.ordinal();
        foreign = foreign && element != HtmlElement.SVG && openCount[at] == 0;
        if (foreign) {
            return;
        }
        if (skipped[at] > 0) {
            skipped[at]--;
            return;
        }
        switch (element.is) {
            case FORMAT -> endFormat(element);
            case INLINE -> endInline(element);
            case BLOCK, HEADING, ITEM -> endBlock(element);
            case TABLE -> endTablePart(element);
            case VOID -> {
                if (element == HtmlElement.BR) {
                    single(element, none);
                }
            }
            case ROOT, OTHER, RAW -> {}
        }
    }

    /** Closes whatever is open. */
    void finish() {
        popTo(0);
    }

    private void root(HtmlElement element, HtmlAttributes attributes) {
        boolean fresh = depth == 0 || (depth == 1 && stack[0] == HtmlElement.HTML);
        if (!fresh || bodySeen || openCount[element.ordinal()] > 0) {
            return;
        }
        bodySeen |= element == HtmlElement.BODY;
        int place = out.length();
        if (rules.root(element, attributes)) {
            text.open(element, none, null, place);
            pushed(element, null, rules.lastSaysDirection());
        }
    }

    private void single(HtmlElement element, HtmlAttributes attributes) {
        if (element == HtmlElement.IMG) {
            if (rules.isPicture(attributes)) {
                beforeText();
                rules.start(element, attributes, null, true);
            }
            return;
        }
        if (isBetweenCells()) {
            return;
        }
        if (element == HtmlElement.HR) {
            closeParagraph();
            text.rule(attributes, out.length());
        }
        rules.start(element, attributes, null, true);
        if (element == HtmlElement.BR) {
            text.lineBreak(out.length());
        }
    }

    private void format(HtmlElement element, HtmlAttributes attributes) {
        if (isBetweenCells()) {
            return;
        }
        String link = null;
        if (element == HtmlElement.A || element == HtmlElement.NOBR) {
            Format before = lingering(element);
            if (before != null) {
                close(before, true);
            }
            link = element == HtmlElement.A ? HtmlAddresses.link(attributes) : null;
            if (element == HtmlElement.A && link == null) {
                if (HtmlQuotes.of(element, attributes) == HtmlQuotes.Mark.REST) {
                    text.restIsQuoted(out.length());
                }
                return;
            }
        }
        if (isTooDeep(element)) {
            return;
        }
        beforeText();
        text.open(element, attributes, link, out.length());
        int tag = out.length();
        String host = rules.start(element, attributes, link, saying > 0);
        Format format = new Format(element, link, host, tag, out.length(), rules.lastSaysDirection());
        pushed(element, format, format.saysDirection);
        formats.add(format, out);
    }

    /** The last of this kind in force or, though it has ended, still open around blocks within it. */
    private @Nullable Format lingering(HtmlElement element) {
        for (int i = openCount[element.ordinal()] == 0 ? -1 : depth - 1; i >= 0 && stack[i].is != Is.TABLE; i--) {
            if (stack[i] == element) {
                return formatAt[i];
            }
        }
        return formats.last(element);
    }

    private void inline(HtmlElement element, HtmlAttributes attributes) {
        if (isBetweenCells() || isTooDeep(element)) {
            return;
        }
        if ((element == HtmlElement.RT || element == HtmlElement.RP)
                && depth > 0
                && (stack[depth - 1] == HtmlElement.RT || stack[depth - 1] == HtmlElement.RP)) {
            popTo(depth - 1);
        }
        beforeText();
        push(element, attributes);
    }

    private void block(HtmlElement element, HtmlAttributes attributes) {
        if (isBetweenCells() || isTooDeep(element)) {
            return;
        }
        if (element.is == Is.ITEM) {
            closeItem(element);
        }
        closeParagraph();
        if (element.is == Is.HEADING && depth > 0 && stack[depth - 1].is == Is.HEADING) {
            popTo(depth - 1);
        }
        push(element, attributes);
    }

    private void closeItem(HtmlElement element) {
        boolean list = element == HtmlElement.LI;
        for (int i = depth - 1; i >= 0; i--) {
            HtmlElement open = stack[i];
            if (list ? open == element : open == HtmlElement.DD || open == HtmlElement.DT) {
                popTo(i);
                return;
            }
            if (open.special && open != HtmlElement.DIV && open != HtmlElement.P && open != HtmlElement.ADDRESS) {
                return;
            }
        }
    }

    private void closeParagraph() {
        int at = openCount[HtmlElement.P.ordinal()] == 0 ? -1 : inScope(HtmlElement.P);
        if (at >= 0) {
            popTo(at);
        }
    }

    private void tablePart(HtmlElement element, HtmlAttributes attributes) {
        if (element == HtmlElement.TABLE) {
            if (isBetweenCells()) {
                popTo(tables[tableCount - 1]);
            }
            if (!isTooDeep(element)) {
                closeParagraph();
                push(element, attributes);
                tables[tableCount++] = depth - 1;
            }
            return;
        }
        if (tableCount == 0 || skipped[HtmlElement.TABLE.ordinal()] > 0) {
            text.lostTablePart(element, out.length());
            return;
        }
        int table = tables[tableCount - 1];
        switch (element) {
            case TR -> {
                section(table);
                push(element, attributes);
            }
            case TD, TH -> {
                section(table);
                push(HtmlElement.TR, element, attributes, table + 2);
            }
            case COL -> {
                boolean group = depth > table + 1 && stack[table + 1] == HtmlElement.COLGROUP;
                popTo(group ? table + 2 : table + 1);
                if (!group) {
                    push(HtmlElement.COLGROUP, none);
                }
                rules.start(element, attributes, null, true);
            }
            default -> {
                popTo(table + 1);
                push(element, attributes);
                if (element == HtmlElement.CAPTION) {
                    baseBefore[depth - 1] = formats.enterCell();
                }
            }
        }
    }

    /** Closes down to a table's section, or opens one. */
    private void section(int table) {
        boolean found = depth > table + 1
                && switch (stack[table + 1]) {
                    case TBODY, THEAD, TFOOT -> true;
                    default -> false;
                };
        if (!found) {
            popTo(table + 1);
            push(HtmlElement.TBODY, none);
        }
    }

    private void endFormat(HtmlElement element) {
        Format format = formats.last(element);
        if (format == null) {
            endInline(element);
        } else {
            close(format, false);
        }
    }

    /** @param through whether blocks inside it are closed too; otherwise it ends with them */
    private void close(Format format, boolean through) {
        if (!format.open) {
            formats.remove(format);
            return;
        }
        int at = depth - 1;
        boolean block = false;
        while (formatAt[at] != format) {
            block |= stack[at--].special;
        }
        format.over = true;
        if (!block || through) {
            popTo(at);
        }
    }

    private void endInline(HtmlElement element) {
        for (int i = openCount[element.ordinal()] == 0 ? -1 : depth - 1; i >= 0; i--) {
            if (stack[i] == element) {
                popTo(i);
                return;
            }
            if (stack[i].special) {
                return;
            }
        }
    }

    private void endBlock(HtmlElement element) {
        int at = inScope(element);
        if (at >= 0) {
            popTo(at);
        } else if (element == HtmlElement.P && !isBetweenCells() && !isTooDeep(element)) {
            push(element, none);
            popTo(depth - 1);
        }
    }

    private void endTablePart(HtmlElement element) {
        if (tableCount == 0 || skipped[HtmlElement.TABLE.ordinal()] > 0) {
            return;
        }
        int table = tables[tableCount - 1];
        int at = switch (element) {
            case TABLE -> table;
            case TR -> table + 2;
            case TD, TH -> table + 3;
            default -> table + 1;
        };
        if (at < depth && stack[at] == element) {
            popTo(at);
        }
    }

    /** Closes down to a row, or opens one, and opens a cell in it. */
    private void push(HtmlElement row, HtmlElement cell, HtmlAttributes attributes, int at) {
        boolean found = depth > at && stack[at] == row;
        popTo(found ? at + 1 : at);
        if (!found) {
            push(row, none);
        }
        push(cell, attributes);
        baseBefore[depth - 1] = formats.enterCell();
    }
}
