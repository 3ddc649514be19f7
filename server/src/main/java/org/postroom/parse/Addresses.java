package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * Address lists (RFC 5322 section 3.4, RFC 6532) as mail programs write them: missing commas and quotes, semicolons
 * between people, encoded words around everything, groups, routes, comments. Single pass, never fails.
 */
final class Addresses {
    /** More than anybody writes to by hand. */
    private static final int MAX = 2_000;

    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]+");

    private final String in;
    private final List<Address> found = new ArrayList<>();
    private final StringBuilder phrase = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private @Nullable String angle;
    private boolean quoted;
    private int i;

    private Addresses(String in) {
        this.in = in;
    }

    /** All people of a header body, those in groups too. */
    static List<Address> parse(String body) {
        if (body.isBlank()) {
            return List.of();
        }
        Addresses reader = new Addresses(body);
        reader.read();
        if (body.contains("=?")
                && reader.found.stream().noneMatch(a -> a.address().indexOf('@') > 0)) {
            String decoded = EncodedWords.decode(body);
            if (decoded.indexOf('@') >= 0 && !decoded.contains("=?")) {
                return decoded.indexOf('@') == decoded.lastIndexOf('@') ? one(decoded) : parse(decoded);
            }
        }
        return List.copyOf(reader.found);
    }

    /** One person whose name and address were encoded together; a comma belongs to the name. */
    private static List<Address> one(String decoded) {
        int open = decoded.indexOf('<');
        int close = decoded.indexOf('>', open + 1);
        if (open < 0 || close < 0) {
            return parse(decoded);
        }
        String name = decoded.substring(0, open).replace("\"", "").strip();
        return List.of(person(name, spec(decoded.substring(open + 1, close))));
    }

    private void read() {
        while (i < in.length() && found.size() < MAX) {
            char c = in.charAt(i);
            switch (c) {
                case '"' -> quotedString();
                case '(' -> comment();
                case '<' -> angle();
                case ',', ';' -> {
                    i++;
                    end();
                }
                case ':' -> colon();
                default -> {
                    if (angle != null && !isSpace(c)) {
                        afterAngle();
                    }
                    phrase.append(isSpace(c) ? ' ' : c);
                    i++;
                }
            }
        }
        end();
    }

    /** Text after {@code <…>} without a comma starts somebody else. */
    private void afterAngle() {
        end();
    }

    private void quotedString() {
        if (angle != null) {
            end();
        }
        int close = in.length();
        StringBuilder text = new StringBuilder();
        for (int k = i + 1; k < in.length(); k++) {
            char c = in.charAt(k);
            if (c == '\\' && k + 1 < in.length()) {
                text.append(in.charAt(++k));
            } else if (c == '"') {
                close = k;
                break;
            } else {
                text.append(c);
            }
        }
        if (close == in.length()) {
            i++; // a quote that never ends is no quote
            return;
        }
        boolean local = close + 1 < in.length() && (in.charAt(close + 1) == '@' || in.charAt(close + 1) == '.');
        if (local) {
            phrase.append(in, i, close + 1);
        } else {
            if (!phrase.isEmpty() && phrase.charAt(phrase.length() - 1) != '.') {
                phrase.append(' ');
            }
            phrase.append(text).append(' ');
            quoted = true;
        }
        i = close + 1;
    }

    private void comment() {
        int depth = 0;
        StringBuilder text = new StringBuilder();
        int k = i;
        for (; k < in.length(); k++) {
            char c = in.charAt(k);
            if (c == '\\' && k + 1 < in.length()) {
                text.append(in.charAt(++k));
            } else if (c == '(') {
                if (depth++ > 0) {
                    text.append(c);
                }
            } else if (c == ')') {
                if (--depth == 0) {
                    break;
                }
                text.append(c);
            } else {
                text.append(c);
            }
        }
        if (!comment.isEmpty()) {
            comment.append(' ');
        }
        comment.append(text);
        i = Math.min(k + 1, in.length());
    }

    private void angle() {
        if (angle != null) {
            end();
        }
        StringBuilder text = new StringBuilder();
        boolean inQuote = false;
        int k = i + 1;
        for (; k < in.length(); k++) {
            char c = in.charAt(k);
            if (c == '"') {
                inQuote = !inQuote;
            } else if (!inQuote) {
                if (c == '>') {
                    break;
                }
                if (c == '(') {
                    int save = i;
                    i = k;
                    comment();
                    k = i - 1;
                    i = save;
                    continue;
                }
                if (c == '<') {
                    if (text.toString().isBlank()) {
                        continue;
                    }
                    k--; // the first one was never closed
                    break;
                }
                if (c == ',' && text.indexOf("@") > 0) {
                    k--;
                    break;
                }
            }
            text.append(c);
        }
        angle = spec(text.toString());
        i = Math.min(k + 1, in.length());
        while (i < in.length() && in.charAt(i) == '>') {
            i++;
        }
    }

    /** Ends a group's name, unless the colon is part of a name or an address. */
    private void colon() {
        if (phrase.indexOf("@") >= 0 || angle != null) {
            phrase.append(':');
        } else if (phrase.toString().strip().equalsIgnoreCase("mailto")) {
            phrase.setLength(0);
        } else {
            phrase.setLength(0);
            comment.setLength(0);
            quoted = false;
        }
        i++;
    }

    private void end() {
        String words = phrase.toString().strip();
        String note = comment.toString().strip();
        if (angle != null) {
            add(words.isEmpty() ? note : words, angle);
        } else if (!words.isEmpty()) {
            bare(words, note);
        }
        phrase.setLength(0);
        comment.setLength(0);
        angle = null;
        quoted = false;
    }

    /** Words without angle brackets: an address, several, a name with an address, or just a name. */
    private void bare(String words, String note) {
        if (words.indexOf('@') < 0) {
            boolean oneWord = words.indexOf(' ') < 0 && !quoted && !words.startsWith("=?");
            add(oneWord ? note : words, oneWord ? words : "");
            return;
        }
        if (words.startsWith("\"") && words.indexOf("\"@") > 0 && oneAddress(words)) {
            add(note, words);
            return;
        }
        String joined = joinAround(words);
        StringBuilder name = new StringBuilder();
        boolean any = false;
        for (String word : joined.split(" ")) {
            if (word.indexOf('@') > 0 || (word.startsWith("\"") && word.indexOf('@') >= 0)) {
                add(name.isEmpty() ? (any ? "" : note) : name.toString(), spec(word));
                name.setLength(0);
                any = true;
            } else if (!word.isEmpty()) {
                name.append(name.isEmpty() ? "" : " ").append(word);
            }
        }
        if (!any) {
            add(joined, "");
        }
    }

    /** {@code joe @ example . org} is one address. */
    private static String joinAround(String words) {
        StringBuilder out = new StringBuilder(words.length());
        for (int k = 0; k < words.length(); k++) {
            char c = words.charAt(k);
            if (c == ' ') {
                char before = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
                int next = k;
                while (next < words.length() && words.charAt(next) == ' ') {
                    next++;
                }
                char after = next < words.length() ? words.charAt(next) : ' ';
                boolean dot = (before == '.' || after == '.') && (out.indexOf("@") > 0 | words.indexOf('@', next) > 0);
                if (before == '@' || after == '@' || (dot && isAtom(before) && isAtom(after) && oneAddress(words))) {
                    k = next - 1;
                    continue;
                }
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean oneAddress(String words) {
        return words.indexOf('@') == words.lastIndexOf('@');
    }

    private static boolean isAtom(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }

    private static String spec(String raw) {
        String text = raw.strip();
        if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
            text = text.substring(7);
        }
        if (text.startsWith("@")) {
            int colon = text.indexOf(':'); // a route of RFC 822
            text = colon > 0 ? text.substring(colon + 1) : text;
        }
        if (text.indexOf('"') < 0) {
            text = removeSpaces(text);
        }
        while (text.endsWith(".") || text.endsWith(",")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.length() > 1 && text.startsWith("'") && text.endsWith("'")) {
            text = text.substring(1, text.length() - 1);
        }
        return text.contains("=?") ? EncodedWords.decode(text) : text;
    }

    private static String removeSpaces(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int k = 0; k < text.length(); k++) {
            if (!isSpace(text.charAt(k))) {
                out.append(text.charAt(k));
            }
        }
        return out.toString();
    }

    private void add(String name, String address) {
        String shown = EncodedWords.decode(name).strip();
        if (shown.length() > 1
                && ((shown.startsWith("'") && shown.endsWith("'"))
                        || (shown.startsWith("\"") && shown.endsWith("\"")))) {
            shown = shown.substring(1, shown.length() - 1);
        }
        if (!shown.isEmpty() || !address.isEmpty()) {
            found.add(person(hasOddSpace(shown) ? SPACES.matcher(shown).replaceAll(" ") : shown, address));
        }
    }

    /** White space beyond single blanks. */
    private static boolean hasOddSpace(String text) {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c < ' ' || (c == ' ' && k > 0 && text.charAt(k - 1) == ' ')) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Without control characters, which an encoded word may hide too. */
    private static Address person(String name, String address) {
        return new Address(printable(name), printable(address));
    }

    private static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return CONTROLS.matcher(text).replaceAll(" ").strip();
            }
        }
        return text;
    }
}
