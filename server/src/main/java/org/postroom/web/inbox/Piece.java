package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of plain text, which may lead somewhere.
 *
 * @param href an http or https address, or null
 */
record Piece(String text, @Nullable String href) {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"\\p{Cntrl}]{1,2000}");
    private static final String NOT_AT_THE_END = ".,;:!?'*_";
    private static final int LONGEST = 100_000;
    private static final int MOST_LINKS = 300;

    /** Cuts text at the addresses in it; very long text is shortened and says so. */
    static List<Piece> of(String text) {
        boolean tooLong = text.length() > LONGEST;
        String shown = tooLong ? text.substring(0, LONGEST) : text;
        List<Piece> pieces = new ArrayList<>();
        Matcher matcher = ADDRESS.matcher(shown);
        int from = 0;
        while (pieces.size() < 2 * MOST_LINKS && matcher.find(from)) {
            int end = end(shown, matcher.start(), matcher.end());
            if (matcher.start() > from) {
                pieces.add(new Piece(shown.substring(from, matcher.start()), null));
            }
            String address = shown.substring(matcher.start(), end);
            pieces.add(new Piece(address, address));
            from = end;
        }
        if (from < shown.length()) {
            pieces.add(new Piece(shown.substring(from), null));
        }
        if (tooLong) {
            pieces.add(new Piece("\n\n… The rest is left out here; the source has all of it.", null));
        }
        return pieces;
    }

    private static int end(String text, int start, int end) {
        int last = end;
        while (last > start + 9 && isOutside(text, start, last)) {
            last--;
        }
        return last;
    }

    private static boolean isOutside(String text, int start, int last) {
        char c = text.charAt(last - 1);
        return NOT_AT_THE_END.indexOf(c) >= 0
                || (c == ')' && text.substring(start, last).indexOf('(') < 0)
                || (c == ']' && text.substring(start, last).indexOf('[') < 0);
    }
}
