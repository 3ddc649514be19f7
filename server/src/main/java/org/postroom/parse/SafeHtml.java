package org.postroom.parse;

import java.time.Duration;
import java.util.List;
import org.owasp.html.Handler;
import org.owasp.html.HtmlSanitizer;
import org.owasp.html.HtmlStreamRenderer;

/**
 * A sender's HTML made safe in one pass over an allow-list (OWASP sanitizer), with the text it shows. Idempotent. What
 * cannot be finished in time becomes readable text. Stateless.
 */
public final class SafeHtml {
    /** HTML of this many characters that shows no text at all is either pictures or too much for the balancer. */
    private static final int WORTH_A_LOOK = 1 << 20;

    private SafeHtml() {}

    /**
     * The result of one pass.
     *
     * @param html safe to show in a sandboxed frame; remote pictures taken out but named by {@code data-remote-src}
     * @param text what it shows, with lists, tables and links
     * @param marked as text, with the marks of {@link HtmlText} at quotes and signatures
     * @param complete whether time was enough
     */
    record Cleaned(String html, String text, String marked, boolean complete) {}

    /** The HTML alone, for HTML that does not come out of a parsed message. */
    public static String clean(String html, Duration time) {
        return clean(html, System.nanoTime() + time.toNanos()).html();
    }

    /** @param deadline as {@link System#nanoTime()} */
    static Cleaned clean(String html, long deadline) {
        StringBuilder out = new StringBuilder(html.length());
        HtmlText text = new HtmlText(html.length() / 2);
        var renderer = HtmlStreamRenderer.create(out, Handler.DO_NOTHING);
        try {
            HtmlSanitizer.sanitize(
                    html, new Pass(HtmlRules.FACTORY.apply(renderer), text), behind -> new HtmlGuard(behind, deadline));
        } catch (HtmlGuard.OutOfTime | StackOverflowError e) {
            String plain = HtmlText.stripped(html);
            return new Cleaned(fromText(plain), plain, plain, false);
        }
        String marked = text.marked();
        if (marked.isBlank() && html.length() > WORTH_A_LOOK) {
            String plain = HtmlText.stripped(html);
            return new Cleaned(fromText(plain), plain, plain, false);
        }
        return new Cleaned(out.toString(), HtmlText.withoutMarks(marked), marked, true);
    }

    /** Plain text as HTML that keeps its lines. */
    static String fromText(String text) {
        StringBuilder out = new StringBuilder(text.length() + 64).append("<div style=\"white-space:pre-wrap\">");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&#34;");
                case '\r' -> {}
                default -> {
                    if (c >= ' ' || c == '\n' || c == '\t') {
                        out.append(c);
                    }
                }
            }
        }
        return out.append("</div>").toString();
    }

    /** Shows each event to the text writer first, which sees attributes that the policy then drops. */
    private record Pass(HtmlSanitizer.Policy policy, HtmlText text) implements HtmlSanitizer.Policy {
        @Override
        public void openDocument() {
            policy.openDocument();
        }

        @Override
        public void closeDocument() {
            policy.closeDocument();
        }

        @Override
        public void openTag(String name, List<String> attributes) {
            text.open(name, attributes);
            policy.openTag(name, attributes);
        }

        @Override
        public void closeTag(String name) {
            text.close(name);
            policy.closeTag(name);
        }

        @Override
        public void text(String chunk) {
            text.text(chunk);
            policy.text(chunk);
        }
    }
}
