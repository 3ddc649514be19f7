package org.postroom.parse;

import java.util.Iterator;
import java.util.List;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.HtmlStreamEventReceiverWrapper;

/**
 * Stands between HTML and what cannot bear all of it: tags nested too deep are left out while their text stays, elements
 * keep a bounded number of attributes, styles that are too long or too nested go. Ends the pass when its time is up.
 */
final class HtmlGuard extends HtmlStreamEventReceiverWrapper {
    /** Far below the depth of 256 at which the balancer behind this drops text too: it adds elements of its own. */
    private static final int MAX_DEPTH = 100;

    private static final int TABLE_DEPTH = 4;
    private static final int LIST_DEPTH = 2;
    private static final int MAX_ATTRIBUTES = 60;
    private static final int MAX_STYLE = 4_000;
    private static final int MAX_BRACKETS = 30;

    private final long deadline;
    private int depth;
    private int leftOut;

    /** Ends a pass whose time is up. */
    static final class OutOfTime extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfTime() {
            super("time is up", null, false, false);
        }
    }

    /** @param deadline as {@link System#nanoTime()} */
    HtmlGuard(HtmlStreamEventReceiver behind, long deadline) {
        super(behind);
        this.deadline = deadline;
    }

    @Override
    public void openTag(String name, List<String> attributes) {
        if (System.nanoTime() - deadline > 0) {
            throw new OutOfTime();
        }
        int weight = weight(name);
        if (weight > 0 && depth + weight > MAX_DEPTH) {
            leftOut++;
            return;
        }
        depth += weight;
        bound(attributes);
        super.openTag(name, attributes);
    }

    @Override
    public void closeTag(String name) {
        int weight = weight(name);
        if (weight > 0 && leftOut > 0) {
            leftOut--;
            return;
        }
        depth = Math.max(0, depth - weight);
        super.closeTag(name);
    }

    /** What an element adds to the depth; those that need no end tag add nothing of their own. */
    private static int weight(String name) {
        return switch (name) {
            case "table" -> TABLE_DEPTH;
            case "ul", "ol", "dl", "menu", "dir" -> LIST_DEPTH;
            case "p",
                    "li",
                    "td",
                    "th",
                    "tr",
                    "tbody",
                    "thead",
                    "tfoot",
                    "dd",
                    "dt",
                    "option",
                    "colgroup",
                    "rp",
                    "rt",
                    "br",
                    "hr",
                    "img",
                    "input",
                    "col",
                    "wbr",
                    "meta",
                    "link",
                    "base",
                    "area",
                    "param",
                    "html",
                    "body",
                    "head" -> 0;
            default -> 1;
        };
    }

    private static void bound(List<String> attributes) {
        if (attributes.size() > 2 * MAX_ATTRIBUTES) {
            attributes.subList(2 * MAX_ATTRIBUTES, attributes.size()).clear();
        }
        for (Iterator<String> at = attributes.iterator(); at.hasNext(); ) {
            String name = at.next();
            String value = at.next();
            if (name.equals("style") && isTooMuch(value)) {
                attributes.clear();
                return;
            }
        }
    }

    private static boolean isTooMuch(String style) {
        if (style.length() > MAX_STYLE) {
            return true;
        }
        int brackets = 0;
        for (int i = 0; i < style.length(); i++) {
            char c = style.charAt(i);
            brackets += c == '(' || c == '[' || c == '{' ? 1 : 0;
        }
        return brackets > MAX_BRACKETS;
    }
}
