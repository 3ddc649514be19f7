package org.postroom.parse;

import java.time.Duration;
import java.util.List;

/**
 * A sender's HTML made safe in one pass over an allow-list, with the text it shows. Idempotent. What cannot be finished in
 * time becomes readable text. Stateless.
 */
public final class SafeHtml {
    /** HTML of this many characters that shows no text at all is either pictures or badly broken. */
    private static final int WORTH_A_LOOK = 1 << 20;

    private SafeHtml() {}

    /**
     * The result of one pass.
     *
     * @param html safe to show in a sandboxed frame; remote pictures taken out but named by {@code data-remote-src}
     * @param text what it shows, with lists, tables and links
     * @param marked as text, with the marks of {@link HtmlText} at quotes and signatures
     * @param lines where the lines of {@code marked} are in {@code html}
     * @param trackers hosts of pictures left out because they only tell who reads
     * @param complete whether time was enough
     */
    record Cleaned(String html, String text, String marked, TextLines lines, List<String> trackers, boolean complete) {}

    /** The HTML alone, for HTML that does not come out of a parsed message. */
    public static String clean(String html, Duration time) {
        return clean(html, System.nanoTime() + time.toNanos()).html();
    }

    /** @param deadline as {@link System#nanoTime()} */
    static Cleaned clean(String html, long deadline) {
        Buffers buffers = Buffers.take();
        try {
            return clean(html, deadline, buffers);
        } finally {
            buffers.giveBack();
        }
    }

    private static Cleaned clean(String html, long deadline, Buffers buffers) {
        HtmlReader reader = new HtmlReader(html, deadline, buffers);
        boolean complete = reader.read();
        String marked = complete ? reader.marked() : "";
        if (!complete || (html.length() > WORTH_A_LOOK && marked.isBlank())) {
            String plain = StrippedHtml.of(html);
            String safe = fromText(plain);
            return new Cleaned(safe, plain, plain, linesOf(safe), List.of(), false);
        }
        return new Cleaned(
                reader.html(),
                reader.hasMarks() ? HtmlText.withoutMarks(marked) : marked,
                marked,
                reader.lines(),
                reader.trackers().hosts(),
                true);
    }

    /** Plain text as HTML that keeps its lines. */
    static String fromText(String text) {
        HtmlOutput out = new HtmlOutput(text.length() + 64);
        boolean auto = HtmlDirection.hasRightToLeft(text, text.toCharArray(), text.length());
        out.add("<div style=\"white-space:pre-wrap\"");
        out.add(auto ? " dir=\"auto\">" : ">");
        out.addEscaped(text);
        out.add("</div>");
        return out.toString();
    }

    /** Where the lines are in what {@link #fromText} wrote. */
    static TextLines linesOf(String fromText) {
        TextLines lines = new TextLines();
        int start = fromText.indexOf('>') + 1;
        lines.add(0, start);
        for (int i = fromText.indexOf('\n', start); i >= 0; i = fromText.indexOf('\n', i + 1)) {
            lines.add(i + 1, i + 1);
        }
        return lines;
    }
}
