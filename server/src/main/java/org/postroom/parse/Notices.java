package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.Fold.Kind;

/**
 * What servers, scanners, lawyers and lists add: warnings above the text, legal notices and footers below it. Only whole
 * paragraphs, and only such that speak as nobody else does. For one text.
 */
final class Notices {
    private static final int PARAGRAPHS = 14;

    /** So many paragraphs in a row that are no notice end the search. */
    private static final int OTHERS = 4;

    /** Lines at the end of a paragraph among which a footer may begin. */
    private static final int MAX_LINES = 16;

    private static final int MAX_PARAGRAPH = 6_000;

    /** Lines that belong together; the last is not part of it. */
    private record Paragraph(int from, int to) {}

    private final MailLines lines;
    private final @Nullable Kind[] folded;

    Notices(MailLines lines, @Nullable Kind[] folded) {
        this.lines = lines;
        this.folded = folded;
    }

    /** {@code CAUTION: This email originated from outside}. */
    void foldAbove() {
        int at = nextKept(0);
        for (int seen = 0; seen < 4 && at < lines.count(); seen++) {
            int end = at;
            while (end < lines.count() && !lines.blank(end) && folded[end] == null) {
                end++;
            }
            int last = lastOfBanner(at, Math.min(end, at + 8));
            if (last >= 0) {
                fold(at, last + 1);
            } else if (seen > 0 || end - at > 2) {
                return;
            }
            at = nextKept(last >= 0 ? last + 1 : end);
        }
    }

    private int lastOfBanner(int from, int to) {
        int last = -1;
        boolean banner = false;
        for (int k = from; k < to; k++) {
            boolean warns = lines.length(k) <= MailLines.LONG && (lines.said(k, k + 1) & QuoteWords.BANNER.bit()) != 0;
            String plain = warns || banner ? lines.plain(k) : "";
            boolean strong = warns && isBanner(plain) && !(banner && k > from + 3);
            if (strong && k > from && !banner && plain.length() < 20) {
                strong = false;
            }
            if (strong || (banner && (QuoteWords.BANNER_MORE.in(plain) >= 0 || lines.isRule(k, 3)))) {
                for (int n = last + 1; n < k && last >= 0; n++) {
                    if (lines.last(n) == '?') {
                        return last;
                    }
                }
                banner = true;
                last = k;
            } else if (!banner && k > from + 1) {
                return -1;
            }
        }
        return last;
    }

    /** The word must lead or be framed; an own sentence about mail from outside is no banner. */
    private static boolean isBanner(String plain) {
        int at = QuoteWords.BANNER.in(plain);
        if (at < 0 || plain.length() > 360) {
            return false;
        }
        char first = plain.charAt(0);
        if (at <= 4 || first == '[' || first == '*' || first == '⚠' || first == '!' || first == '<' || first == '(') {
            return true;
        }
        return startsAsWarning(plain)
                || QuoteWords.BANNER_MORE.in(plain) >= 0
                || (plain.startsWith("this ") && at < 60);
    }

    private static boolean startsAsWarning(String plain) {
        int colon = plain.indexOf(':');
        int wide = plain.indexOf('：');
        int end = colon < 0 ? wide : colon;
        return (end > 0 && end <= 30) || plain.startsWith("you don't often") || plain.startsWith("some people who");
    }

    /** Legal notices, scanners' notes, list footers, from the end upwards. */
    void foldBelow() {
        List<Paragraph> paragraphs = lastParagraphs();
        boolean only = paragraphs.size() < PARAGRAPHS;
        int others = 0;
        for (int n = 0; n < paragraphs.size() && others < OTHERS; n++) {
            Paragraph paragraph = paragraphs.get(n);
            boolean first = only && n == paragraphs.size() - 1;
            int from = noticeIn(paragraph);
            if (from >= 0 && !(first && from == paragraph.from)) {
                fold(from, paragraph.to);
                foldHeadingAbove(from);
                others = 0;
            } else {
                others++;
            }
        }
    }

    /** Of lines that stay, the last first. */
    private List<Paragraph> lastParagraphs() {
        List<Paragraph> found = new ArrayList<>();
        int k = lines.count() - 1;
        while (k >= 0 && found.size() < PARAGRAPHS) {
            while (k >= 0 && (lines.blank(k) || folded[k] != null)) {
                k--;
            }
            int to = k + 1;
            while (k >= 0 && !lines.blank(k) && folded[k] == null) {
                k--;
            }
            if (to > k + 1) {
                found.add(new Paragraph(k + 1, to));
            }
        }
        return found;
    }

    /** First line of the notice that goes on to the paragraph's end; -1 if there is none. */
    private int noticeIn(Paragraph paragraph) {
        int first = Math.max(paragraph.from, paragraph.to - MAX_LINES);
        long said = lines.said(isLong(paragraph) ? first : paragraph.from, paragraph.to);
        boolean mayBeNotice = (said & QuoteWords.NOTICE.bit()) != 0;
        for (int k = first; k < paragraph.to; k++) {
            if (mayBeNotice && (paragraph.to - k <= 4 || k == paragraph.from) && isNoticeLine(k)) {
                return k;
            }
            if (isListFooter(k, paragraph.to)) {
                return k;
            }
        }
        return (said & QuoteWords.LEGAL.get(0).bit()) == 0 || isLong(paragraph) ? -1 : legal(paragraph);
    }

    private boolean isLong(Paragraph paragraph) {
        return lines.end(paragraph.to - 1) - lines.start(paragraph.from) > MAX_PARAGRAPH;
    }

    private boolean isNoticeLine(int k) {
        String plain = lines.plain(k);
        int at = QuoteWords.NOTICE.in(plain);
        return at >= 0
                && (at <= 30
                        || (plain.length() <= at + 120
                                && !plain.substring(0, at).contains(". ")));
    }

    private boolean isListFooter(int k, int to) {
        if (lines.isRule(k, 20) || (lines.isRule(k, 3) && lines.length(k) <= 5)) {
            boolean any = false;
            for (int n = k + 1; n < to; n++) {
                any |= QuoteWords.LIST_FOOTER.in(lines.plain(n)) >= 0;
                if (lines.length(n) > 200) {
                    return false;
                }
            }
            return any;
        }
        if (!lines.mayBegin(k, QuoteWords.LIST_FOOTER)) {
            return false;
        }
        String plain = lines.plain(k);
        return QuoteWords.LIST_FOOTER.lengthAt(plain, 0) > 0
                && plain.length() > 24
                && (plain.contains("http") || plain.contains("group") || plain.contains("@"));
    }

    /**
     * Where a paragraph becomes a legal notice: it speaks of the message itself and of two more things that such notices
     * speak of.
     */
    private int legal(Paragraph paragraph) {
        int size = lines.end(paragraph.to - 1) - lines.start(paragraph.from);
        if (size < 50) {
            return -1;
        }
        int start = paragraph.from;
        while (start < paragraph.to - 1 && lines.length(start) < 45 && !beginsLegal(start)) {
            start++;
        }
        String plain = lines.plain(start, paragraph.to);
        if (QuoteWords.LEGAL.get(0).in(plain) < 0) {
            return -1;
        }
        int found = 0;
        for (PhraseSet topic : QuoteWords.LEGAL.subList(1, QuoteWords.LEGAL.size())) {
            found += topic.in(plain) >= 0 ? 1 : 0;
        }
        boolean heading = QuoteWords.NOTICE_HEADING.startOf(stripped(plain)) > 0;
        boolean asks = plain.endsWith("?") || plain.endsWith("？");
        return found >= (heading ? 1 : wide(plain) ? 2 : plain.length() < 140 ? 3 : 2) && !asks && !isPersonal(plain)
                ? start
                : -1;
    }

    private boolean beginsLegal(int line) {
        String plain = stripped(lines.plain(line));
        return QuoteWords.LEGAL.get(0).lengthAt(plain, 0) > 0 || QuoteWords.NOTICE_HEADING.startOf(plain) > 0;
    }

    /** Somebody speaks of himself; lawyers do not. */
    private static boolean isPersonal(String plain) {
        return QuoteWords.PERSONAL.wordIn(plain);
    }

    private static boolean wide(String plain) {
        char c = plain.charAt(plain.length() / 2);
        return c >= '\u3000' && c < '\uFB00';
    }

    private static String stripped(String plain) {
        int k = 0;
        while (k < plain.length() && "*-_=#[(<•~【 ".indexOf(plain.charAt(k)) >= 0) {
            k++;
        }
        return plain.substring(k);
    }

    /** A heading or a rule right above a notice goes with it. */
    private void foldHeadingAbove(int notice) {
        int k = lines.previous(notice - 1);
        for (int n = 0; n < 3 && k > 0 && folded[k] == null; n++) {
            boolean heading = lines.length(k) <= 60 && QuoteWords.NOTICE_HEADING.startOf(stripped(lines.plain(k))) > 0;
            if (!heading && !lines.isRule(k, 3)) {
                return;
            }
            fold(k, k + 1);
            k = lines.previous(k - 1);
        }
    }

    private int nextKept(int from) {
        int k = from;
        while (k < lines.count() && (lines.blank(k) || folded[k] != null)) {
            k++;
        }
        return k;
    }

    private void fold(int from, int to) {
        for (int k = from; k < to; k++) {
            if (folded[k] == null) {
                folded[k] = Kind.DISCLAIMER;
            }
        }
    }
}
