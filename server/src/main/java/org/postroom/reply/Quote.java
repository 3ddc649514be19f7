package org.postroom.reply;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.postroom.conversation.Views.Message;

/** The message being answered, as it stands below an answer. */
final class Quote {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy 'at' HH:mm 'UTC'", Locale.ENGLISH);
    private static final int LONGEST = 100_000;

    /** Where the mark of a message goes within its HTML; no HTML from outside holds comments. */
    static final String MARK_PLACE = "<!--mark-->";

    private Quote() {}

    static String text(Message message) {
        StringBuilder out = new StringBuilder("\n\n").append(intro(message)).append('\n');
        String body = message.text().length() > LONGEST ? message.text().substring(0, LONGEST) : message.text();
        body.strip()
                .lines()
                .forEach(line -> out.append(line.startsWith(">") ? ">" : "> ")
                        .append(line)
                        .append('\n'));
        return out.toString();
    }

    static String html(Message message) {
        String body = message.html() == null || message.html().length() > 4 * LONGEST
                ? plainAsHtml(message.text())
                : message.html();
        return "<div>" + escape(intro(message)) + "</div><blockquote type=\"cite\" style=\"margin:0 0 0 0.8ex;"
                + "border-left:1px solid #ccc;padding-left:1ex\">" + body + "</blockquote>";
    }

    private static String intro(Message message) {
        String who = message.from().name().isBlank()
                ? message.from().address()
                : message.from().name() + " <" + message.from().address() + ">";
        return "On " + DATE.format(message.date().atOffset(ZoneOffset.UTC)) + ", " + who + " wrote:";
    }

    static String plainAsHtml(String text) {
        String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return "<div>" + escape(shortened.strip()).replace("\n", "<br>") + "</div>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
