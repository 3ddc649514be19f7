package org.postroom.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The attributes that this reader looks at. */
enum HtmlAttribute {
    ALIGN,
    ALT,
    BACKGROUND,
    BGCOLOR,
    BORDER,
    BORDERCOLOR,
    CELLPADDING,
    CELLSPACING,
    CITE,
    CLASS,
    COLOR,
    COLSPAN,
    DATA_REMOTE_BACKGROUND,
    DATA_REMOTE_SRC,
    DIR,
    FACE,
    HEIGHT,
    HREF,
    HSPACE,
    ID,
    LANG,
    NAME,
    NOSHADE,
    NOWRAP,
    ROWSPAN,
    SCOPE,
    SIZE,
    SPAN,
    SRC,
    START,
    STYLE,
    TEXT,
    TITLE,
    TYPE,
    VALIGN,
    VALUE,
    VSPACE,
    WIDTH,

    /** Marks that mail programs leave on what they quote. */
    DATA_MARKER,
    DATA_SIGNATURE_WIDGET,
    DATA_SMARTMAIL;

    static final HtmlAttribute[] ALL = values();
    static final NameTable NAMES =
            new NameTable(Arrays.stream(ALL).map(a -> a.spelled).toList());
    static final List<HtmlAttribute> OF_MAIL_PROGRAMS =
            List.of(CLASS, ID, NAME, DATA_MARKER, DATA_SIGNATURE_WIDGET, DATA_SMARTMAIL);

    /** As written, in lower case. */
    final String spelled = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Blank, name, equals sign and quote. */
    final char[] start = (" " + spelled + "=\"").toCharArray();
}
