package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;
import org.jspecify.annotations.Nullable;

/**
 * Content-Type and Content-Transfer-Encoding of a part as the walk through the parts needs them. Only a multipart with a
 * boundary is offered as one to mime4j; the true type is {@link #type()}.
 *
 * @param whole whether signed parts are wanted as the bytes they are
 */
record PartType(HeaderValue type, String encoding, boolean whole) implements BodyDescriptor {
    private static final int MAX_BOUNDARY = 1_000;
    private static final HeaderValue TEXT = new HeaderValue("text/plain", Map.of());
    private static final HeaderValue MESSAGE = new HeaderValue("message/rfc822", Map.of());

    PartType(HeaderValue type, String encoding) {
        this(type, encoding, false);
    }

    boolean isMultipart() {
        return type.value().startsWith("multipart/");
    }

    /** A multipart that is not to be taken apart before it is checked. */
    boolean isWhole() {
        return whole && Recognised.isSigned(this) && getBoundary() != null;
    }

    @Override
    public String getMimeType() {
        return isMultipart() && (getBoundary() == null || isWhole()) ? "application/octet-stream" : type.value();
    }

    @Override
    public @Nullable String getBoundary() {
        String boundary = type.parameter("boundary");
        if (!isMultipart() || boundary == null || boundary.isBlank() || boundary.length() > MAX_BOUNDARY) {
            return null;
        }
        return new String(boundary.stripTrailing().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String getMediaType() {
        String mime = getMimeType();
        int slash = mime.indexOf('/');
        return slash < 0 ? mime : mime.substring(0, slash);
    }

    @Override
    public String getSubType() {
        String mime = getMimeType();
        return mime.substring(mime.indexOf('/') + 1);
    }

    @Override
    public @Nullable String getCharset() {
        return type.parameter("charset");
    }

    @Override
    public String getTransferEncoding() {
        return encoding;
    }

    @Override
    public long getContentLength() {
        return -1;
    }

    /** A type as it should have been written: {@code text} is text/plain, nonsense is a file. */
    private static HeaderValue mended(HeaderValue type, boolean digest) {
        String value = type.value();
        int slash = value.indexOf('/');
        if (value.isEmpty() && type.parameters().isEmpty()) {
            return digest ? MESSAGE : TEXT;
        }
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

    /** Collects the two fields; the first of each counts. */
    static final class Builder implements BodyDescriptorBuilder {
        private final boolean digest;
        private final boolean whole;
        private @Nullable HeaderValue type;
        private String encoding = "";

        Builder(boolean digest, boolean whole) {
            this.digest = digest;
            this.whole = whole;
        }

        @Override
        public void reset() {
            type = null;
            encoding = "";
        }

        @Override
        public @Nullable Field addField(RawField field) {
            String name = field.getNameLowerCase();
            String body = field.getBody();
            if (type == null && name.equals("content-type") && body != null && !body.isBlank()) {
                type = HeaderValue.parse(body);
            } else if (encoding.isEmpty() && name.equals("content-transfer-encoding") && body != null) {
                encoding = HeaderValue.parse(body).value();
            }
            return null;
        }

        @Override
        public PartType build() {
            return new PartType(mended(type == null ? new HeaderValue("", Map.of()) : type, digest), encoding, whole);
        }

        @Override
        public BodyDescriptorBuilder newChild() {
            return new Builder(build().type().value().equals("multipart/digest"), whole);
        }
    }
}
