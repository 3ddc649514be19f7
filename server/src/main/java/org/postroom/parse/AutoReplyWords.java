package org.postroom.parse;

import java.util.List;
import org.postroom.mail.Address;

/**
 * Subjects and first words that programs write which answer for people, when no header tells. A person's own answer
 * ({@code Re: …}) is never one by its subject; by its text only if that says several things of which a person says one.
 */
final class AutoReplyWords {
    private static final Phrases TABLE = Phrases.load("automatic-words.txt");
    private static final long AWAY = TABLE.bit("away-subject");
    private static final long REPLY = TABLE.bit("reply-subject");
    private static final long NAME_AWAY = TABLE.bit("name-away");
    private static final long INSIDE = TABLE.bit("inside");
    private static final long PROGRAM = TABLE.bit("program-line");
    private static final long DEAF = TABLE.bit("deaf-line");
    private static final long OPENING = TABLE.bit("away-opening");
    private static final long GOES_ON = TABLE.bit("away-thanks") | TABLE.bit("away-urgent") | TABLE.bit("away-answer");
    private static final int FIRST_LINES = 8;
    private static final int LAST_LINES = 5;
    private static final int LINE = 80;
    private static final int OPENING_LENGTH = 300;
    private static final int MOST = 1_500;

    private AutoReplyWords() {}

    /** What a subject or a text says about its writer. */
    enum Says {
        NOTHING,
        /** A program answers. */
        PROGRAM,
        /** Out of office. */
        AWAY,
        /** Answers are not read. */
        DEAF
    }

    static boolean matches(String subject) {
        return subject(subject, List.of()) != Says.NOTHING;
    }

    static Says subject(String subject, List<Address> from) {
        String text = Phrases.normal(subject).strip();
        if (text.length() < 3 || BounceWords.isAnswered(text)) {
            return Says.NOTHING;
        }
        if (text.startsWith("[") && text.indexOf(']') > 0 && TABLE.beginning(text, 0) == 0) {
            text = text.substring(text.indexOf(']') + 1).strip();
        }
        long begins = TABLE.beginning(text, 0);
        if ((begins & AWAY) != 0 || names(text, from)) {
            return Says.AWAY;
        }
        if ((begins & REPLY) != 0) {
            return Says.PROGRAM;
        }
        return (TABLE.found(text) & INSIDE) != 0 ? Says.AWAY : Says.NOTHING;
    }

    /** {@code Ann Example is out of the office} from Ann Example. */
    private static boolean names(String subject, List<Address> from) {
        for (Address address : from) {
            String name = Phrases.normal(address.name()).strip();
            if (name.length() > 2 && subject.startsWith(name)) {
                return (TABLE.beginning(subject, Math.min(name.length() + 1, subject.length())) & NAME_AWAY) != 0;
            }
        }
        return false;
    }

    /** @param text new text, without what is quoted */
    static Says text(String text) {
        if (text.isEmpty()) {
            return Says.NOTHING;
        }
        long lines = lines(text);
        if (isAway(text)) {
            return Says.AWAY;
        }
        if ((lines & PROGRAM) != 0) {
            return opensAway(text) ? Says.AWAY : Says.PROGRAM;
        }
        return (lines & DEAF) != 0 ? Says.DEAF : Says.NOTHING;
    }

    /** The groups with which one of the first or last lines begins. */
    private static long lines(String text) {
        long found = 0;
        int at = 0;
        for (int seen = 0; seen < FIRST_LINES && at < text.length(); ) {
            int end = text.indexOf('\n', at);
            int stop = end < 0 ? text.length() : end;
            if (stop - at > 5) {
                found |= line(text, at, stop);
                seen++;
            }
            at = stop + 1;
        }
        int stop = text.length();
        for (int seen = 0; seen < LAST_LINES && stop > at; ) {
            int start = text.lastIndexOf('\n', stop - 1) + 1;
            if (stop - start > 5) {
                found |= line(text, start, stop);
                seen++;
            }
            stop = start - 1;
        }
        return found;
    }

    private static long line(String text, int start, int end) {
        int from = start;
        while (from < end && !Character.isLetter(text.charAt(from))) {
            if (text.charAt(from) == '>' || text.charAt(from) == '|') {
                return 0;
            }
            from++;
        }
        return TABLE.mayBegin(text, from)
                ? TABLE.beginning(Phrases.normal(text.substring(from, Math.min(end, from + LINE))), 0)
                : 0;
    }

    /** The opening of one who is away, and two of: thanks, whom to ask, when it will be read. No question. */
    private static boolean isAway(String text) {
        if (!opensAway(text) || text.length() > MOST || text.indexOf('?') >= 0 || text.indexOf('？') >= 0) {
            return false;
        }
        return Long.bitCount(TABLE.found(Phrases.normal(text)) & GOES_ON) >= 2;
    }

    /** At the beginning of one of the first sentences. */
    static boolean opensAway(String text) {
        int stop = Math.min(text.length(), OPENING_LENGTH);
        boolean begins = true;
        for (int i = 0; i + 1 < stop; i++) {
            char c = text.charAt(i);
            if (begins) {
                begins = !Character.isLetterOrDigit(c);
                if (!begins && TABLE.mayBegin(text, i) && opens(text, i, stop)) {
                    return true;
                }
            } else {
                begins = endsPhrase(c);
            }
        }
        return false;
    }

    private static boolean endsPhrase(char c) {
        if (c < 128) {
            return c == '\n' || c == '.' || c == '!' || c == ',';
        }
        return c == '。' || c == '！' || c == '、' || c == '，';
    }

    private static boolean opens(String text, int at, int stop) {
        String opening = Phrases.normal(text.substring(at, Math.min(stop, at + LINE)));
        return (TABLE.beginning(opening, 0) & OPENING) != 0;
    }
}
