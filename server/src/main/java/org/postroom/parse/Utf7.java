package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** UTF-7 (RFC 2152), which the JDK lacks and old Exchange writes. */
final class Utf7 {
    private Utf7() {}

    static boolean named(@Nullable String charset) {
        return charset != null
                && (charset.equalsIgnoreCase("utf-7")
                        || charset.equalsIgnoreCase("unicode-1-1-utf-7")
                        || charset.equalsIgnoreCase("utf7"));
    }

    /** Runs that are not base64 stay as they are. */
    static String decode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '+') {
                out.append(c);
                i++;
                continue;
            }
            int end = i + 1;
            while (end < text.length() && isBase64(text.charAt(end))) {
                end++;
            }
            if (end == i + 1) {
                out.append('+');
            } else {
                append(out, text.substring(i + 1, end));
            }
            i = end < text.length() && text.charAt(end) == '-' ? end + 1 : end;
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String run) {
        String whole = run.length() % 4 == 1 ? run.substring(0, run.length() - 1) : run;
        try {
            byte[] bytes = Base64.getDecoder().decode(whole);
            out.append(new String(bytes, 0, bytes.length / 2 * 2, StandardCharsets.UTF_16BE));
        } catch (IllegalArgumentException e) {
            out.append('+').append(run);
        }
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }
}
