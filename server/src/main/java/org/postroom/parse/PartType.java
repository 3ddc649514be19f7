package org.postroom.parse;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content-Type and Content-Transfer-Encoding of a part as its reader needs them; of several fields the first counts.
 *
 * @param type mended where it is none
 * @param encoding in lower case, empty if there is none
 */
record PartType(HeaderValue type, String encoding) {
    private static final int MAX_BOUNDARY = 1_000;
    private static final HeaderValue TEXT = new HeaderValue("text/plain", Map.of());
    private static final HeaderValue MESSAGE = new HeaderValue("message/rfc822", Map.of());

    /** @param digest whether it is a part of a multipart/digest (RFC 2046 section 5.1.5) */
    static PartType of(Headers headers, boolean digest) {
        String type = headers.get("content-type");
        String encoding = headers.get("content-transfer-encoding");
        return new PartType(
                type.isEmpty() ? (digest ? MESSAGE : TEXT) : mended(HeaderValue.parse(type)),
                encoding.isEmpty() ? "" : HeaderValue.withoutParameters(encoding));
    }

    boolean isMultipart() {
        return type.value().startsWith("multipart/");
    }

    /** Null if it names none that can be used. */
    @Nullable
    String boundary() {
        String boundary = type.parameter("boundary");
        if (boundary == null || boundary.isBlank() || boundary.length() > MAX_BOUNDARY) {
            return null;
        }
        return boundary.stripTrailing();
    }

    /** A type as it should have been written: {@code text} is text/plain, nonsense is a file. */
    private static HeaderValue mended(HeaderValue type) {
        String value = type.value();
        int slash = value.indexOf('/');
        if (slash > 0 && slash < value.length() - 1) {
            int end = slash + 1;
            while (end < value.length() && value.charAt(end) > ' ' && value.charAt(end) != ',') {
                end++;
            }
            String clean = value.substring(0, slash).strip() + value.substring(slash, end);
            return clean.equals(value) ? type : new HeaderValue(clean, type.parameters());
        }
        String whole = value.startsWith("text") || value.isEmpty() || value.equals("plain")
                ? "text/plain"
                : value.equals("html")
                        ? "text/html"
                        : value.startsWith("multipart") ? "multipart/mixed" : "application/octet-stream";
        return new HeaderValue(whole, type.parameters());
    }
}
