package org.postroom.parse;

import org.jspecify.annotations.Nullable;
import org.postroom.parse.Fold.Kind;
import org.postroom.parse.QuoteWords.Label;

/** Finds what is quoted: line by line where lines are marked, to the end where only its beginning is. For one text. */
final class Quotes {
    private static final int MARKER = 160;

    private final boolean forwarded;
    private final MailLines lines;
    private final @Nullable Kind[] folded;
    private final Attribution attribution;
    private final QuotedLines quoted;

    /** @param forwarded the subject says that the message is passed on */
    Quotes(MailLines lines, @Nullable Kind[] folded, boolean forwarded) {
        this.forwarded = forwarded;
        this.lines = lines;
        this.folded = folded;
        this.attribution = new Attribution(lines);
        this.quoted = new QuotedLines(lines);
    }

    void fold() {
        int i = 0;
        while (i < lines.count()) {
            if (lines.blank(i) && !lines.isRestQuoted(i)) {
                i++;
                continue;
            }
            if (isForward(i) || (forwarded && isOtherMessage(i))) {
                return;
            }
            int next = step(i);
            if (next < 0) {
                foldToEnd(i);
                return;
            }
            i = next;
        }
    }

    /** The whole of another message begins here, with its header or a line above it. */
    private boolean isOtherMessage(int i) {
        return lines.isRestQuoted(i) || isOriginal(i) || (mayStartHeader(i) && isHeaderBlock(i));
    }

    /** The line to go on with; -1 if all from here is quoted. */
    private int step(int i) {
        if (lines.isMarkedSignature(i)) {
            folded[i] = Kind.SIGNATURE;
            return i + 1;
        }
        if (lines.isRestQuoted(i)) {
            return -1;
        }
        if (attribution.isGroupWise(i)) {
            return introduces(i, i + 1);
        }
        if (lines.isMarkedQuoted(i) || quoted.is(i)) {
            folded[i] = Kind.QUOTE;
            return i + 1;
        }
        if (lines.length(i) > MailLines.LONG) {
            return i + 1;
        }
        if (isMarker(i)) {
            return hasNewBefore(i) ? -1 : markerAlone(i);
        }
        if (isOriginal(i) || attribution.isFramed(i)) {
            return introduces(i, afterHeader(i + 1));
        }
        if (mayStartHeader(i) && isHeaderBlock(i)) {
            return introduces(i, afterHeader(i));
        }
        return attributed(i);
    }

    private int markerAlone(int i) {
        folded[i] = Kind.QUOTE;
        return i + 1;
    }

    /** Lines that introduce a quotation: if marked lines follow, these are the quotation, else all that follows. */
    private int introduces(int from, int to) {
        if (!quotedFollows(to)) {
            return -1;
        }
        fold(separatorBefore(from), to);
        return to;
    }

    private int attributed(int i) {
        boolean follows = quotedFollows(i + 1);
        int first = lines.next(i + 1);
        boolean ends = attribution.endsWithColon(i) || (lines.last(i) == '>' && quoted.hasOtherSign(first));
        if (!follows && !ends) {
            return attribution.lacksColon(i) && lines.next(i + 1) < lines.count() ? introduces(i, i + 1) : i + 1;
        }
        int start = attribution.start(i, follows);
        if (start < 0 && quoted.hasOtherSign(first)) {
            start = attribution.start(i, true);
        }
        if (start < 0 || first == lines.count()) {
            return i + 1;
        }
        if (!follows && quoted.hasOtherSign(first)) {
            quoted.alsoSignOf(first);
            follows = true;
        }
        fold(separatorBefore(start), i + 1);
        if (follows) {
            return i + 1;
        }
        fold(i + 1, lines.count());
        return lines.count();
    }

    private void foldToEnd(int from) {
        if (!answersAreInside(from)) {
            fold(separatorBefore(from), lines.count());
        }
    }

    /** The writer says that his answers stand between the lines below, which nothing tells apart. */
    private boolean answersAreInside(int from) {
        int seen = 0;
        for (int k = lines.previous(from - 1); k >= 0 && seen < 8; k = lines.previous(k - 1)) {
            if (folded[k] == null && QuoteWords.INLINE.wordIn(lines.plain(k)) && speaksOfAnswers(lines.plain(k))) {
                return true;
            }
            seen++;
        }
        return false;
    }

    private static boolean speaksOfAnswers(String plain) {
        return QuoteWords.ANSWERS.in(plain) >= 0;
    }

    private void fold(int from, int to) {
        for (int k = Math.max(0, from); k < to; k++) {
            if (folded[k] == null) {
                folded[k] = Kind.QUOTE;
            }
        }
    }

    private boolean quotedFollows(int from) {
        int k = lines.next(from);
        return k < lines.count() && (quoted.is(k) || lines.isMarkedQuoted(k));
    }

    private boolean hasNewBefore(int line) {
        for (int k = line - 1; k >= 0; k--) {
            if (folded[k] == null && !lines.blank(k)) {
                return true;
            }
        }
        return false;
    }

    /** A rule above a quoted header belongs to it. */
    private int separatorBefore(int at) {
        int k = lines.previous(at - 1);
        return k >= 0 && lines.isRule(k, 5) && folded[k] == null ? k : at;
    }

    private boolean isMarker(int i) {
        return lines.length(i) <= MARKER
                && lines.length(i) >= 12
                && (!Character.isLetter(lines.first(i)) || (lines.length(i) <= 60 && isAlone(i)))
                && (lines.said(i, i + 1) & QuoteWords.REPLY_ABOVE.bit()) != 0
                && QuoteWords.REPLY_ABOVE.in(lines.plain(i)) >= 0;
    }

    private boolean isAlone(int i) {
        return (i == 0 || lines.blank(i - 1)) && (i + 1 == lines.count() || lines.blank(i + 1));
    }

    /** {@code -----Original Message-----}, in any language. */
    private boolean isOriginal(int i) {
        return isFramed(i) && QuoteWords.ORIGINAL.in(lines.plain(i)) >= 0;
    }

    private boolean isFramed(int i) {
        char first = lines.first(i);
        return lines.length(i) >= 8
                && lines.length(i) <= MARKER
                && (isDash(first) || first == '<' || first == '*' || first == '[')
                && (first != '*' || lines.last(i) == '*');
    }

    private static boolean isDash(char c) {
        return c == '-' || c == '_' || c == '=' || c == '~' || (c >= '\u2010' && c <= '\u2015') || c == '─' || c == '━';
    }

    /** A forwarded message that is not itself quoted: it and all after it is what the writer wants read. */
    private boolean isForward(int i) {
        if (lines.length(i) > MARKER || lines.length(i) < 5) {
            return false;
        }
        int before = lines.previous(i - 1);
        if (before >= 0 && (folded[before] == Kind.QUOTE || quoted.is(before))) {
            return false;
        }
        char first = lines.first(i);
        char last = lines.last(i);
        boolean sign = first == '>';
        if (!sign && !isDash(first) && first != '*' && first != '<' && last != ':' && last != '：' && last != ')') {
            return false;
        }
        String plain = lines.plain(i);
        int start = 0;
        while (start < plain.length() && ("-_=~*<> —–─".indexOf(plain.charAt(start)) >= 0)) {
            start++;
        }
        return QuoteWords.FORWARD.startOf(plain.substring(start)) > 0
                && (isDash(first) || last == ':' || last == '：' || (start > 0 && headerFollows(i + 1)));
    }

    private boolean headerFollows(int from) {
        int k = lines.next(from);
        return k < lines.count() && label(k) != null;
    }

    private @Nullable Label label(int line) {
        return lines.has(line, MailLines.COLON)
                ? QuoteWords.label(lines.chars(), lines.start(line), lines.end(line))
                : null;
    }

    private boolean mayStartHeader(int at) {
        Label label = label(at);
        return label == Label.FROM
                || (label != null
                        && label != Label.OTHER
                        && (at == 0 || lines.blank(at - 1) || lines.isRule(at - 1, 5)));
    }

    /**
     * A quoted header: a sender, and with an address two more of date, recipient and subject, without one both date and
     * subject, as a form filled in by a customer may say from and to.
     */
    private boolean isHeaderBlock(int at) {
        boolean from = false;
        boolean address = false;
        boolean date = false;
        boolean to = false;
        boolean subject = false;
        int seen = 0;
        boolean before = false;
        for (int k = lines.next(at); k < lines.count() && seen < 9; k = lines.next(k + 1)) {
            seen++;
            Label label = label(k);
            // an address that did not fit beside its label
            address |= label == null && before && lines.has(k, MailLines.AT);
            before = label == Label.FROM;
            from |= before;
            address |= before && lines.has(k, MailLines.AT);
            date |= label == Label.DATE && (lines.digits(k) > 0 || lines.length(k) > 8);
            to |= label == Label.TO;
            subject |= label == Label.SUBJECT;
        }
        int others = (date ? 1 : 0) + (to ? 1 : 0) + (subject ? 1 : 0);
        return from && (address ? others >= 2 : date && subject);
    }

    /** Where the header's lines end that begin there. */
    private int afterHeader(int from) {
        int end = from;
        int seen = 0;
        for (int k = lines.next(from); k < lines.count() && seen < 12; k = lines.next(k + 1)) {
            seen++;
            if (label(k) != null && !quoted.is(k)) {
                end = k + 1;
            } else if (k != end || quoted.is(k)) {
                break; // a long list of recipients goes on in the next line
            }
        }
        return end;
    }
}
