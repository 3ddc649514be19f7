package org.postroom.parse;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which addresses links and pictures may have. */
final class HtmlAddresses {
    private HtmlAddresses() {}

    /** Where a link leads, null if nowhere that is safe. */
    static @Nullable String link(HtmlAttributes attributes) {
        if (!attributes.has(HtmlAttribute.HREF)) {
            return null;
        }
        String target = clean(attributes.value(HtmlAttribute.HREF));
        return switch (scheme(target)) {
            case "http", "https", "mailto", "tel" -> target;
            default -> null;
        };
    }

    /** The address of a picture on another server, null if it is none. */
    static @Nullable String remote(HtmlAttributes attributes, HtmlAttribute own, HtmlAttribute takenOut) {
        HtmlAttribute name = attributes.has(own) ? own : takenOut;
        if (!attributes.has(name)
                || HtmlValues.startsWith(attributes.chars(name), attributes.from(name), attributes.to(name), "data:")) {
            return null;
        }
        String address = clean(attributes.value(name));
        return switch (scheme(address)) {
            case "http", "https" -> address;
            default -> address.startsWith("//") ? "https:" + address : null;
        };
    }

    /** Whether a picture comes from the mail itself. */
    static boolean isOwn(char[] s, int from, int to) {
        return HtmlValues.startsWith(s, from, to, "cid:") || HtmlValues.isPictureData(s, from, to);
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon <= 0 || colon > 10 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /** Browsers pass over line ends and tabs in addresses. */
    private static String clean(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) < ' ') {
                StringBuilder out = new StringBuilder(url.length());
                url.chars().filter(c -> c >= ' ').forEach(c -> out.append((char) c));
                return out.toString().strip();
            }
        }
        return url;
    }
}
