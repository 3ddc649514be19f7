package org.postroom.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.HtmlAttributes.Written;
import org.postroom.parse.Styles.Style;

/**
 * What of a sender's HTML is kept, and how its tags are written. No script, form, frame, event handler, style sheet,
 * position or CSS address; links lead to http, https, mailto and tel in a window of their own and name their host;
 * pictures come from the mail itself. Remote pictures stay as {@code data-remote-src} and {@code data-remote-background},
 * which no browser loads. For one document.
 */
final class HtmlRules {
    private static final char[] LINK_END = "\" target=\"_blank\" rel=\"noopener noreferrer\"".toCharArray();
    private static final int LONGEST_LANGUAGE = 35;

    private final HtmlOutput out;
    private final StyleSheet sheet;
    private final boolean rightToLeft;
    private final Trackers trackers = new Trackers();

    /** What sheets and repeated tags may still add to the output. */
    private int budget;

    /** Whether the tag written last says where text begins. */
    private boolean saysDirection;

    /** @param rightToLeft whether the document has text that begins at the right */
    HtmlRules(HtmlOutput out, StyleSheet sheet, boolean rightToLeft, int size) {
        this.out = out;
        this.sheet = sheet;
        this.rightToLeft = rightToLeft;
        this.budget = 2 * size + (64 << 10);
    }

    Trackers trackers() {
        return trackers;
    }

    boolean lastSaysDirection() {
        return saysDirection;
    }

    boolean isRightToLeft() {
        return rightToLeft;
    }

    /** Whether something of this length may be added that the sender did not write. */
    boolean mayAdd(int length) {
        budget -= length;
        return budget >= 0;
    }

    /**
     * Writes a start tag.
     *
     * @param link of an {@code a}, null for anything else
     * @param directionSaid whether an element around it says where text begins
     * @return the link's host, empty without one
     */
    String start(HtmlElement element, HtmlAttributes attributes, @Nullable String link, boolean directionSaid) {
        if (link != null || budget <= 0 || !attributes.isRepeatable()) {
            return write(element, attributes, link, directionSaid);
        }
        Written before = attributes.written();
        if (before != null && before.rules() == sheet.size() && before.directionSaid() == directionSaid) {
            out.again(before.from(), before.to());
            budget -= before.style();
            saysDirection = before.saysDirection();
            return "";
        }
        int from = out.length();
        int left = budget;
        write(element, attributes, null, directionSaid);
        attributes.written(new Written(from, out.length(), sheet.size(), directionSaid, saysDirection, left - budget));
        return "";
    }

    private String write(HtmlElement element, HtmlAttributes attributes, @Nullable String link, boolean directionSaid) {
        saysDirection = false;
        out.add('<');
        out.add(element.tag);
        boolean styled = false;
        boolean hasDirection = false;
        for (int i = 0; i < attributes.count(); i++) {
            HtmlAttribute name = attributes.get(i);
            if (name == HtmlAttribute.STYLE) {
                style(element, attributes);
                styled = true;
            } else if (name == HtmlAttribute.DIR) {
                hasDirection |= direction(attributes);
            } else if (name == HtmlAttribute.HREF) {
                if (link != null) {
                    out.add(name.start);
                    out.addEscaped(link);
                    out.add(LINK_END);
                }
            } else if (name == HtmlAttribute.SRC || name == HtmlAttribute.DATA_REMOTE_SRC) {
                source(element, name, attributes);
            } else if (name == HtmlAttribute.BACKGROUND || name == HtmlAttribute.DATA_REMOTE_BACKGROUND) {
                background(element, name, attributes);
            } else if (allows(element, name, attributes)) {
                plain(name, attributes);
            }
        }
        if (!styled && !sheet.isEmpty()) {
            style(element, attributes);
        }
        if (rightToLeft && element.ownDirection && !hasDirection && !saysDirection && !directionSaid) {
            out.add(" dir=\"auto\"");
        }
        String host = "";
        if (link != null) {
            host = LinkHosts.of(link);
            if (!host.isEmpty()) {
                out.add(" title=\"");
                out.addEscaped(host);
                out.add('"');
            }
        }
        out.add('>');
        return host;
    }

    /** A wrapping {@code div} for what {@code html} and {@code body} say; nothing if they say nothing that is kept. */
    boolean root(HtmlElement element, HtmlAttributes attributes) {
        int start = out.length();
        saysDirection = false;
        out.add("<div");
        int empty = out.length();
        if (attributes.has(HtmlAttribute.LANG) && allows(element, HtmlAttribute.LANG, attributes)) {
            plain(HtmlAttribute.LANG, attributes);
        }
        if (element == HtmlElement.BODY) {
            bodyStyle(attributes);
        }
        boolean direction = attributes.has(HtmlAttribute.DIR) && direction(attributes);
        if (out.length() == empty) {
            out.cutTo(start);
            return false;
        }
        if (rightToLeft && element == HtmlElement.BODY && !direction && !saysDirection) {
            out.add(" dir=\"auto\"");
        }
        out.add('>');
        return true;
    }

    private void bodyStyle(HtmlAttributes attributes) {
        Style style = sheet.of(HtmlElement.BODY, attributes);
        StringBuilder text = new StringBuilder();
        old(attributes, HtmlAttribute.BGCOLOR, "background-color", style, text);
        old(attributes, HtmlAttribute.TEXT, "color", style, text);
        if (style.text().length > 0) {
            text.append(text.isEmpty() ? "" : ";").append(style.text());
            saysDirection |= style.direction();
        }
        if (!text.isEmpty()) {
            out.add(HtmlAttribute.STYLE.start);
            out.addEscaped(text.toString());
            out.add('"');
        }
    }

    private static void old(
            HtmlAttributes attributes, HtmlAttribute name, String property, Style style, StringBuilder text) {
        if (!attributes.has(name) || String.valueOf(style.text()).contains(property + ":")) {
            return;
        }
        String colour = attributes.value(name);
        if (HtmlValues.isColour(colour.toCharArray(), 0, colour.length())) {
            boolean hex = colour.length() == 6 && colour.chars().allMatch(c -> Character.digit(c, 16) >= 0);
            String clean = Styles.clean(property + ":" + (hex ? "#" : "") + colour);
            text.append(clean == null ? "" : (text.isEmpty() ? "" : ";") + clean);
        }
    }

    /** Whether a picture shows anything to a reader: trackers and those without source and words do not. */
    boolean isPicture(HtmlAttributes attributes) {
        String remote = HtmlAddresses.remote(attributes, HtmlAttribute.SRC, HtmlAttribute.DATA_REMOTE_SRC);
        if (remote != null) {
            return !trackers.isOne(remote, attributes, styleOf(HtmlElement.IMG, attributes));
        }
        return hasOwnSource(attributes)
                || !attributes.value(HtmlAttribute.ALT).isEmpty()
                || !attributes.value(HtmlAttribute.TITLE).isEmpty();
    }

    private static boolean hasOwnSource(HtmlAttributes attributes) {
        return attributes.has(HtmlAttribute.SRC)
                && HtmlAddresses.isOwn(
                        attributes.chars(HtmlAttribute.SRC),
                        attributes.from(HtmlAttribute.SRC),
                        attributes.to(HtmlAttribute.SRC));
    }

    private void source(HtmlElement element, HtmlAttribute name, HtmlAttributes attributes) {
        boolean counts = name == HtmlAttribute.SRC || !attributes.has(HtmlAttribute.SRC);
        if (element != HtmlElement.IMG || !counts) {
            return;
        }
        String remote = HtmlAddresses.remote(attributes, HtmlAttribute.SRC, HtmlAttribute.DATA_REMOTE_SRC);
        if (remote != null) {
            out.add(HtmlAttribute.DATA_REMOTE_SRC.start);
            out.addEscaped(remote);
            out.add('"');
        } else if (name == HtmlAttribute.SRC && hasOwnSource(attributes)) {
            plain(name, attributes);
        }
    }

    private void background(HtmlElement element, HtmlAttribute name, HtmlAttributes attributes) {
        boolean counts = name == HtmlAttribute.BACKGROUND || !attributes.has(HtmlAttribute.BACKGROUND);
        boolean table = element == HtmlElement.TABLE || element == HtmlElement.TD || element == HtmlElement.TH;
        String remote = counts && table
                ? HtmlAddresses.remote(attributes, HtmlAttribute.BACKGROUND, HtmlAttribute.DATA_REMOTE_BACKGROUND)
                : null;
        if (remote != null) {
            out.add(HtmlAttribute.DATA_REMOTE_BACKGROUND.start);
            out.addEscaped(remote);
            out.add('"');
        }
    }

    private void style(HtmlElement element, HtmlAttributes attributes) {
        Style style = styleOf(element, attributes);
        if (style.text().length > 0) {
            out.add(HtmlAttribute.STYLE.start);
            out.add(style.text());
            out.add('"');
            saysDirection |= style.direction();
        }
    }

    private Style styleOf(HtmlElement element, HtmlAttributes attributes) {
        if (!sheet.isEmpty() && budget > 0) {
            Style style = sheet.of(element, attributes);
            budget -= style.text().length;
            return style;
        }
        return attributes.has(HtmlAttribute.STYLE)
                ? Styles.of(
                        attributes.chars(HtmlAttribute.STYLE),
                        attributes.from(HtmlAttribute.STYLE),
                        attributes.to(HtmlAttribute.STYLE))
                : Style.NONE;
    }

    private boolean direction(HtmlAttributes attributes) {
        String value = attributes.value(HtmlAttribute.DIR).toLowerCase(Locale.ROOT);
        return switch (value) {
            case "ltr", "rtl", "auto" -> {
                out.add(HtmlAttribute.DIR.start);
                out.add(value);
                out.add('"');
                saysDirection |= !value.equals("auto");
                yield true;
            }
            default -> false;
        };
    }

    private void plain(HtmlAttribute name, HtmlAttributes attributes) {
        out.add(name.start);
        out.addEscaped(attributes.chars(name), attributes.from(name), attributes.to(name));
        out.add('"');
    }

    private boolean allows(HtmlElement element, HtmlAttribute name, HtmlAttributes attributes) {
        char[] s = attributes.chars(name);
        int from = attributes.from(name);
        int to = attributes.to(name);
        return switch (name) {
            case TITLE -> element != HtmlElement.A;
            case ALT -> element == HtmlElement.IMG;
            case LANG -> HtmlValues.isWord(s, from, to, LONGEST_LANGUAGE);
            case ALIGN, VALIGN -> HtmlValues.isWord(s, from, to, 30);
            case WIDTH, HEIGHT, BORDER, CELLPADDING, CELLSPACING, HSPACE, VSPACE ->
                isSized(element) && HtmlValues.isNumber(s, from, to);
            case COLSPAN, ROWSPAN, SPAN, START, VALUE, SIZE -> isCounted(element) && HtmlValues.isNumber(s, from, to);
            case BGCOLOR, BORDERCOLOR, COLOR -> isColoured(element) && HtmlValues.isColour(s, from, to);
            case FACE -> element == HtmlElement.FONT && HtmlValues.isFace(s, from, to);
            case TYPE, SCOPE -> isTyped(element) && HtmlValues.isWord(s, from, to, 30);
            case NOWRAP, NOSHADE -> isTyped(element) && (from == to || HtmlValues.isWord(s, from, to, 30));
            default -> false;
        };
    }

    private static boolean isSized(HtmlElement element) {
        return switch (element) {
            case TABLE, TD, TH, TR, COL, COLGROUP, IMG, HR, PRE -> true;
            default -> false;
        };
    }

    private static boolean isCounted(HtmlElement element) {
        return switch (element) {
            case TD, TH, COL, COLGROUP, OL, LI, FONT, HR -> true;
            default -> false;
        };
    }

    private static boolean isColoured(HtmlElement element) {
        return switch (element) {
            case TABLE, TD, TH, TR, TBODY, THEAD, TFOOT, FONT, HR, DIV, SPAN -> true;
            default -> false;
        };
    }

    private static boolean isTyped(HtmlElement element) {
        return switch (element) {
            case OL, UL, LI, TD, TH, HR -> true;
            default -> false;
        };
    }
}
