package org.postroom.reply;

import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.owasp.html.Sanitizers;

/** What a person wrote as HTML: cleaned before it leaves, and as plain text beside it. */
final class HtmlWords {
    private static final PolicyFactory RICH = Sanitizers.FORMATTING
            .and(Sanitizers.BLOCKS)
            .and(Sanitizers.LINKS)
            .and(Sanitizers.TABLES)
            .and(Sanitizers.STYLES);
    private static final PolicyFactory NONE = new HtmlPolicyBuilder().toFactory();

    private HtmlWords() {}

    static String clean(String html) {
        return RICH.sanitize(html);
    }

    /** Block ends and breaks become line ends, everything else its text. */
    static String text(String html) {
        String broken = html.replaceAll("(?i)<br\\s*/?>|</(p|div|li|tr|h[1-6]|blockquote)>", "\n");
        String bare = NONE.sanitize(broken);
        return bare.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#61;", "=")
                .replace("&#64;", "@")
                .replace("&#43;", "+")
                .replace("&#96;", "`")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .strip();
    }
}
