package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.HtmlStreamEventReceiver;
import org.owasp.html.PolicyFactory;

/**
 * What of a {@code style} attribute is kept: the sanitizer's harmless properties, without any address. Mail repeats a few
 * styles over and over, so the verdicts on short ones are remembered. Safe for use by many threads.
 */
final class Styles {
    private static final int MOST_REMEMBERED = 4096;
    private static final int LONGEST_REMEMBERED = 512;
    private static final String NOTHING = "";

    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements("p")
            .allowStyling(CssSchema.union(
                    CssSchema.DEFAULT,
                    CssSchema.withProperties(List.of(
                            "display", "float", "clear", "overflow", "overflow-wrap", "word-break", "opacity"))))
            .toFactory();

    private static final Map<String, String> REMEMBERED = new ConcurrentHashMap<>();

    private Styles() {}

    /** The style without what is not harmless, null if nothing is left. */
    static @Nullable String clean(String style) {
        if (style.length() > LONGEST_REMEMBERED) {
            return orNull(judge(style));
        }
        String known = REMEMBERED.get(style);
        if (known == null) {
            known = judge(style);
            if (REMEMBERED.size() >= MOST_REMEMBERED) {
                REMEMBERED.clear();
            }
            REMEMBERED.put(style, known);
        }
        return orNull(known);
    }

    private static @Nullable String orNull(String style) {
        return style.equals(NOTHING) ? null : style;
    }

    private static String judge(String style) {
        Kept kept = new Kept();
        POLICY.apply(kept).openTag("p", new ArrayList<>(List.of("style", style)));
        return kept.style;
    }

    /** Takes the attribute that comes out of the policy. */
    private static final class Kept implements HtmlStreamEventReceiver {
        private String style = NOTHING;

        @Override
        public void openTag(String name, List<String> attributes) {
            int at = attributes.indexOf("style");
            style = at < 0 ? NOTHING : attributes.get(at + 1);
        }

        @Override
        public void openDocument() {}

        @Override
        public void closeDocument() {}

        @Override
        public void closeTag(String name) {}

        @Override
        public void text(String text) {}
    }
}
