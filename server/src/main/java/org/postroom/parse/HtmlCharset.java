package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The charset an HTML document names in its head, for parts whose header names none. */
final class HtmlCharset {
    private static final int LOOK = 2048;
    private static final Pattern META = Pattern.compile(
            "<meta\\b[^>]{0,300}?charset\\s{0,5}=\\s{0,5}[\"']?([\\w.:-]{2,40})", Pattern.CASE_INSENSITIVE);

    private HtmlCharset() {}

    static @Nullable String declared(byte[] html, int length) {
        String start = new String(html, 0, Math.min(length, LOOK), StandardCharsets.ISO_8859_1);
        Matcher meta = META.matcher(start);
        if (!meta.find()) {
            return null;
        }
        String name = meta.group(1);
        return name.toLowerCase(java.util.Locale.ROOT).startsWith("utf-16") ? null : name;
    }
}
