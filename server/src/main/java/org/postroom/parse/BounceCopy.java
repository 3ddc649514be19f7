package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A bounce's text, split where the copy of the original begins.
 *
 * @param explanation what the server says
 * @param copy the original or its header, empty if there is none
 */
record BounceCopy(String explanation, String copy) {
    private static final List<String> SEPARATORS = Words.list("""
            this is a copy of; below this line; a copy of the message; copy of your message; original message; message header;
            the header of the original; headers of the original; header of your message; unsent message; returned message;
            message follows; your message follows; undelivered message; message text; beginning of; start of returned;
            included below; the following is; received message header; message headers
            """);

    static BounceCopy split(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            String line = text.substring(at, end < 0 ? text.length() : end).strip();
            if (isHeader(line) && at > 0) {
                return new BounceCopy(text.substring(0, at), text.substring(at));
            }
            if (isSeparator(line) && at > 0 && headerFollows(text, next)) {
                return new BounceCopy(text.substring(0, at), text.substring(next));
            }
            at = next;
        }
        return new BounceCopy(text, "");
    }

    private static boolean isHeader(String line) {
        String lower =
                line.length() > 40 ? line.substring(0, 40).toLowerCase(Locale.ROOT) : line.toLowerCase(Locale.ROOT);
        return lower.startsWith("received: from ")
                || lower.startsWith("return-path: <")
                || lower.startsWith("received: by ");
    }

    private static boolean isSeparator(String line) {
        if (line.length() < 8 || line.length() > 120) {
            return false;
        }
        String lower = line.toLowerCase(Locale.ROOT);
        return SEPARATORS.stream().anyMatch(lower::contains);
    }

    /** Among the next lines that are not blank there is a header field. */
    private static boolean headerFollows(String text, int from) {
        int at = from;
        int seen = 0;
        while (at < text.length() && seen < 4) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end).strip();
            at = end < 0 ? text.length() : end + 1;
            if (line.isEmpty()) {
                continue;
            }
            seen++;
            int colon = line.indexOf(':');
            if (colon > 1
                    && colon < 40
                    && line.substring(0, colon).chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c))) {
                return true;
            }
        }
        return false;
    }

    /** The fields of the copy. */
    Headers headers() {
        String text = copy.stripLeading();
        return HeaderSection.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
