package org.postroom.parse;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a header section, whatever its lines end with. A line that is no field is left out where known fields follow
 * it; else the body begins with it. For one message and one thread.
 */
final class HeaderReader {
    /** How far it looks for known fields after a line that is none, in bytes. */
    private static final int LOOK = 4096;

    private static final int MOST_GUESSED = 100;

    private final PartSource source;
    private final ParseLimits limits;
    private final Problems problems;
    private final LenientFields fields;
    private boolean full;

    /** Bodies of fields whose charset was guessed, by their places. */
    private final Map<Integer, byte[]> guessed = new HashMap<>();

    HeaderReader(PartSource source, ParseLimits limits, Problems problems) {
        this.source = source;
        this.limits = limits;
        this.problems = problems;
        this.fields = new LenientFields(limits, problems);
    }

    /** The fields up to an empty line, which is left behind too, or to where a body begins without one. */
    Headers read(boolean root) throws IOException {
        Headers headers = new Headers();
        full = false;
        fields.reset();
        if (root) {
            leading();
        }
        boolean first = true;
        while (true) {
            boolean piece = !source.atLineStart();
            int n = source.line();
            if (n == 0) {
                break;
            }
            byte[] window = source.window();
            int at = source.at();
            if (!piece && isBlank(window, at, at + n)) {
                source.pass(n);
                break;
            }
            boolean folded = window[at] == ' ' || window[at] == '\t';
            if (piece || (folded && !fields.isEmpty())) {
                fields.append(window, at, at + n);
            } else {
                flush(headers);
                if (LenientFields.nameEnd(window, at, at + n) >= 0) {
                    n = startField(window, at, n);
                    first = false;
                } else if (!(first && root && isMbox(window, at, at + n))) {
                    first = false;
                    if (!odd(at, n)) {
                        break;
                    }
                }
            }
            source.pass(n);
        }
        flush(headers);
        if (!guessed.isEmpty()) {
            asTheBody(headers);
        }
        return headers;
    }

    /** Fields whose charset was guessed are read in the one that the message names for its body, if they can be. */
    private void asTheBody(Headers headers) {
        String name = HeaderValue.parse(headers.get("content-type")).parameter("charset");
        Charset named = name == null ? null : Charsets.named(name);
        if (named != null && tells(named)) {
            guessed.forEach((place, raw) -> {
                String text = Charsets.strictly(raw, 0, raw.length, named);
                if (text != null) {
                    headers.set(place, text);
                }
            });
        }
        guessed.clear();
    }

    /** Not one that programs name whatever the text is in. */
    private static boolean tells(Charset charset) {
        return !charset.equals(Charsets.WINDOWS_1252)
                && !charset.equals(StandardCharsets.US_ASCII)
                && !charset.name().startsWith("UTF");
    }

    /** Empty lines before a header that plainly is one. */
    private void leading() throws IOException {
        source.look(LOOK);
        int k = source.at();
        byte[] window = source.window();
        while (k < source.end() && (window[k] == '\r' || window[k] == '\n')) {
            k++;
        }
        if (k > source.at() && isKnownField(window, k, source.end())) {
            problems.add("empty lines before the header");
            source.pass(k - source.at());
        }
    }

    /** Begins a field; a CR alone ends it where another field plainly follows. Returns how much belongs to it. */
    private int startField(byte[] window, int at, int n) {
        int last = at + n - 2;
        for (int k = ByteSearch.indexOf(window, (byte) '\r', at, last);
                k >= 0;
                k = ByteSearch.indexOf(window, (byte) '\r', k + 1, last)) {
            if (window[k + 1] != '\n' && window[k + 1] != '\r' && isKnownField(window, k + 1, at + n)) {
                problems.add("lines of the header end with CR alone");
                fields.append(window, at, k + 1);
                return k + 1 - at;
            }
        }
        fields.append(window, at, at + n);
        return n;
    }

    /** A line that is no field: mended or left out where the header goes on after it, then true. */
    private boolean odd(int offset, int n) throws IOException {
        int before = source.at();
        source.look(Math.min(n + LOOK, 16 << 10));
        int at = offset - before + source.at();
        byte[] window = source.window();
        if (!goesOn(window, at + n, Math.min(source.end(), at + n + LOOK))) {
            boolean blank = isBlank(window, at, at + n);
            if (!blank) {
                problems.add("no blank line between header and body");
            }
            return false;
        }
        int word = at;
        while (word < at + n && window[word] > ' ') {
            word++;
        }
        if (word < at + n && HeaderNames.isKnown(window, at, word)) {
            problems.add("header field without a colon mended");
            fields.append(window, at, word);
            fields.append(new byte[] {':'}, 0, 1);
            fields.append(window, word, at + n);
        } else {
            problems.add("lines in the header that are no field were left out");
        }
        return true;
    }

    /** Whether a known field comes before the next empty line. */
    private static boolean goesOn(byte[] window, int from, int to) {
        int line = from;
        while (line < to) {
            int end = line;
            while (end < to && window[end] != '\n') {
                end++;
            }
            end = Math.min(end + 1, to);
            if (isBlank(window, line, end)) {
                return false;
            }
            if (isKnownField(window, line, end)) {
                return true;
            }
            line = end;
        }
        return false;
    }

    private static boolean isKnownField(byte[] window, int from, int to) {
        int colon = LenientFields.nameEnd(window, from, to);
        int end = colon;
        while (end > from && window[end - 1] <= ' ') {
            end--;
        }
        return colon > 0 && HeaderNames.isKnown(window, from, end);
    }

    private void flush(Headers headers) {
        if (fields.isEmpty()) {
            return;
        }
        if (headers.size() >= limits.maxHeaders()) {
            full = true;
            problems.add("more than " + limits.maxHeaders() + " header fields: the rest was left out");
        }
        Headers.Field field = full ? null : fields.build();
        if (field != null) {
            byte[] raw = fields.raw();
            if (raw != null && guessed.size() < MOST_GUESSED) {
                guessed.put(headers.size(), raw);
            }
            headers.add(field);
        }
        fields.reset();
    }

    private static boolean isMbox(byte[] window, int from, int to) {
        int k = window[from] == '>' ? from + 1 : from;
        return to - k > 5
                && window[k] == 'F'
                && window[k + 1] == 'r'
                && window[k + 2] == 'o'
                && window[k + 3] == 'm'
                && window[k + 4] == ' ';
    }

    private static boolean isBlank(byte[] window, int from, int to) {
        for (int i = from; i < to; i++) {
            if (window[i] != '\r' && window[i] != '\n') {
                return false;
            }
        }
        return true;
    }
}
