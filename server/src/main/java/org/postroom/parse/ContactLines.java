package org.postroom.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** Which lines tell how somebody is reached. For one text. */
final class ContactLines {
    private static final int LONGEST = 170;

    /** Fewest digits of a telephone number. */
    private static final int FEWEST = 5;

    /** What a character adds to the suspicion that a line is such a one. */
    private static final int[] SIGNS = new int[128];

    /** More than the other signs of a line can add up to. */
    private static final int POINT = 1 << 16;

    static {
        "0123456789".chars().forEach(c -> SIGNS[c] = 1);
        "@/".chars().forEach(c -> SIGNS[c] = FEWEST);
        SIGNS['.'] = POINT;
    }

    private final MailLines lines;

    /** 0 not asked yet, 1 no, 2 yes. */
    private final byte[] contact;

    private final String address;

    ContactLines(MailLines lines, @Nullable Address writer) {
        this.lines = lines;
        this.contact = new byte[lines.count()];
        this.address = writer == null ? "" : writer.key();
    }

    /** Telephone, address of mail or web, or a label of one. */
    boolean is(int line) {
        if (contact[line] == 0) {
            contact[line] = (byte) (hasContact(line) ? 2 : 1);
        }
        return contact[line] == 2;
    }

    /** An address of mail or web, or digits. */
    private boolean mayBeContact(int line) {
        char[] text = lines.chars();
        int signs = 0;
        int end = lines.end(line);
        for (int i = lines.start(line); i < end; i++) {
            char c = text[i];
            signs += c < SIGNS.length ? SIGNS[c] : PlainText.isDigit(c) ? 1 : 0;
        }
        return (signs & (POINT - 1)) >= FEWEST || (signs >= POINT && mayBeWeb(line));
    }

    /** A point after a w. */
    private boolean mayBeWeb(int line) {
        char[] text = lines.chars();
        for (int i = lines.start(line) + 1; i < lines.end(line); i++) {
            if (text[i] == '.' && (text[i - 1] | 0x20) == 'w') {
                return true;
            }
        }
        return false;
    }

    private boolean hasContact(int line) {
        boolean signs = lines.has(line, MailLines.DIGIT | MailLines.AT | MailLines.SLASH | MailLines.POINT);
        if (!signs || lines.length(line) > LONGEST || !mayBeContact(line)) {
            return false;
        }
        String text = lines.content(line);
        int digits = lines.digits(line);
        String plain = lines.plain(line);
        if (plain.contains("www.") || plain.contains("http://") || plain.contains("https://")) {
            return true;
        }
        int at = plain.indexOf('@');
        if (at > 0 && plain.indexOf('.', at) > 0) {
            return true;
        }
        int end = 0;
        while (end < plain.length() && end < 16 && " :/|.：)".indexOf(plain.charAt(end)) < 0) {
            end++;
        }
        if (digits >= FEWEST
                && QuoteWords.CONTACT_LABELS.contains(plain.substring(0, end).replace("(", ""))) {
            return true;
        }
        return digits >= 7 && isPhone(text);
    }

    /** Digits with the signs between them that telephone numbers have, and few letters. */
    private static boolean isPhone(String text) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)) {
                run++;
            } else if ("+ ()-./\u00A0–".indexOf(c) < 0) {
                if (run >= 7) {
                    return true;
                }
                run = 0;
            }
        }
        return run >= 7;
    }

    int count(List<Integer> tail, int from) {
        int found = 0;
        for (int n = from; n < tail.size(); n++) {
            found += is(tail.get(n)) ? 1 : 0;
        }
        return found;
    }

    boolean hasWritersAddress(List<Integer> tail, int from) {
        for (int n = from; n < tail.size() && !address.isEmpty(); n++) {
            if (lines.plain(tail.get(n)).contains(address)) {
                return true;
            }
        }
        return false;
    }
}
