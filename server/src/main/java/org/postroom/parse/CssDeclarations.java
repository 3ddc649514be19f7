package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSS declarations and keeps what is harmless: known properties whose values are words, numbers, colours and names
 * of fonts. Addresses, escapes and functions other than colours make a declaration void. One pass, no recursion.
 */
final class CssDeclarations {
    private static final int MOST = 200;

    private final char[] s;
    private final int end;
    private final List<Declaration> kept = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private int at;
    private boolean bad;
    private boolean negative;
    private boolean important;
    private boolean space;
    private String colour = "";

    private CssDeclarations(char[] s, int from, int end) {
        this.s = s;
        this.at = from;
        this.end = end;
    }

    /** A declaration, spelled in one way. */
    record Declaration(String name, String value, boolean important) {}

    static List<Declaration> read(char[] s, int from, int to) {
        CssDeclarations reading = new CssDeclarations(s, from, to);
        while (reading.at < to && reading.kept.size() < MOST) {
            reading.declaration();
        }
        return reading.kept;
    }

    /** As the value of a {@code style} attribute. */
    static String text(Iterable<Declaration> declarations) {
        StringBuilder text = new StringBuilder();
        for (Declaration d : declarations) {
            if (!text.isEmpty()) {
                text.append(';');
            }
            text.append(d.name).append(':').append(d.value);
        }
        return text.toString();
    }

    private void declaration() {
        blanks();
        int start = at;
        while (at < end && (isNameChar(s[at]))) {
            at++;
        }
        int stop = at;
        blanks();
        if (at >= end || s[at] != ':' || stop == start) {
            // also passes a stray end of a block, which no name begins with
            skip(true);
            return;
        }
        at++;
        CssProperty property = CssProperty.of(s, start, stop);
        if (property == null) {
            skip(true);
            return;
        }
        value.setLength(0);
        bad = false;
        negative = false;
        important = false;
        space = false;
        colour = "";
        while (at < end && s[at] != ';') {
            token(property);
        }
        at++;
        keep(property);
    }

    private void keep(CssProperty property) {
        String text = value.toString();
        if (property.kind() == CssProperty.Kind.BACKGROUND) {
            if (!colour.isEmpty()) {
                kept.add(new Declaration("background-color", colour, important));
            }
        } else if (!bad && !text.isEmpty() && (!negative || property.kind() == CssProperty.Kind.SHIFT)) {
            kept.add(new Declaration(property.name(), text, important));
        }
    }

    private void token(CssProperty property) {
        char c = s[at];
        if (HtmlAttributes.isSpace(c)) {
            space = value.length() > 0;
            at++;
        } else if (c == '/' && at + 1 < end && s[at + 1] == '*') {
            comment();
        } else if (c == '"' || c == '\'') {
            string(property.kind() == CssProperty.Kind.FONT);
        } else if (c == '#') {
            int start = at++;
            while (at < end && Character.digit(s[at], 16) >= 0 && s[at] < 128) {
                at++;
            }
            boolean wrong = at - start < 4 || at - start > 9;
            bad |= wrong;
            String hex = add(start);
            colour(wrong ? "" : hex);
        } else if (c == ',' || c == '/') {
            value.append(c);
            space = false;
            at++;
        } else if (c == '!') {
            at++;
            blanks();
            int start = at;
            name();
            important = is(start, "important");
            bad |= !important;
        } else if (startsNumber()) {
            number();
        } else if (isNameChar(c) || (c > 127 && Character.isLetter(c))) {
            word(property.kind() == CssProperty.Kind.FONT);
        } else {
            bad = true;
            skip(false);
        }
    }

    private boolean startsNumber() {
        int i = at;
        if (s[i] == '+' || s[i] == '-') {
            i++;
        }
        if (i < end && s[i] == '.') {
            i++;
        }
        return i < end && s[i] >= '0' && s[i] <= '9';
    }

    private void number() {
        int start = at;
        at += s[at] == '+' || s[at] == '-' ? 1 : 0;
        int whole = at;
        digits();
        int wholeDigits = at - whole;
        if (at < end && s[at] == '.') {
            at++;
            digits();
        }
        int unit = at;
        if (at < end && s[at] == '%') {
            at++;
        } else {
            while (at < end && isLetter(s[at])) {
                at++;
            }
            bad |= at > unit && !CssProperty.isUnit(s, unit, at);
        }
        bad |= wholeDigits > 5 || unit - start > 12;
        if (s[start] == '-') {
            negative = true;
            // nothing may be shifted over what stands elsewhere
            bad |= wholeDigits > 2;
        }
        add(start);
    }

    private void digits() {
        while (at < end && s[at] >= '0' && s[at] <= '9') {
            at++;
        }
    }

    private void word(boolean font) {
        int start = at;
        boolean foreign = false;
        while (at < end && (isNameChar(s[at]) || (s[at] > 127 && Character.isLetterOrDigit(s[at])))) {
            foreign |= s[at] > 127;
            at++;
        }
        if (at < end && s[at] == '(') {
            function(start);
            return;
        }
        bad |= (foreign && !font) || at - start > 60;
        String word = add(start);
        if (!foreign && !CssProperty.isPlacing(word)) {
            colour(word);
        }
    }

    private void function(int start) {
        boolean known = CssProperty.isColour(s, start, at);
        at++;
        int open = at;
        while (at < end && s[at] != ')') {
            char c = s[at];
            known &= (c >= '0' && c <= '9')
                    || c == ','
                    || c == '.'
                    || c == '%'
                    || c == ' '
                    || c == '/'
                    || c == '-'
                    || isLetter(c);
            if (c == '"' || c == '\'' || c == '(' || c == ';') {
                bad = true;
                at = open;
                skipBracket();
                return;
            }
            at++;
        }
        if (!known || at >= end || at - open > 60) {
            bad = true;
            at = Math.min(at + 1, end);
            return;
        }
        at++;
        blank();
        int from = value.length();
        for (int i = start; i < at; i++) {
            if (s[i] != ' ' || (s[i - 1] != ',' && s[i - 1] != '(' && s[i - 1] != ' ')) {
                value.append(s[i]);
            }
        }
        colour(value.substring(from));
    }

    private void colour(String found) {
        if (colour.isEmpty()) {
            colour = found;
        }
    }

    private void string(boolean font) {
        char quote = s[at++];
        int start = at;
        while (at < end && s[at] != quote) {
            char c = s[at++];
            bad |= !(Character.isLetterOrDigit(c)
                    || c == ' '
                    || c == '-'
                    || c == '_'
                    || c == '.'
                    || c == '+'
                    || c == ',');
        }
        bad |= !font || at - start > 80 || at >= end;
        if (!bad) {
            blank();
            value.append('\'').append(s, start, at - start).append('\'');
        }
        at = Math.min(at + 1, end);
    }

    private String add(int start) {
        blank();
        String text = new String(s, start, at - start);
        value.append(text);
        return text;
    }

    private void blank() {
        char last = value.isEmpty() ? ',' : value.charAt(value.length() - 1);
        if (space && last != ',' && last != '/') {
            value.append(' ');
        }
        space = false;
    }

    private void name() {
        while (at < end && isNameChar(s[at])) {
            at++;
        }
    }

    private boolean is(int start, String wanted) {
        return new String(s, start, Math.min(at - start, 20))
                .toLowerCase(Locale.ROOT)
                .equals(wanted);
    }

    private void blanks() {
        while (at < end) {
            if (s[at] == '/' && at + 1 < end && s[at + 1] == '*') {
                comment();
            } else if (HtmlAttributes.isSpace(s[at])) {
                at++;
            } else {
                return;
            }
        }
    }

    private void comment() {
        at += 2;
        while (at < end && !(s[at] == '*' && at + 1 < end && s[at + 1] == '/')) {
            at++;
        }
        at = Math.min(at + 2, end);
    }

    /** To the end of the declaration. */
    private void skip(boolean over) {
        while (at < end && s[at] != ';') {
            char c = s[at++];
            if (c == '"' || c == '\'') {
                skipString(c);
            } else if (c == '(') {
                skipBracket();
            } else if (c == '\\' && at < end) {
                at++;
            }
        }
        at += over && at < end ? 1 : 0;
    }

    private void skipBracket() {
        int depth = 1;
        while (at < end && depth > 0) {
            char c = s[at++];
            if (c == '"' || c == '\'') {
                skipString(c);
            } else if (c == '\\' && at < end) {
                at++;
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
    }

    private void skipString(char quote) {
        while (at < end && s[at] != quote) {
            at += s[at] == '\\' && at + 1 < end ? 2 : 1;
        }
        at = Math.min(at + 1, end);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNameChar(char c) {
        return isLetter(c) || c == '-' || c == '_' || (c >= '0' && c <= '9');
    }

    /** The value of a property, null if it is not among these. */
    static @Nullable String value(Iterable<Declaration> declarations, String name) {
        String found = null;
        for (Declaration d : declarations) {
            found = d.name.equals(name) ? d.value : found;
        }
        return found;
    }
}
