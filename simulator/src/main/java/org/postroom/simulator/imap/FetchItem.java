package org.postroom.simulator.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.postroom.simulator.mime.HeaderField;

/** What a FETCH asks of each message (RFC 3501 section 6.4.5). */
sealed interface FetchItem {
    /** An item without parameters. */
    enum Simple implements FetchItem {
        UID,
        FLAGS,
        INTERNALDATE,
        SIZE,
        ENVELOPE,
        BODY,
        BODYSTRUCTURE
    }

    /**
     * Octets of the message.
     *
     * @param label how the answer names it
     * @param peek whether reading leaves the message unseen
     * @param path part numbers, empty for the whole message
     * @param what empty, HEADER, TEXT, MIME, HEADER.FIELDS or HEADER.FIELDS.NOT
     * @param fields of HEADER.FIELDS
     * @param from first octet wanted
     * @param count octets wanted, -1 for all
     */
    record Section(
            String label, boolean peek, List<Integer> path, String what, List<String> fields, long from, long count)
            implements FetchItem {
        boolean names(HeaderField field) {
            return fields.stream().anyMatch(name -> name.equalsIgnoreCase(field.name()));
        }
    }

    static List<FetchItem> parse(Arguments arguments) throws ImapRefusal {
        List<FetchItem> items = new ArrayList<>();
        if (!arguments.take('(')) {
            addOne(arguments, items, true);
            return items;
        }
        do {
            addOne(arguments, items, false);
        } while (arguments.take(' '));
        arguments.expect(')');
        return items;
    }

    private static void addOne(Arguments arguments, List<FetchItem> items, boolean macros) throws ImapRefusal {
        String word = arguments.word();
        if (macros && (word.equals("ALL") || word.equals("FULL") || word.equals("FAST"))) {
            items.addAll(List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.SIZE));
            if (!word.equals("FAST")) {
                items.add(Simple.ENVELOPE);
            }
            if (word.equals("FULL")) {
                items.add(Simple.BODY);
            }
            return;
        }
        items.add(
                switch (word) {
                    case "UID" -> Simple.UID;
                    case "FLAGS" -> Simple.FLAGS;
                    case "INTERNALDATE" -> Simple.INTERNALDATE;
                    case "RFC822.SIZE" -> Simple.SIZE;
                    case "ENVELOPE" -> Simple.ENVELOPE;
                    case "BODYSTRUCTURE" -> Simple.BODYSTRUCTURE;
                    case "RFC822" -> new Section("RFC822", false, List.of(), "", List.of(), 0, -1);
                    case "RFC822.HEADER" -> new Section("RFC822.HEADER", true, List.of(), "HEADER", List.of(), 0, -1);
                    case "RFC822.TEXT" -> new Section("RFC822.TEXT", false, List.of(), "TEXT", List.of(), 0, -1);
                    case "BODY" -> arguments.peek() == '[' ? section(arguments, false) : Simple.BODY;
                    case "BODY.PEEK" -> section(arguments, true);
                    default -> throw ImapRefusal.badArguments();
                });
    }

    private static Section section(Arguments arguments, boolean peek) throws ImapRefusal {
        arguments.expect('[');
        String text = arguments.peek() == ']' ? "" : arguments.atom("[] ").toUpperCase(Locale.ROOT);
        List<Integer> path = new ArrayList<>();
        String what = text;
        while (!what.isEmpty() && Character.isDigit(what.charAt(0))) {
            int dot = what.indexOf('.');
            String number = dot < 0 ? what : what.substring(0, dot);
            if (!number.matches("[1-9][0-9]{0,5}") || path.size() > 100) {
                throw ImapRefusal.badArguments();
            }
            path.add(Integer.parseInt(number));
            what = dot < 0 ? "" : what.substring(dot + 1);
        }
        List<String> fields = List.of();
        switch (what) {
            case "" -> {
                if (text.endsWith(".")) {
                    throw ImapRefusal.badArguments();
                }
            }
            case "HEADER", "TEXT" -> {}
            case "MIME" -> {
                if (path.isEmpty()) {
                    throw ImapRefusal.badArguments();
                }
            }
            case "HEADER.FIELDS", "HEADER.FIELDS.NOT" -> {
                arguments.space();
                fields = arguments.list();
            }
            default -> throw ImapRefusal.badArguments();
        }
        arguments.expect(']');
        String names = fields.isEmpty() ? "" : " (" + String.join(" ", fields) + ")";
        long from = 0;
        long count = -1;
        String origin = "";
        if (arguments.take('<')) {
            from = arguments.number();
            arguments.expect('.');
            count = arguments.number();
            arguments.expect('>');
            origin = "<" + from + ">";
        }
        return new Section("BODY[" + text + names + "]" + origin, peek, path, what, fields, from, count);
    }
}
