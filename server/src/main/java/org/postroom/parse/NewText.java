package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postroom.parse.QuoteWords.Label;

/**
 * What the writer added: text without quoted parts and signature, for the main mail programs and languages. In doubt a
 * line stays; if nothing would be left, everything stays.
 */
final class NewText {
    private static final int MAX_LINES = 20_000;
    private static final int SIGNATURE_LINES = 14;

    private final List<String> lines;
    private final boolean[] drop;

    private NewText(List<String> lines) {
        this.lines = lines;
        this.drop = new boolean[lines.size()];
    }

    /** Of plain text. */
    static String of(String text) {
        return ofMarked(HtmlText.withoutMarks(text));
    }

    /** Of text that {@link HtmlText} marked. */
    static String ofMarked(String text) {
        List<String> lines = split(text);
        if (lines.size() > MAX_LINES) {
            return HtmlText.withoutMarks(text).strip();
        }
        NewText reading = new NewText(lines);
        int end = reading.cut();
        end = reading.signature(end);
        String kept = reading.join(end);
        return kept.isEmpty() ? HtmlText.withoutMarks(text).strip() : kept;
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
            } else if (QuoteWords.label(line) == Label.FROM && isHeaderBlock(i)) {
                return separatorBefore(i);
            } else if (endsWithColon(line)) {
                int start = attribution(i);
                if (start >= 0 && quoteFollows(i)) {
                    for (int k = start; k <= i; k++) {
                        drop[k] = true;
                    }
                } else if (start >= 0 && QuoteWords.startsAsAttribution(lines.get(start)) && somethingFollows(i)) {
                    return start;
                }
            }
        }
        return n;
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

    /** From, and within the next lines two more of date, recipient and subject. */
    private boolean isHeaderBlock(int at) {
        boolean date = false;
        boolean to = false;
        boolean subject = false;
        int seen = 0;
        for (int k = at + 1; k < lines.size() && seen < 7; k++) {
            String line = lines.get(k);
            if (line.isBlank()) {
                continue;
            }
            seen++;
            Label label = QuoteWords.label(line);
            date |= label == Label.DATE;
            to |= label == Label.TO;
            subject |= label == Label.SUBJECT;
        }
        return (date ? 1 : 0) + (to ? 1 : 0) + (subject ? 1 : 0) >= 2;
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
        StringBuilder joined = new StringBuilder(lines.get(at));
        int start = at;
        for (int more = 0; ; more++) {
            String text = joined.toString();
            boolean begins = more == 2 || start == 0 || lines.get(start - 1).isBlank();
            boolean enough = QuoteWords.saysWrote(text)
                    && (hasDigit(text) || text.indexOf('@') >= 0)
                    && (begins || QuoteWords.startsAsAttribution(lines.get(start)));
            if (enough) {
                return start;
            }
            if (more == 2 || start == 0 || lines.get(start - 1).isBlank() || drop[start - 1]) {
                return QuoteWords.saysWrote(text) && quoteFollows(at) ? start : -1;
            }
            start--;
            joined.insert(0, lines.get(start) + " ");
        }
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(Character::isDigit);
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

    /** Where the signature begins, if there is one before {@code end}. */
    private int signature(int end) {
        int seen = 0;
        for (int k = end - 1; k >= 0 && seen <= SIGNATURE_LINES; k--) {
            String line = lines.get(k);
            if (drop[k] || line.isBlank()) {
                continue;
            }
            seen++;
            if (line.equals("-- ") || line.equals("--") || line.equals("--\u00A0")) {
                return k;
            }
            if (seen <= 2 && QuoteWords.isMobileSignature(line.toLowerCase(Locale.ROOT))) {
                return k;
            }
        }
        return end;
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
