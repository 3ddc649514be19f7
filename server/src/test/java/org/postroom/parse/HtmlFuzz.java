package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** HTML: what comes out is harmless, and cleaning it again changes nothing that matters. */
public final class HtmlFuzz {
    private static final Pattern DANGEROUS = Pattern.compile(
            "<(?:script|style|iframe|object|embed|form|input|svg|math|base|meta|link|template|noscript|textarea|title|xmp|plaintext|frame)\\b"
                    + "|<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*\\son[a-z]+\\s*=|<[^>]*=\"\\s*javascript:");

    private static final Pattern NOTE = Pattern.compile("<small data-link-host=\"\">[^<]*</small>");

    private HtmlFuzz() {}

    /** Called by Jazzer before the first input, whose time is then its own and not that of loading classes. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("<p>Hello</p>".getBytes(StandardCharsets.US_ASCII));
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] raw) {
        String clean = SafeHtml.clean(new String(raw, StandardCharsets.UTF_8), Duration.ofSeconds(10));
        if (DANGEROUS.matcher(clean.toLowerCase(Locale.ROOT)).find()) {
            throw new AssertionError("dangerous HTML was kept: " + clean);
        }
        String again = withoutNotes(SafeHtml.clean(withoutNotes(clean), Duration.ofSeconds(10)));
        if (!withoutNotes(SafeHtml.clean(again, Duration.ofSeconds(10))).equals(again)) {
            throw new AssertionError("cleaning does not come to rest: " + clean + "\n" + again);
        }
    }

    /** Without the true hosts beside links, which each cleaning writes anew. */
    private static String withoutNotes(String html) {
        return NOTE.matcher(html).replaceAll("");
    }
}
