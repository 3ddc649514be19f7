package org.postroom.web.inbox;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of plain text, which may lead somewhere.
 *
 * @param href an http, https or mailto address, or null
 */
record Piece(String text, @Nullable String href) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?i:https?://|mailto:(?=[^\\s@]{1,64}@))[^\\s<>\"\\p{Cntrl}]{1,2000}");
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

    /** Where it leads, in letters that look like no others; null if that is what it reads anyway, or if it leads nowhere. */
    public @Nullable String host() {
        if (href == null || href.regionMatches(true, 0, "mailto:", 0, 7)) {
            return null;
        }
        int start = href.indexOf("//") + 2;
        int end = start;
        while (end < href.length() && "/\\?#".indexOf(href.charAt(end)) < 0) {
            end++;
        }
        String authority = href.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
        return ascii(host);
    }

    /** Whether the host is not what a reader would take it for: another alphabet, or a name before an at sign. */
    public boolean misleads() {
        String host = host();
        if (host == null || href == null) {
            return false;
        }
        return !href.toLowerCase(Locale.ROOT).startsWith(host, href.indexOf("//") + 2);
    }

    private static String ascii(String host) {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return host;
        }
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
