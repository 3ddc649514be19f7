package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A value with parameters: Content-Type and Content-Disposition (RFC 2045, 2183, 2231), and what programs write in place
 * of RFC 2231: encoded words, raw 8-bit, percent-encoding, quotes that never end.
 *
 * @param value in lower case, without parameters
 * @param parameters names in lower case, values decoded
 */
record HeaderValue(String value, Map<String, String> parameters) {
    static HeaderValue parse(String body) {
        List<String> pieces = split(body);
        String value = pieces.isEmpty() ? "" : stripComments(pieces.get(0)).toLowerCase(Locale.ROOT);
        Map<String, String> plain = new LinkedHashMap<>();
        Map<String, TreeMap<Integer, String>> pieced = new LinkedHashMap<>();
        for (int i = 1; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            int equals = piece.indexOf('=');
            if (equals <= 0) {
                continue;
            }
            String name = stripComments(piece.substring(0, equals)).toLowerCase(Locale.ROOT);
            String text = unquote(piece.substring(equals + 1).strip());
            int star = name.indexOf('*');
            if (star > 0) {
                pieced.computeIfAbsent(name.substring(0, star), k -> new TreeMap<>())
                        .putIfAbsent(order(name, star), (name.endsWith("*") ? "%" : " ") + text);
            } else {
                plain.putIfAbsent(name, text);
            }
        }
        Map<String, String> all = new LinkedHashMap<>();
        plain.forEach((name, text) -> all.put(name, name.equals("boundary") ? text : EncodedWords.decode(text)));
        pieced.forEach((name, parts) -> all.put(name, join(parts)));
        return new HeaderValue(value, Map.copyOf(all));
    }

    /** The value alone, as {@link #parse} finds it. */
    static String withoutParameters(String body) {
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == ';' || c == '(' || c == '"') {
                return parse(body).value;
            }
        }
        return body.strip().toLowerCase(Locale.ROOT);
    }

    @Nullable
    String parameter(String name) {
        return parameters.get(name);
    }

    /** {@code name*} comes before {@code name*0}; a number that is none goes last. */
    private static int order(String name, int star) {
        String digits = name.substring(star + 1).replace("*", "");
        if (digits.isEmpty()) {
            return -1;
        }
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** RFC 2231 section 3 and 4: the charset is named by the first piece, bytes may be cut between pieces. */
    private static String join(TreeMap<Integer, String> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String charset = null;
        boolean first = true;
        boolean encoded = false;
        Integer whole = parts.firstKey();
        for (Map.Entry<Integer, String> part : parts.entrySet()) {
            if (whole == -1 && part.getKey() != -1) {
                break;
            }
            String text = part.getValue().substring(1);
            if (part.getValue().charAt(0) == '%') {
                encoded = true;
                if (first) {
                    int one = text.indexOf('\'');
                    int two = one < 0 ? -1 : text.indexOf('\'', one + 1);
                    if (two > 0) {
                        charset = text.substring(0, one);
                        text = text.substring(two + 1);
                    }
                }
                percent(text, bytes);
            } else {
                bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
            first = false;
        }
        String joined = EncodedWords.text(bytes.toByteArray(), encoded ? charset : "utf-8");
        return EncodedWords.decode(joined);
    }

    static void percent(String text, ByteArrayOutputStream out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** At semicolons outside quotes and comments. */
    private static List<String> split(String body) {
        List<String> pieces = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"' && depth == 0) {
                quoted = quoted ? false : body.indexOf('"', i + 1) > 0;
            } else if (c == '(' && !quoted && (i == 0 || Character.isWhitespace(body.charAt(i - 1)))) {
                depth++;
            } else if (c == ')' && !quoted && depth > 0) {
                depth--;
            } else if (c == ';' && !quoted && (depth == 0 || body.indexOf(')', i) < 0)) {
                pieces.add(body.substring(start, i));
                start = i + 1;
                depth = 0;
            }
        }
        pieces.add(body.substring(start));
        return pieces;
    }

    private static String stripComments(String text) {
        if (text.indexOf('(') < 0) {
            return text.strip();
        }
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                out.append(c);
            }
        }
        return out.toString().strip();
    }

    private static String unquote(String text) {
        if (!text.startsWith("\"")) {
            int comment = text.indexOf(" (");
            return comment > 0 ? text.substring(0, comment).strip() : text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                break;
            }
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                i++;
                c = text.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }
}
