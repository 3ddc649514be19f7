package org.postroom.parse;

/** format=flowed (RFC 3676): a line that ends with a space goes on in the next one of the same quote depth. */
final class Flowed {
    private Flowed() {}

    static String joined(String text, boolean delSp) {
        StringBuilder out = new StringBuilder(text.length());
        int depthBefore = -1;
        boolean open = false;
        int i = 0;
        while (i < text.length()) {
            int end = text.indexOf('\n', i);
            int next = end < 0 ? text.length() : end + 1;
            int stop = end < 0 ? text.length() : end > i && text.charAt(end - 1) == '\r' ? end - 1 : end;
            int depth = 0;
            int k = i;
            while (k < stop && text.charAt(k) == '>') {
                depth++;
                k++;
            }
            if (k < stop && text.charAt(k) == ' ') {
                k++; // space-stuffing
            }
            boolean signature = text.startsWith("-- ", k) && stop - k == 3;
            if (open && depth == depthBefore && !signature) {
                if (delSp) {
                    out.setLength(out.length() - 1);
                }
            } else {
                if (open || depthBefore >= 0) {
                    out.append('\n');
                }
                out.repeat(">", depth).append(depth > 0 ? " " : "");
            }
            out.append(text, k, stop);
            open = stop > k && text.charAt(stop - 1) == ' ' && !signature;
            depthBefore = depth;
            i = next;
        }
        if (text.endsWith("\n")) {
            out.append('\n');
        }
        return out.toString();
    }
}
