package org.postroom.parse;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A leaf of the MIME tree before its content is read. */
record Part(Headers headers, PartType description, HeaderValue disposition) {
    private static final HeaderValue NONE = new HeaderValue("", Map.of());

    static Part of(Headers headers, PartType description) {
        String disposition = headers.get("content-disposition");
        return new Part(headers, description, disposition.isEmpty() ? NONE : HeaderValue.parse(disposition));
    }

    /** type/subtype in lower case. */
    String type() {
        return description.type().value();
    }

    @Nullable
    String charset() {
        return description.type().parameter("charset");
    }

    boolean saysAttachment() {
        return disposition.value().equals("attachment");
    }

    boolean saysInline() {
        return disposition.value().equals("inline");
    }

    /** As the mail calls it, not yet safe; null if it has no name. */
    @Nullable
    String name() {
        String name = disposition.parameter("filename");
        if (name == null || name.isBlank()) {
            name = description.type().parameter("name");
        }
        if (name == null || name.isBlank()) {
            name = disposition.parameter("name");
        }
        return name == null || name.isBlank() ? null : name;
    }

    /** Without angle brackets; null if there is none. */
    @Nullable
    String contentId() {
        String id = headers.get("content-id");
        int open = id.indexOf('<');
        int close = id.indexOf('>', open + 1);
        String bare = open >= 0 && close > open ? id.substring(open + 1, close) : id;
        return bare.isBlank() ? null : bare.strip();
    }
}
