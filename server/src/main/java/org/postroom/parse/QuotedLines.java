package org.postroom.parse;

/** Which lines bear a sign that they are quoted: {@code >}, initials before it, or what else an attribution introduced. */
final class QuotedLines {
    private final MailLines lines;
    private final boolean[] signed;
    private char other;

    QuotedLines(MailLines lines) {
        this.lines = lines;
        this.signed = new boolean[lines.count()];
        if (lines.has(MailLines.GREATER)) {
            findSigned();
        }
        if (lines.isMarked()) {
            answersInMarkedQuotes();
        }
    }

    private void findSigned() {
        int found = 0;
        int initials = 0;
        for (int k = 0; k < signed.length; k++) {
            signed[k] = lines.hasQuoteSign(k) && !isEscapedFrom(k);
            found += signed[k] ? 1 : 0;
            initials += isInitials(k) ? 1 : 0;
        }
        if (found == 1 && initials == 0) {
            forgetIfLonely();
        }
        if (initials >= 2) {
            for (int k = 0; k < signed.length; k++) {
                signed[k] |= isInitials(k);
            }
        }
    }

    boolean is(int line) {
        return signed[line] || (other != 0 && lines.first(line) == other);
    }

    /** A sign that is one only below an attribution. */
    boolean hasOtherSign(int line) {
        return line < lines.count()
                && (lines.first(line) == '|' || lines.first(line) == ':' || lines.first(line) == '»');
    }

    void alsoSignOf(int line) {
        other = lines.first(line);
    }

    /** {@code >From } is how mailboxes write a line that begins with From. */
    private boolean isEscapedFrom(int line) {
        return lines.text().startsWith(">From ", lines.start(line))
                && (line == 0 || !lines.hasQuoteSign(line - 1))
                && (line + 1 == lines.count() || !lines.hasQuoteSign(line + 1));
    }

    /** One such line in the whole text, with no blank or with a number after the sign: {@code >100 items}. */
    private void forgetIfLonely() {
        for (int k = 0; k < signed.length; k++) {
            if (!signed[k]) {
                continue;
            }
            int at = lines.start(k) + 1;
            boolean blank = at < lines.end(k) && lines.text().charAt(at) == ' ';
            while (at < lines.end(k) && lines.text().charAt(at) == ' ') {
                at++;
            }
            boolean number = at < lines.end(k)
                    && (Character.isDigit(lines.text().charAt(at))
                            || lines.text().charAt(at) == '=');
            int before = lines.previous(k - 1);
            boolean introduced = before >= 0 && (lines.last(before) == ':' || lines.last(before) == '：');
            if ((number || !blank) && !introduced) {
                signed[k] = false;
            }
        }
    }

    /** {@code AB> text}. */
    private boolean isInitials(int line) {
        int i = lines.start(line);
        int end = lines.end(line);
        String text = lines.text();
        int letters = 0;
        while (i < end && letters < 4 && Character.isUpperCase(text.charAt(i))) {
            letters++;
            i++;
        }
        return letters > 0
                && i < end
                && text.charAt(i) == '>'
                && (i + 1 == end || text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '>');
    }

    /**
     * Within what a mail program marked as quoted, below an attribution, unsigned lines after signed ones are answers
     * between the quoted lines.
     */
    private void answersInMarkedQuotes() {
        int k = 0;
        while (k < lines.count()) {
            if (!lines.isMarkedQuoted(k)) {
                k++;
                continue;
            }
            int from = k;
            while (k < lines.count() && (lines.isMarkedQuoted(k) || lines.blank(k))) {
                k++;
            }
            int first = from;
            int head = -1;
            while (first < k && (lines.blank(first) || !signed[first])) {
                head = lines.blank(first) ? head : first;
                first++;
            }
            boolean attributed = head >= 0 && first - from <= 6 && new Attribution(lines).endsWithColon(head);
            if (first < k && attributed) {
                for (int n = first; n < k; n++) {
                    if (!signed[n]) {
                        lines.unmark(n);
                    }
                }
            }
        }
    }
}
