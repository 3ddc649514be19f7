package org.postroom.parse;

import java.util.Set;

/** Header fields that travel inside what is encrypted (RFC 9788, and the drafts before it). */
final class GuardedHeaders {
    private static final Set<String> PLACEHOLDERS = Set.of(
            "", "...", "…", "[...]", "[…]", "encrypted message", "encrypted", "(encrypted)", "encrypted subject");

    private GuardedHeaders() {}

    /** Whether a subject stands in place of the true one. */
    static boolean isObscured(String subject) {
        return PLACEHOLDERS.contains(Unsealing.lower(subject.strip()));
    }

    /** Whether the header of a decrypted part is that of the message. */
    static boolean areMeant(Headers headers, boolean obscured) {
        if (!headers.has("subject")) {
            return false;
        }
        HeaderValue type = HeaderValue.parse(headers.get("content-type"));
        return obscured || type.parameter("protected-headers") != null || type.parameter("hp") != null;
    }

    /** The whole message wrapped, so that its header is protected too (RFC 8551 section 3.1). */
    static boolean isWrapped(Part part) {
        return part.type().equals("message/rfc822")
                && "no".equalsIgnoreCase(part.description().type().parameter("forwarded"));
    }
}
