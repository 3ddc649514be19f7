package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.parse.Fold.Kind;
import org.postroom.parse.QuoteWords.Label;

/**
 * What the writer added: text without quoted parts and signature, for the main mail programs and languages. In doubt a
 * line stays; if nothing would be left, everything stays.
 */
final class NewText {
    private static final int MAX_LINES = 20_000;

    private final List<String> lines;
    private final boolean[] drop;

    private NewText(List<String> lines) {
        this.lines = lines;
        this.drop = new boolean[lines.size()];
    }

    /** Of plain text. */
    static String of(String text, @Nullable Address writer) {
        return ofMarked(HtmlText.withoutMarks(text), writer);
    }

    /** Of text that {@link HtmlText} marked. */
    static String ofMarked(String text, @Nullable Address writer) {
        return read(text, writer).text();
    }

    /**
     * What is new, and which lines are not.
     *
     * @param text as it stands in the message, or as {@link HtmlText} marked it
     * @param writer of the message, null if unknown
     */
    static Folded read(String text, @Nullable Address writer) {
        List<String> lines = split(text);
        if (lines.size() > MAX_LINES) {
            return new Folded(HtmlText.withoutMarks(text).strip(), List.of());
        }
        NewText reading = new NewText(lines);
        int end = reading.cut();
        int signature = new Signatures(lines, reading.drop, writer).before(end);
        String kept = reading.join(signature);
        return kept.isEmpty()
                ? new Folded(HtmlText.withoutMarks(text).strip(), List.of())
                : new Folded(kept, reading.folds(signature, end));
    }

    /**
     * The new text, and what was folded away.
     *
     * @param text of the lines that stay, without marks
     * @param folds in order; empty if all stays
     */
    record Folded(String text, List<Fold> folds) {
        /** Copies the list. */
        Folded {
            folds = List.copyOf(folds);
        }
    }

    private List<Fold> folds(int signature, int end) {
        List<Fold> folds = new ArrayList<>();
        Kind open = null;
        int from = 0;
        int last = 0;
        for (int k = 0; k < lines.size(); k++) {
            String line = lines.get(k);
            if (line.isBlank()) {
                continue;
            }
            Kind kind = kind(k, line, signature, end);
            if (kind != open) {
                if (open != null) {
                    folds.add(new Fold(from, last + 1, open));
                }
                open = kind;
                from = k;
            }
            last = k;
        }
        if (open != null) {
            folds.add(new Fold(from, last + 1, open));
        }
        return folds;
    }

    private @Nullable Kind kind(int k, String line, int signature, int end) {
        if (drop[k] && k < end) {
            return line.charAt(0) == HtmlText.SIGNATURE ? Kind.SIGNATURE : Kind.QUOTE;
        }
        return k >= end ? Kind.QUOTE : k >= signature ? Kind.SIGNATURE : null;
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int i = 0;
        while (i <= text.length() && lines.size() <= MAX_LINES) {
            int end = text.indexOf('\n', i);
            int stop = end < 0 ? text.length() : end;
            int last = stop > i && text.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            lines.add(text.substring(i, last));
            if (end < 0) {
                break;
            }
            i = end + 1;
        }
        return lines;
    }

    /** Marks quoted lines; returns where the part begins that is quoted to its end. */
    private int cut() {
        int n = lines.size();
        for (int i = 0; i < n; i++) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                continue;
            }
            char first = line.charAt(0);
            if (isQuoted(line) || first == HtmlText.SIGNATURE) {
                drop[i] = true;
            } else if (first == HtmlText.REST_QUOTED || QuoteWords.isOriginalMessage(line)) {
                return separatorBefore(i);
            } else if (mayStartHeader(i) && isHeaderBlock(i)) {
                return separatorBefore(i);
            } else if (endsWithColon(line)) {
                int start = attribution(i);
                if (start >= 0 && quoteFollows(i)) {
                    for (int k = start; k <= i; k++) {
                        drop[k] = true;
                    }
                } else if (start >= 0
                        && (QuoteWords.startsAsAttribution(lines.get(start))
                                || lines.get(start).indexOf('@') > 0)
                        && somethingFollows(i)) {
                    return start;
                }
            }
        }
        return n;
    }

    private boolean mayStartHeader(int at) {
        Label label = QuoteWords.label(lines.get(at));
        return label == Label.FROM
                || (label != null
                        && label != Label.OTHER
                        && (at == 0 || lines.get(at - 1).isBlank() || isRule(lines.get(at - 1))));
    }

    private static boolean isQuoted(String line) {
        int i = 0;
        while (i < line.length() && i < 3 && line.charAt(i) == ' ') {
            i++;
        }
        return i < line.length() && (line.charAt(i) == '>' || line.charAt(i) == HtmlText.QUOTED);
    }

    /** A rule or blank lines above a quoted header belong to it. */
    private int separatorBefore(int at) {
        int k = at - 1;
        while (k >= 0 && lines.get(k).isBlank()) {
            k--;
        }
        return k >= 0 && isRule(lines.get(k)) ? k : at;
    }

    private static boolean isRule(String line) {
        String text = line.strip();
        return text.length() >= 5
                && text.chars().allMatch(c -> c == '_' || c == '-' || c == '=' || c == '*' || c == '—');
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
        for (int k = at; k < lines.size() && seen < 8; k++) {
            String line = lines.get(k);
            if (line.isBlank()) {
                continue;
            }
            seen++;
            Label label = QuoteWords.label(line);
            if (label == null && k == at) {
                return false;
            }
            from |= label == Label.FROM;
            address |= label == Label.FROM && line.indexOf('@') > 0;
            date |= label == Label.DATE;
            to |= label == Label.TO;
            subject |= label == Label.SUBJECT;
        }
        int others = (date ? 1 : 0) + (to ? 1 : 0) + (subject ? 1 : 0);
        return from && (address ? others >= 2 : date && subject);
    }

    private static boolean endsWithColon(String line) {
        int end = line.length();
        while (end > 0
                && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '*' || line.charAt(end - 1) == '\u00A0')) {
            end--;
        }
        return end > 0 && (line.charAt(end - 1) == ':' || line.charAt(end - 1) == '：');
    }

    /** First line of the attribution that ends in line {@code at}; -1 if it is none. */
    private int attribution(int at) {
        boolean quote = quoteFollows(at);
        StringBuilder joined = new StringBuilder(lines.get(at));
        int start = at;
        while (at - start < 3 && !QuoteWords.startsAsAttribution(lines.get(start)) && !isTop(start)) {
            start--;
            joined.insert(0, lines.get(start) + " ");
        }
        String text = joined.toString();
        boolean begins = QuoteWords.startsAsAttribution(lines.get(start)) || isTop(start);
        boolean wrote = QuoteWords.saysWrote(text) && (hasDigits(text, 1) || text.indexOf('@') >= 0);
        boolean dated = quote && hasDigits(text, 5) && text.indexOf('@') >= 0;
        if (begins && (wrote || dated)) {
            return start;
        }
        return quote && QuoteWords.saysWrote(lines.get(at)) ? at : -1;
    }

    private boolean isTop(int line) {
        return line == 0 || lines.get(line - 1).isBlank() || drop[line - 1];
    }

    private static boolean hasDigits(String text, int wanted) {
        return text.chars().filter(Character::isDigit).limit(wanted).count() == wanted;
    }

    private boolean quoteFollows(int at) {
        for (int k = at + 1; k < lines.size(); k++) {
            if (!lines.get(k).isBlank()) {
                return isQuoted(lines.get(k));
            }
        }
        return false;
    }

    private boolean somethingFollows(int at) {
        return lines.subList(at + 1, lines.size()).stream().anyMatch(l -> !l.isBlank());
    }

    private String join(int end) {
        StringBuilder out = new StringBuilder();
        boolean gap = false;
        for (int k = 0; k < end; k++) {
            String line = lines.get(k).stripTrailing();
            if (drop[k] || line.isEmpty()) {
                gap = true;
                continue;
            }
            if (!out.isEmpty()) {
                out.append(gap ? "\n\n" : "\n");
            }
            out.append(line);
            gap = false;
        }
        return out.toString().strip();
    }
}
