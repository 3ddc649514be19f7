package org.postroom.parse;

/** Lines such as {@code On Monday, Ann wrote:}, over one to four lines, in the order of words of any language. */
final class Attribution {
    private static final int MOST_LINES = 4;

    private final MailLines lines;

    Attribution(MailLines lines) {
        this.lines = lines;
    }

    /**
     * First line of the attribution that ends in line {@code at}; -1 if it is none.
     *
     * @param quoted whether quoted lines follow; without them only what cannot be anything else counts
     */
    int start(int at, boolean quoted) {
        if (lines.length(at) > MailLines.LONG) {
            return -1;
        }
        boolean colon = endsWithColon(at);
        String joined = "";
        int found = -1;
        for (int k = at; k >= 0 && at - k < MOST_LINES && mayBelong(k, at); k--) {
            joined = k == at ? bare(lines.plain(k)) : bare(lines.plain(k)) + " " + joined;
            boolean starts = startsAsAttribution(bare(lines.plain(k)));
            if (isWhole(joined, colon, quoted, starts)) {
                if (starts) {
                    return withDateAbove(k, at);
                }
                found = found < 0 && (dated(joined) || top(k)) ? k : found;
            }
        }
        if (found < 0 && quoted && colon && isShort(at)) {
            return at;
        }
        return found;
    }

    /** A date of its own line, with a comma, goes before the time. */
    private int withDateAbove(int start, int at) {
        int k = start - 1;
        boolean dated = k >= 0
                && at - k < MOST_LINES
                && mayBelong(k, at)
                && lines.last(k) == ','
                && dated(lines.plain(k))
                && startsAsAttribution(bare(lines.plain(k)));
        return dated ? k : start;
    }

    /** All of one in a line of its own but the colon: {@code On Mon, 2 Nov 2026 10:00:00 +0100 Ann <ann@x> wrote}. */
    boolean lacksColon(int line) {
        if (!lines.has(line, MailLines.AT) || lines.length(line) > 200 || !top(line) || lines.last(line) < 'a') {
            return false;
        }
        String text = bare(lines.plain(line));
        return startsAsAttribution(text) && time(text) >= 0 && digits(text) >= 7 && endsWithVerb(text);
    }

    private boolean mayBelong(int k, int at) {
        return k == at
                || (!lines.blank(k)
                        && lines.length(k) <= 120
                        && !lines.hasQuoteSign(k)
                        && !endsWithColon(k)
                        && lines.last(k) != '.'
                        && lines.last(k) != '!'
                        && lines.last(k) != '?')
                || (k == at - 1 && lines.has(k, MailLines.AT) && lines.length(k) <= 120 && !endsWithColon(k));
    }

    private boolean top(int k) {
        return k == 0 || lines.blank(k - 1);
    }

    /** {@code Ann wrote:} and {@code Quoting Ann:}, right above what Ann wrote. */
    private boolean isShort(int at) {
        String text = bare(lines.plain(at));
        return text.length() <= 90
                && ((QuoteWords.WROTE.wordIn(text) && text.split(" ").length <= 8)
                        || (QuoteWords.QUOTING.startOf(text) > 0
                                && (text.indexOf('@') > 0 || text.split(" ").length <= 6)));
    }

    private static boolean isWhole(String text, boolean colon, boolean quoted, boolean starts) {
        boolean at = text.indexOf('@') >= 0;
        int digits = digits(text);
        boolean wrote = QuoteWords.WROTE.wordIn(text);
        if (quoted) {
            return colon
                    ? (wrote && (digits > 0 || at)) || (at && digits >= 5) || (starts && digits >= 7 && time(text) >= 0)
                    : (wrote && digits >= 3 && endsWithVerb(text))
                            || (at && digits >= 5 && (time(text) >= 0 || (starts && text.endsWith(">"))));
        }
        if (!colon || digits < 3 || (QuoteWords.YOU_WROTE.wordIn(text) && !at)) {
            return false;
        }
        boolean stamped = time(text) >= 0 && digits >= 5;
        return wrote ? (starts && (at || stamped)) || (at && stamped) : at && stamped && starts;
    }

    private static boolean endsWithVerb(String text) {
        for (int i = Math.max(0, text.length() - 16); i < text.length(); i++) {
            if (QuoteWords.WROTE.lengthAt(text, i) == text.length() - i) {
                return true;
            }
        }
        return false;
    }

    private static boolean dated(String text) {
        return digits(text) >= 4;
    }

    /** {@code 10:00}, {@code 9.30}: where the colon is; -1 if there is no time. */
    private static int time(String text) {
        for (int i = 1; i + 2 < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == ':' || c == '.' || c == 'h' || c == '時' || c == '시')
                    && PlainText.isDigit(text.charAt(i - 1))
                    && PlainText.isDigit(text.charAt(i + 1))
                    && PlainText.isDigit(text.charAt(i + 2))
                    && (i + 3 == text.length() || !PlainText.isDigit(text.charAt(i + 3)))) {
                return i;
            }
        }
        return -1;
    }

    private static int digits(String text) {
        int found = 0;
        for (int i = 0; i < text.length(); i++) {
            found += PlainText.isDigit(text.charAt(i)) ? 1 : 0;
        }
        return found;
    }

    /** Whether a line starts as an attribution starts: with a date, a day of the week or such a word as {@code On}. */
    private static boolean startsAsAttribution(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ',') {
            end++;
        }
        if (end == 0) {
            return false;
        }
        String word = text.substring(0, end);
        String stem = word.endsWith(".") || word.endsWith(":") ? word.substring(0, end - 1) : word;
        char first = word.charAt(0);
        return PlainText.isDigit(first)
                || QuoteWords.STARTERS.contains(word)
                || QuoteWords.STARTERS.contains(stem)
                || QuoteWords.WEEKDAYS.contains(stem)
                || first == '在'
                || first == '於'
                || word.startsWith("בתאריך");
    }

    /** Without what lists, rules and stars put around it. */
    private static String bare(String plain) {
        int start = 0;
        int end = plain.length();
        while (start < end && "-–—*•_|~ >\"".indexOf(plain.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "-–—*_~ \"".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        return plain.substring(start, end);
    }

    boolean endsWithColon(int line) {
        int end = lines.end(line);
        int start = lines.start(line);
        char[] text = lines.chars();
        while (end > start
                && (text[end - 1] < 'A' || text[end - 1] == '_' || text[end - 1] == '\u00A0')
                && "*_ \u00A0\"".indexOf(text[end - 1]) >= 0) {
            end--;
        }
        return end > start && (text[end - 1] == ':' || text[end - 1] == '：');
    }

    /** {@code ---- On Monday Ann <ann@x> wrote ----}. */
    boolean isFramed(int line) {
        if (lines.first(line) != '-' || lines.last(line) != '-' || lines.length(line) > MailLines.LONG) {
            return false;
        }
        String text = bare(lines.plain(line));
        return digits(text) >= 4 && QuoteWords.WROTE.wordIn(text) && time(text) >= 0;
    }

    /** {@code >>> Ann Example 02.11.2026 10:00 >>>}. */
    boolean isGroupWise(int line) {
        String text = lines.text();
        return lines.first(line) == '>'
                && lines.length(line) <= 200
                && text.startsWith(">>>", lines.start(line))
                && text.startsWith(">>>", lines.end(line) - 3)
                && lines.length(line) > 12
                && lines.digits(line) >= 4;
    }
}
