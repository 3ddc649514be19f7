package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * Where a signature begins: at the delimiter of RFC 3676, at what telephones add, at a rule above contact details, at the
 * writer's own name or address near the end. Short lines only: a sentence is never taken for a signature.
 */
final class Signatures {
    private static final int LOOK = 16;
    private static final int SHORT = 72;
    private static final Pattern CONTACT = Pattern.compile(
            "(?i)(https?://|www\\.|[\\w.+-]+@[\\w-]+\\.\\w|(?:\\+|\\(0|\\b0|\\(?\\d{3}\\)?[ .-])[\\d() ./-]{6,}\\d|\\b(?:tel|fon|phone|fax|mobile?|cell)\\b)");
    private static final List<String> CLOSINGS = Words.list("""
            thanks; thank you; thank you very much; many thanks; thx; cheers; regards; best regards; kind regards; best; best
            wishes; warm regards; sincerely; yours sincerely; yours faithfully; yours truly; mit freundlichen grüßen; mit
            freundlichen grüssen; freundliche grüße; viele grüße; beste grüße; liebe grüße; mfg; cordialement; bien
            cordialement; sincères salutations; merci; saludos; un saludo; saludos cordiales; atentamente; gracias; cordiali
            saluti; distinti saluti; saluti; grazie; atenciosamente; cumprimentos; obrigado; obrigada; abraços; met vriendelijke
            groet; vriendelijke groeten; groeten; groet; bedankt; pozdrawiam; z poważaniem; dziękuję; s pozdravem; děkuji;
            vänliga hälsningar; med vänlig hälsning; mvh; hälsningar; med venlig hilsen; venlig hilsen; hilsen; med vennlig
            hilsen; vennlig hilsen; ystävällisin terveisin; terveisin; saygılarımla; teşekkürler; с уважением; спасибо
            """);

    private final List<String> lines;
    private final boolean[] drop;
    private final List<String> names;
    private final String address;

    /** @param drop lines that are gone already */
    Signatures(List<String> lines, boolean[] drop, @Nullable Address writer) {
        this.lines = lines;
        this.drop = drop;
        String name =
                writer == null ? "" : writer.name().toLowerCase(Locale.ROOT).strip();
        int space = name.indexOf(' ');
        this.names =
                name.length() < 2 ? List.of() : space > 1 ? List.of(name, name.substring(0, space)) : List.of(name);
        this.address = writer == null ? "" : writer.key();
    }

    /** First line of the signature before {@code end}, or {@code end}. */
    int before(int end) {
        int cut = end;
        int seen = 0;
        for (int k = end - 1; k >= 0 && seen < LOOK; k--) {
            String line = lines.get(k).stripTrailing();
            if (drop[k] || line.isBlank()) {
                continue;
            }
            seen++;
            if (line.equals("--") || line.equals("--\u00A0")) {
                return k;
            }
            if (line.length() > SHORT && !QuoteWords.isMobileSignature(line)) {
                return delimiterAbove(k, cut, seen);
            }
            if (isSignatureFrom(k, end, seen)) {
                cut = k;
            }
        }
        return cut;
    }

    /** Below a long line only the delimiter counts, which is unmistakable. */
    private int delimiterAbove(int from, int cut, int already) {
        int seen = already;
        for (int k = from - 1; k > 0 && seen < LOOK; k--) {
            if (!lines.get(k).isBlank() && !drop[k]) {
                seen++;
            }
            if (lines.get(k).equals("-- ")) {
                return k;
            }
        }
        return cut;
    }

    private boolean isSignatureFrom(int k, int end, int seen) {
        String line = lines.get(k).strip();
        if (seen <= 2 && QuoteWords.isMobileSignature(line)) {
            return true;
        }
        if (isRule(line)) {
            return contacts(k + 1, end) > 0;
        }
        if (isFirst(k)) {
            return false; // nothing would be left
        }
        String lower = bare(line);
        if (names.contains(lower)) {
            return seen <= 10;
        }
        if (CLOSINGS.contains(lower)) {
            int next = nextLine(k, end);
            return next < 0 || names.contains(bare(lines.get(next).strip()));
        }
        return !address.isEmpty() && startsParagraph(k) && paragraphHasAddress(k, end) && contacts(k, end) >= 2;
    }

    private static String bare(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        int end = lower.length();
        while (end > 0 && ",.!-–* ".indexOf(lower.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = 0;
        while (start < end && "-–*~ ".indexOf(lower.charAt(start)) >= 0) {
            start++;
        }
        return lower.substring(start, end);
    }

    private int nextLine(int k, int end) {
        for (int n = k + 1; n < end; n++) {
            if (!drop[n] && !lines.get(n).isBlank()) {
                return n;
            }
        }
        return -1;
    }

    private boolean isFirst(int k) {
        for (int n = 0; n < k; n++) {
            if (!drop[n] && !lines.get(n).isBlank()) {
                return false;
            }
        }
        return true;
    }

    private boolean startsParagraph(int k) {
        return k > 0 && lines.get(k - 1).isBlank();
    }

    private boolean paragraphHasAddress(int k, int end) {
        for (int n = k; n < end && !lines.get(n).isBlank(); n++) {
            if (lines.get(n).toLowerCase(Locale.ROOT).contains(address)) {
                return true;
            }
        }
        return false;
    }

    private int contacts(int from, int end) {
        int found = 0;
        for (int n = from; n < end; n++) {
            if (!drop[n] && CONTACT.matcher(lines.get(n)).find()) {
                found++;
            }
        }
        return found;
    }

    private static boolean isRule(String line) {
        return line.length() >= 2
                && line.chars().allMatch(c -> c == '-' || c == '_' || c == '=' || c == '—' || c == '*');
    }
}
