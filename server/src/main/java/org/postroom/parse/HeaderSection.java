package org.postroom.parse;

/** Header sections that stand by themselves: of an embedded message, or the groups of a delivery report. */
final class HeaderSection {
    private static final ParseLimits LIMITS = ParseLimits.DEFAULT;

    private HeaderSection() {}

    /** The fields at the beginning of a message. */
    static Headers read(byte[] message) {
        int start = 0;
        while (start < message.length && (message[start] == '\r' || message[start] == '\n')) {
            start++;
        }
        Headers headers = new Headers();
        read(message, start, headers);
        return headers;
    }

    /** Reads fields up to an empty line; returns the index after it. */
    static int read(byte[] bytes, int from, Headers into) {
        LenientFields fields = new LenientFields(LIMITS, new Problems());
        int line = from;
        boolean any = false;
        while (line < bytes.length) {
            int end = line;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            end = Math.min(end + 1, bytes.length);
            boolean empty = isBlank(bytes, line, end);
            boolean continued = !empty && (bytes[line] == ' ' || bytes[line] == '\t');
            if (!continued) {
                flush(fields, any, into);
                fields.reset();
                any = false;
            }
            if (empty) {
                return end;
            }
            fields.append(bytes, line, end);
            any = true;
            line = end;
        }
        flush(fields, any, into);
        return bytes.length;
    }

    private static boolean isBlank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != '\r' && bytes[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static void flush(LenientFields fields, boolean any, Headers into) {
        Headers.Field field = any && into.size() < LIMITS.maxHeaders() ? fields.build() : null;
        if (field != null) {
            into.add(field);
        }
    }
}
