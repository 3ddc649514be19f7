package org.postroom.parse;

import java.net.IDN;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Where links truly lead, and whether their words name another place. Names beyond ASCII are given as punycode. */
final class LinkHosts {
    private static final int LONGEST = 253;

    /** Words with a point in them that end like a host but are files. */
    private static final Set<String> FILES = Words.set("""
            pdf; doc; docx; xls; xlsx; ppt; pptx; txt; csv; zip; rar; png; jpg; jpeg; gif; html; htm; xml; json; js; ts;
            eml; msg; ics; vcf; rtf; odt; ods; exe; log; mp3; mp4; mov; java; php""");

    /** Second-level names under which everybody registers. */
    private static final Set<String> SHARED = Words.set("co; com; org; net; ac; gov; edu; or; ne; go; gob; gouv; nom");

    private LinkHosts() {}

    /** The host of a web or mail address in ASCII, empty if it has none. */
    static String of(String href) {
        int colon = href.indexOf(':');
        String scheme = colon < 0 ? "" : href.substring(0, colon).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> ofWeb(href, colon + 1);
            case "mailto" -> ofMail(href.substring(colon + 1));
            default -> "";
        };
    }

    private static String ofMail(String address) {
        int query = address.indexOf('?');
        String path = query < 0 ? address : address.substring(0, query);
        int at = path.lastIndexOf('@');
        return at < 0 ? "" : ascii(path.substring(at + 1));
    }

    /** As browsers find it: any number of slashes either way, and what stands before an at sign is no host. */
    private static String ofWeb(String url, int from) {
        int start = from;
        while (start < url.length() && (url.charAt(start) == '/' || url.charAt(start) == '\\')) {
            start++;
        }
        int end = start;
        while (end < url.length() && "/\\?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.startsWith("[") ? host.indexOf(':', host.indexOf(']') + 1) : host.indexOf(':');
        return ascii(port < 0 ? host : host.substring(0, port));
    }

    private static String ascii(String host) {
        String plain = decoded(host.strip());
        if (plain.isEmpty() || plain.length() > LONGEST) {
            return "";
        }
        if (isAscii(plain)) {
            String lower = plain.toLowerCase(Locale.ROOT);
            return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        }
        try {
            String ascii = IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        } catch (IllegalArgumentException e) {
            return plain.toLowerCase(Locale.ROOT);
        }
    }

    private static boolean isAscii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) > 126) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String host) {
        if (host.indexOf('%') < 0) {
            return host;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < host.length(); i++) {
            int high = i + 2 < host.length() && host.charAt(i) == '%' ? Character.digit(host.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(host.charAt(i + 2), 16);
            if (low >= 0) {
                out.append((char) (high * 16 + low));
                i += 2;
            } else {
                out.append(host.charAt(i));
            }
        }
        return out.toString();
    }

    /**
     * Whether a link's words name another host than it leads to, or hide that it is not written in Latin letters.
     *
     * @param host as {@link #of} found it
     */
    static boolean isMisnamed(String words, String host) {
        if (host.isEmpty() || words.length() > 2_000) {
            return false;
        }
        String named = named(words.strip());
        return !named.isEmpty() && (!isSameSite(named, host) || host.startsWith("xn--") || host.contains(".xn--"));
    }

    /** The host that words name, empty if they name none. */
    private static String named(String words) {
        String word = words;
        int blank = indexOfBlank(words);
        if (blank >= 0) {
            word = addressWithin(words);
        }
        word = trimmed(word);
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return of(word);
        }
        if (lower.startsWith("mailto:")) {
            return of(word);
        }
        int at = word.lastIndexOf('@');
        String host = at > 0 ? word.substring(at + 1) : word;
        int slash = indexOfAny(host, "/?#:\\");
        return isHostName(slash < 0 ? host : host.substring(0, slash), lower.startsWith("www.") || at > 0)
                ? ascii(slash < 0 ? host : host.substring(0, slash))
                : "";
    }

    private static String addressWithin(String words) {
        for (String word : words.split("\\s+", 60)) {
            String lower = trimmed(word).toLowerCase(Locale.ROOT);
            if (lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith("www.")) {
                return word;
            }
        }
        return "";
    }

    private static String trimmed(String word) {
        int from = 0;
        int to = word.length();
        while (from < to && "(<[{\"'«“‘".indexOf(word.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && ")>]}\"'»”’.,;:!?…".indexOf(word.charAt(to - 1)) >= 0) {
            to--;
        }
        return word.substring(from, to);
    }

    private static boolean isHostName(String host, boolean sure) {
        int dot = host.lastIndexOf('.');
        if (dot < 1 || dot > host.length() - 3 || host.length() > LONGEST || host.indexOf("..") >= 0) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-') {
                return false;
            }
            if (i > dot && !Character.isLetter(c)) {
                return false;
            }
        }
        return sure || !FILES.contains(host.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isSameSite(String one, String other) {
        return site(one).equals(site(other));
    }

    /** The part of a host that one owner registered, as far as can be told without a list. */
    static String site(String host) {
        String[] labels = host.split("\\.", -1);
        int n = labels.length;
        if (n <= 2) {
            return host;
        }
        boolean shared = labels[n - 1].length() == 2 && SHARED.contains(labels[n - 2]);
        int keep = shared ? 3 : 2;
        return String.join(".", Arrays.asList(labels).subList(n - keep, n));
    }

    private static int indexOfBlank(String words) {
        for (int i = 0; i < words.length(); i++) {
            if (Character.isWhitespace(words.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfAny(String text, String wanted) {
        for (int i = 0; i < text.length(); i++) {
            if (wanted.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
