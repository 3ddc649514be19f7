package org.postroom.parse;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** What a line near the end of a text may be: a closing, a name, contact details, what a telephone adds. For one text. */
final class SignatureLines {
    private static final int SHORT = 110;

    private static final Pattern NOT_NAME = Pattern.compile("[\\s.,/|!-]+");

    private final MailLines lines;

    private final ContactLines contacts;
    private final List<String> names;

    /** The first character of each. */
    private final String initials;

    SignatureLines(MailLines lines, @Nullable Address writer) {
        this.lines = lines;
        this.contacts = new ContactLines(lines, writer);
        this.names = writer == null ? List.of() : WriterNames.of(writer.name());
        StringBuilder first = new StringBuilder();
        names.forEach(name -> first.append(name.charAt(0)));
        this.initials = first.toString();
    }

    /** Without punctuation around it. */
    private static String bare(String plain) {
        int end = plain.length();
        while (end > 0
                && !isLetter(plain.charAt(end - 1))
                && ",.!;:-–—*_~ ，。！、:)(🙂😊".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = 0;
        while (start < end && isBefore(plain.charAt(start))) {
            start++;
        }
        return plain.substring(start, end);
    }

    /** Of the alphabet, small. */
    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    boolean isClosing(int line) {
        if (lines.length(line) > 170) {
            return false;
        }
        boolean starts = lines.mayBegin(line, QuoteWords.CLOSING_STARTS);
        if (!starts && !lines.mayBegin(line, QuoteWords.CLOSINGS)) {
            return false;
        }
        String plain = bare(lines.plain(line));
        return (plain.length() <= 70 && QuoteWords.CLOSINGS.has(plain))
                || (starts
                        && QuoteWords.CLOSING_STARTS.startOf(plain) > 0
                        && !isQuestion(line)
                        && plain.split(" ").length <= 22);
    }

    /** {@code Best regards, Ann}. */
    boolean isClosingWithName(int line) {
        if (lines.length(line) > 60 || !lines.mayBegin(line, QuoteWords.CLOSING_PREFIXES)) {
            return false;
        }
        String plain = bare(lines.plain(line));
        int length = QuoteWords.CLOSING_PREFIXES.startOf(plain);
        if (length == 0 || length == plain.length()) {
            return false;
        }
        String rest = bare(plain.substring(length));
        return names.contains(rest)
                || (rest.split(" ").length <= 3
                        && !hasDigit(rest)
                        && isCapitalised(lines.content(line), rest)
                        && QuoteWords.CLOSING_PREFIXES.lengthAt(plain, 0) > 0);
    }

    /** Each word of the end of the line begins with a capital, or the script has none. */
    private static boolean isCapitalised(String line, String rest) {
        String end =
                line.substring(Math.max(0, line.length() - rest.length() - 2)).strip();
        boolean any = false;
        for (String word : NOT_NAME.split(end)) {
            if (word.isEmpty()) {
                continue;
            }
            char c = word.charAt(0);
            if (Character.isLowerCase(c) || Character.isDigit(c) || word.endsWith("?")) {
                return false;
            }
            any = true;
        }
        return any;
    }

    boolean isWriter(int line) {
        return !names.isEmpty()
                && lines.length(line) <= 60
                && mayBeWriter(line)
                && names.contains(bare(lines.plain(line)));
    }

    /** The first character but for punctuation is that of a name; false only if it is not. */
    private boolean mayBeWriter(int line) {
        char[] text = lines.chars();
        int end = lines.end(line);
        int i = lines.start(line);
        char first = 0;
        while (i < end && (first == 0 || isBefore(first))) {
            first = PlainText.of(text[i++]);
        }
        return initials.indexOf(first) >= 0 || (i < end && PlainText.isCombining(text[i]));
    }

    /** Stands before words and is none. */
    private static boolean isBefore(char c) {
        return !isLetter(c) && "-–—*~_/ ,.!;，。！、".indexOf(c) >= 0;
    }

    /** One to four words with capitals and nothing else. */
    boolean looksLikeName(int line) {
        if (lines.length(line) > 50 || lines.length(line) < 2) {
            return false;
        }
        String text = lines.content(line);
        char last = text.charAt(text.length() - 1);
        String bare = bareOfCase(text);
        if (last == '?' || last == ':' || hasDigit(text) || bare.isEmpty()) {
            return false;
        }
        String[] words = NOT_NAME.split(bare);
        int capitals = 0;
        for (String word : words) {
            if (word.isEmpty()) {
                continue;
            }
            char c = word.charAt(0);
            if (Character.isLowerCase(c) && !isParticle(word)) {
                return words.length == 1 && word.length() <= 12 && word.chars().allMatch(Character::isLetter);
            }
            capitals += Character.isLetter(c) ? 1 : 0;
        }
        boolean wide = bare.charAt(0) >= '\u3000';
        return capitals > 0 && words.length <= (wide ? 3 : 5) && (!wide || bare.length() <= 20);
    }

    private static boolean isParticle(String word) {
        return switch (word) {
            case "von",
                    "van",
                    "der",
                    "den",
                    "de",
                    "da",
                    "do",
                    "dos",
                    "di",
                    "del",
                    "la",
                    "le",
                    "du",
                    "el",
                    "bin",
                    "al",
                    "zu",
                    "ter",
                    "te",
                    "i",
                    "y",
                    "e",
                    "und",
                    "and",
                    "et",
                    "og",
                    "och",
                    "ppa",
                    "iA",
                    "dr" -> true;
            default -> false;
        };
    }

    private static String bareOfCase(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && "-–—*~_/ ".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && ",.!*_ 。".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Whether a line below a closing is the writer's name or begins his particulars. */
    boolean beginsSigner(int line, int linesLeft) {
        return isWriter(line)
                || looksLikeName(line)
                || lines.isDelimiter(line)
                || isDashes(line)
                || (linesLeft >= 2 && (isCorporate(line) || lines.isRule(line, 2)))
                || hasName(line);
    }

    private boolean hasName(int line) {
        String plain = lines.plain(line);
        return names.stream().anyMatch(n -> n.length() > 3 && plain.contains(n));
    }

    /** Whether a line may be part of a signature: short, and neither sentence nor question nor a number somebody needs. */
    boolean fits(int line) {
        if (lines.isRule(line, 1) || isClosing(line) || isMobile(line) || isLink(line) || isCorporate(line)) {
            return !isQuestion(line);
        }
        if (lines.length(line) > SHORT || isQuestion(line) || isPostscript(line)) {
            return false;
        }
        if (isWriter(line)) {
            return true;
        }
        char last = lines.last(line);
        if ((last == ':' || last == '：') && !isContact(line)) {
            return false; // something new begins
        }
        String plain = lines.plain(line);
        if (hasDigit(plain) && QuoteWords.ORDER.in(plain) >= 0) {
            return false;
        }
        return isContact(line) || !isSentence(line);
    }

    private boolean isCorporate(int line) {
        return lines.length(line) <= 240
                && QuoteWords.CORPORATE.wordIn(lines.plain(line))
                && !isFirstPerson(lines.plain(line));
    }

    private static boolean isFirstPerson(String plain) {
        return plain.startsWith("i ")
                || plain.contains(" i ")
                || plain.contains(" my ")
                || plain.contains(" ich ")
                || plain.contains("please")
                || plain.contains("bitte");
    }

    /** Several words that end as a sentence ends, or begin small and go on long. */
    private boolean isSentence(int line) {
        String text = lines.content(line);
        char last = text.charAt(text.length() - 1);
        char first = text.charAt(0);
        boolean wide = first >= '\u3000' && first < '\uFB00';
        boolean stop =
                last == '.' || last == '!' || last == '。' || last == '！' || last == ':' || last == '…' || last == ';';
        if (wide || text.charAt(text.length() / 2) >= '\u3000') {
            return (stop && text.length() > 8) || text.length() > 40;
        }
        int words = 0;
        int small = 0;
        for (int i = 0; i < text.length(); ) {
            int end = text.indexOf(' ', i);
            end = end < 0 ? text.length() : end;
            if (end > i) {
                words++;
                boolean lower = end - i > 1 && Character.isLowerCase(text.charAt(i));
                small += lower && !isParticle(text.substring(i, end)) ? 1 : 0;
            }
            i = end + 1;
        }
        boolean contact = isContact(line);
        if (stop && ((words >= 4 && small > 0 && !contact) || words >= 7)) {
            return true;
        }
        return (small >= 5 && small * 2 > words && !contact) || small >= 9;
    }

    boolean isQuestion(int line) {
        char last = lines.last(line);
        return (last == '?' || last == '？' || last == '؟') && !lines.contains(line, '=');
    }

    boolean isPostscript(int line) {
        String plain = lines.plain(line);
        int end = 0;
        while (end < plain.length()
                && end < 12
                && plain.charAt(end) != ' '
                && plain.charAt(end) != ':'
                && plain.charAt(end) != '：') {
            end++;
        }
        String word = plain.substring(0, end);
        return (end < plain.length() && QuoteWords.POSTSCRIPT.contains(word))
                || plain.startsWith("p. s.")
                || plain.startsWith("追伸")
                || plain.startsWith("추신");
    }

    boolean isContact(int line) {
        return contacts.is(line);
    }

    ContactLines contacts() {
        return contacts;
    }

    /** {@code --}, {@code __}, a dash alone. */
    boolean isDashes(int line) {
        int length = lines.length(line);
        return length <= 3 && length > 0 && (lines.isRule(line, 2) || (lines.first(line) == '—' && length == 1));
    }

    boolean isLink(int line) {
        if ("hHwW<[(".indexOf(lines.first(line)) < 0) {
            return false;
        }
        String plain = lines.plain(line);
        return !plain.isEmpty()
                && plain.indexOf(' ') < 0
                && (plain.startsWith("http")
                        || plain.startsWith("<http")
                        || plain.startsWith("www.")
                        || plain.startsWith("[http")
                        || plain.startsWith("(http"));
    }

    /** {@code Sent from my iPhone}, in any language: a known beginning, a device, and few words. */
    boolean isMobile(int line) {
        if (lines.length(line) > 140
                || lines.length(line) < 4
                || !lines.mayBegin(line, QuoteWords.MOBILE)
                || isQuestion(line)) {
            return false;
        }
        String plain = bareOfCase(lines.plain(line));
        if (plain.startsWith("[") || plain.startsWith("(") || plain.startsWith("<") || plain.startsWith("\"")) {
            plain = plain.substring(1);
        }
        int length = QuoteWords.MOBILE.lengthAt(plain, 0);
        if (length == 0) {
            return false;
        }
        int link = plain.indexOf("<http");
        String words = link > 0 ? plain.substring(0, link).strip() : plain;
        int count = words.split(" ").length;
        int pause = length;
        while (pause < words.length() && ",;.".indexOf(words.charAt(pause)) < 0) {
            pause++;
        }
        return count <= 12
                && (QuoteWords.DEVICE.in(words.substring(0, pause)) >= 0
                        || (count <= 4 && length == words.length())
                        || (count <= 7
                                && pause == words.length()
                                && QuoteWords.OWN_DEVICE.startOf(words) > 0
                                && endsWithProduct(line)));
    }

    /** {@code Sent from my Wiko RIDGE}: the last word has a capital or a digit. */
    private boolean endsWithProduct(int line) {
        String text = lines.content(line);
        char c = text.charAt(text.lastIndexOf(' ') + 1);
        return Character.isUpperCase(c) || hasDigit(text.substring(text.lastIndexOf(' ') + 1));
    }

    private static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
