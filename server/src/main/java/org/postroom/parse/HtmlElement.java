package org.postroom.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The elements that this reader knows, and how the HTML standard nests them. Any other is left out, its content stays. */
enum HtmlElement {
    A(Is.FORMAT),
    ABBR(Is.INLINE),
    ACRONYM(Is.INLINE),
    ADDRESS(Is.BLOCK),
    ARTICLE(Is.BLOCK),
    ASIDE(Is.BLOCK),
    B(Is.FORMAT),
    BDI(Is.INLINE),
    BDO(Is.INLINE),
    BIG(Is.FORMAT),
    BLOCKQUOTE(Is.BLOCK),
    BR(Is.VOID),
    CAPTION(Is.TABLE),
    CENTER(Is.BLOCK),
    CITE(Is.INLINE),
    CODE(Is.FORMAT),
    COL(Is.TABLE),
    COLGROUP(Is.TABLE),
    DD(Is.ITEM),
    DEL(Is.INLINE),
    DETAILS(Is.BLOCK),
    DFN(Is.INLINE),
    DIV(Is.BLOCK),
    DL(Is.BLOCK),
    DT(Is.ITEM),
    EM(Is.FORMAT),
    FIGCAPTION(Is.BLOCK),
    FIGURE(Is.BLOCK),
    FONT(Is.FORMAT),
    FOOTER(Is.BLOCK),
    H1(Is.HEADING),
    H2(Is.HEADING),
    H3(Is.HEADING),
    H4(Is.HEADING),
    H5(Is.HEADING),
    H6(Is.HEADING),
    HEADER(Is.BLOCK),
    HR(Is.VOID),
    I(Is.FORMAT),
    IMG(Is.VOID),
    INS(Is.INLINE),
    KBD(Is.INLINE),
    LI(Is.ITEM),
    MAIN(Is.BLOCK),
    MARK(Is.INLINE),
    NAV(Is.BLOCK),
    NOBR(Is.FORMAT),
    OL(Is.BLOCK),
    P(Is.BLOCK),
    PRE(Is.BLOCK),
    Q(Is.INLINE),
    RP(Is.INLINE),
    RT(Is.INLINE),
    RUBY(Is.INLINE),
    S(Is.FORMAT),
    SAMP(Is.INLINE),
    SECTION(Is.BLOCK),
    SMALL(Is.FORMAT),
    SPAN(Is.INLINE),
    STRIKE(Is.FORMAT),
    STRONG(Is.FORMAT),
    SUB(Is.INLINE),
    SUMMARY(Is.BLOCK),
    SUP(Is.INLINE),
    TABLE(Is.TABLE),
    TBODY(Is.TABLE),
    TD(Is.TABLE),
    TFOOT(Is.TABLE),
    TH(Is.TABLE),
    THEAD(Is.TABLE),
    TIME(Is.INLINE),
    TR(Is.TABLE),
    TT(Is.FORMAT),
    U(Is.FORMAT),
    UL(Is.BLOCK),
    VAR(Is.INLINE),
    WBR(Is.VOID),

    /** Stands for {@code body} or {@code html} where they say something: a {@code div} that no end tag closes. */
    BODY(Is.ROOT, "div"),
    HTML(Is.ROOT, "div"),

    DIR(Is.OTHER, "ul"),
    MENU(Is.OTHER, "ul"),
    FORM(Is.OTHER, "div"),
    FIELDSET(Is.OTHER, "div"),
    LEGEND(Is.OTHER, "div"),
    DIALOG(Is.OTHER, "div"),
    HGROUP(Is.OTHER, "div"),
    SEARCH(Is.OTHER, "div"),
    MARQUEE(Is.OTHER, "div"),
    IMAGE(Is.OTHER, "img"),
    LISTING(Is.OTHER, "pre"),

    XMP(Is.RAW, "pre"),
    PLAINTEXT(Is.RAW, "pre"),
    TEXTAREA(Is.RAW, "div"),
    STYLE(Is.RAW),
    SCRIPT(Is.RAW),
    TITLE(Is.RAW),
    NOSCRIPT(Is.RAW),
    IFRAME(Is.RAW),
    NOEMBED(Is.RAW),
    NOFRAMES(Is.RAW),
    SVG(Is.OTHER);

    /** What an element is to the one who nests. */
    enum Is {
        /** Opened again when a block that it reaches into ends. */
        FORMAT,
        INLINE,
        BLOCK,
        HEADING,
        ITEM,
        TABLE,
        VOID,
        ROOT,
        /** Whose content is characters, not elements. */
        RAW,
        OTHER
    }

    /** How many there are. */
    static final int COUNT = values().length;

    private static final HtmlElement[] ALL = values();
    private static final NameTable NAMES =
            new NameTable(Arrays.stream(ALL).map(HtmlElement::name).toList());

    final Is is;

    /** As it stands in the output. */
    final String tag;

    final char[] endTag;

    /** "Special" in the standard: an end tag of an inline element does not reach beyond it. */
    final boolean special;

    /** Whose writing direction may be found from its text. An item's is its list's, which sets the bullets. */
    final boolean ownDirection;

    HtmlElement(Is is) {
        this(is, "");
    }

    HtmlElement(Is is, String tag) {
        this.is = is;
        this.tag = tag.isEmpty() ? name().toLowerCase(Locale.ROOT) : tag;
        this.endTag = ("</" + this.tag + ">").toCharArray();
        this.special = is != Is.FORMAT && is != Is.INLINE;
        this.ownDirection = is == Is.BLOCK
                || is == Is.HEADING
                || is == Is.ROOT
                || List.of("TD", "TH", "CAPTION").contains(name());
    }

    /** Null if it is none of these. */
    static @Nullable HtmlElement of(char[] s, int from, int to) {
        int at = NAMES.find(s, from, to);
        return at < 0 ? null : ALL[at];
    }

    static HtmlElement named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What it becomes in the output. */
    HtmlElement shown() {
        return switch (this) {
            case DIR, MENU -> UL;
            case FORM, FIELDSET, LEGEND, DIALOG, HGROUP, SEARCH, MARQUEE, TEXTAREA -> DIV;
            case LISTING, XMP, PLAINTEXT -> PRE;
            case IMAGE -> IMG;
            default -> this;
        };
    }

    /** Whether it holds rows, cells or columns and never text. */
    boolean holdsTableParts() {
        return switch (this) {
            case TABLE, TBODY, THEAD, TFOOT, TR, COLGROUP -> true;
            default -> false;
        };
    }

    /** Names of those that may be in the output, for tests and documentation. */
    static List<String> kept() {
        return Arrays.stream(ALL)
                .filter(e -> e.is != Is.OTHER && e.is != Is.RAW && e.is != Is.ROOT)
                .map(e -> e.tag)
                .distinct()
                .collect(Collectors.toList());
    }
}
