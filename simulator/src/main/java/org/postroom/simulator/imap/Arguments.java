package org.postroom.simulator.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arguments of a command, read one after the other (RFC 3501 section 9). Owned by the session's thread. */
final class Arguments {
    private final String text;
    private final List<byte[]> literals;
    private int at;
    private int nextLiteral;

    Arguments(String text, List<byte[]> literals) {
        this.text = text;
        this.literals = literals;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    void end() throws ImapRefusal {
        while (!atEnd() && text.charAt(at) == ' ') {
            at++;
        }
        if (!atEnd()) {
            throw ImapRefusal.badArguments();
        }
    }

    char peek() {
        return atEnd() ? '\0' : text.charAt(at);
    }

    boolean take(char expected) {
        if (peek() == expected) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char expected) throws ImapRefusal {
        if (!take(expected)) {
            throw ImapRefusal.badArguments();
        }
    }

    void space() throws ImapRefusal {
        expect(' ');
    }

    /** Letters up to a space or special character, in upper case. */
    String word() throws ImapRefusal {
        return atom("()<>[]{\"").toUpperCase(Locale.ROOT);
    }

    String atom(String also) throws ImapRefusal {
        int start = at;
        while (!atEnd()
                && text.charAt(at) > ' '
                && text.charAt(at) != ImapInput.LITERAL
                && also.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw ImapRefusal.badArguments();
        }
        return text.substring(start, at);
    }

    /** The rest of the command, literals and all, unread. */
    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    /** An atom, quoted string or literal. */
    String string() throws ImapRefusal {
        if (take('"')) {
            return quoted();
        }
        if (take(ImapInput.LITERAL)) {
            return new String(literals.get(nextLiteral++), ISO_8859_1);
        }
        return atom("(){\"");
    }

    private String quoted() throws ImapRefusal {
        StringBuilder value = new StringBuilder();
        while (!atEnd()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\' && !atEnd()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        throw ImapRefusal.badArguments();
    }

    byte[] literal() throws ImapRefusal {
        expect(ImapInput.LITERAL);
        return literals.get(nextLiteral++);
    }

    List<String> list() throws ImapRefusal {
        expect('(');
        List<String> items = new ArrayList<>();
        while (!take(')')) {
            if (!items.isEmpty()) {
                space();
            }
            items.add(string());
        }
        return items;
    }

    SequenceSet set() throws ImapRefusal {
        return SequenceSet.parse(atom("()"));
    }

    long number() throws ImapRefusal {
        String digits = atom("()<>.[]");
        if (!digits.matches("[0-9]{1,10}")) {
            throw ImapRefusal.badArguments();
        }
        return Long.parseLong(digits);
    }
}
