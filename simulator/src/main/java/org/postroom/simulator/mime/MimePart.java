package org.postroom.simulator.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A message or a part of one, as places in the octets it was read from (RFC 2045, RFC 2046). Immutable. */
public final class MimePart {
    private static final int DEEPEST = 60;
    private static final Pattern TYPE =
            Pattern.compile("[!#-'*+.0-9A-Z^-~-]+/[!#-'*+.0-9A-Z^-~-]+", Pattern.CASE_INSENSITIVE);
    private static final ParameterizedValue PLAIN = ParameterizedValue.parse("text/plain; charset=us-ascii");
    private static final ParameterizedValue MESSAGE = ParameterizedValue.parse("message/rfc822");

    private final byte[] raw;
    private final int start;
    private final int bodyStart;
    private final int end;
    private final Headers headers;
    private final ParameterizedValue contentType;
    private final List<MimePart> children;
    private final @Nullable MimePart message;

    private MimePart(byte[] raw, int start, int end, int depth, boolean inDigest) {
        this.raw = raw;
        this.start = start;
        this.end = end;
        this.bodyStart = findBody(raw, start, end);
        this.headers = Headers.parse(raw, start, bodyStart);
        this.contentType = headers.first("Content-Type")
                .map(ParameterizedValue::parse)
                .filter(type -> TYPE.matcher(type.value()).matches())
                .orElse(inDigest ? MESSAGE : PLAIN);
        boolean descend = depth < DEEPEST;
        this.children = descend && isMultipart() ? split(depth) : List.of();
        this.message =
                descend && type().equals("message/rfc822") ? new MimePart(raw, bodyStart, end, depth + 1, false) : null;
    }

    /** Reads a whole message; never fails, whatever the octets are. Parts deeper than 60 levels stay unread. */
    public static MimePart parse(byte[] raw) {
        return new MimePart(raw, 0, raw.length, 0, false);
    }

    private static int findBody(byte[] raw, int from, int to) {
        int at = from;
        while (at < to) {
            int end = Lines.end(raw, at, to);
            if (Lines.trimmedEnd(raw, at, end) == at) {
                return end;
            }
            at = end;
        }
        return to;
    }

    private List<MimePart> split(int depth) {
        String boundary = contentType.parameters().get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            return List.of();
        }
        byte[] mark = ("--" + boundary).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        boolean digest = type().equals("multipart/digest");
        List<MimePart> parts = new ArrayList<>();
        int partStart = -1;
        int at = bodyStart;
        while (at < end) {
            int lineEnd = Lines.end(raw, at, end);
            if (startsWith(at, lineEnd, mark)) {
                if (partStart >= 0) {
                    int partEnd = Math.max(partStart, Lines.trimmedEnd(raw, partStart, at));
                    parts.add(new MimePart(raw, partStart, partEnd, depth + 1, digest));
                }
                partStart = lineEnd;
                int after = at + mark.length;
                if (after + 1 < lineEnd && raw[after] == '-' && raw[after + 1] == '-') {
                    return List.copyOf(parts);
                }
            }
            at = lineEnd;
        }
        if (partStart >= 0) {
            parts.add(new MimePart(raw, Math.min(partStart, end), end, depth + 1, digest));
        }
        return List.copyOf(parts);
    }

    private boolean startsWith(int at, int lineEnd, byte[] mark) {
        return lineEnd - at >= mark.length && Arrays.equals(raw, at, at + mark.length, mark, 0, mark.length);
    }

    /** The header fields. */
    public Headers headers() {
        return headers;
    }

    /** Content-Type with its parameters; {@code text/plain} where there is none. */
    public ParameterizedValue contentType() {
        return contentType;
    }

    /** Type and subtype in lower case. */
    public String type() {
        return contentType.value().toLowerCase(Locale.ROOT);
    }

    /** Whether the type is {@code multipart/*}; its parts may still be none. */
    public boolean isMultipart() {
        return type().startsWith("multipart/");
    }

    /** The parts of a multipart, empty for all else. */
    public List<MimePart> children() {
        return children;
    }

    /** The message inside a {@code message/rfc822} part. */
    public Optional<MimePart> message() {
        return Optional.ofNullable(message);
    }

    /** Header and body, all octets. */
    public byte[] octets() {
        return Arrays.copyOfRange(raw, start, end);
    }

    /** The header with the empty line that ends it. */
    public byte[] headerOctets() {
        return Arrays.copyOfRange(raw, start, bodyStart);
    }

    /** The body, still in its transfer encoding. */
    public byte[] bodyOctets() {
        return Arrays.copyOfRange(raw, bodyStart, end);
    }

    /** Octets in the body. */
    public int bodySize() {
        return end - bodyStart;
    }

    /** Lines in the body. */
    public int bodyLines() {
        int lines = 0;
        for (int at = bodyStart; at < end; at = Lines.end(raw, at, end)) {
            lines++;
        }
        return lines;
    }
}
