package org.postroom.parse;

/** What is left of HTML that cannot be read in time. */
final class StrippedHtml {
    private StrippedHtml() {}

    /** Without tags, for HTML that cannot be read in time: one look at each character. */
    static String of(String html) {
        StringBuilder text = new StringBuilder(html.length() / 2);
        boolean tag = false;
        for (int i = 0; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '<') {
                tag = i + 1 < html.length()
                        && (Character.isLetter(html.charAt(i + 1))
                                || html.charAt(i + 1) == '/'
                                || html.charAt(i + 1) == '!');
                if (!tag) {
                    text.append(c);
                }
            } else if (c == '>' && tag) {
                tag = false;
                if (!text.isEmpty()
                        && text.charAt(text.length() - 1) != ' '
                        && text.charAt(text.length() - 1) != '\n') {
                    text.append(' ');
                }
            } else if (!tag) {
                text.append(c);
            }
        }
        return text.toString()
                .replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }
}
