package org.postroom.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.parse.Fold.Kind;

/**
 * Folds the signature: below the delimiter of RFC 3676, what telephones add, a closing with a name, a rule above contact
 * details, the writer's own name or address near the end. A sentence, a question, a postscript, a number of an order are
 * never part of one; where the text asks for a call or points to what stands below, all stays. For one text.
 */
final class Signatures {
    private static final int LOOK = 22;
    private static final int MOBILE_LOOK = 12;

    private final MailLines lines;
    private final @Nullable Kind[] folded;
    private final SignatureLines kinds;

    /** Lines that stay and are not blank, the last {@link #LOOK}, in order. */
    private List<Integer> tail = List.of();

    private int first = -1;

    Signatures(MailLines lines, @Nullable Kind[] folded, @Nullable Address writer) {
        this.lines = lines;
        this.folded = folded;
        this.kinds = new SignatureLines(lines, writer);
    }

    void fold() {
        look();
        if (foldMobile()) {
            look();
        }
        int at = delimiter();
        if (at < 0) {
            at = closing();
        }
        if (at < 0) {
            at = name();
        }
        if (at < 0) {
            at = contactBlock();
        }
        if (at > 0) {
            foldFrom(at);
        }
    }

    private void look() {
        List<Integer> found = new ArrayList<>();
        int k = lines.count() - 1;
        first = -1;
        while (k >= 0 && found.size() < LOOK) {
            if (folded[k] == null && !lines.blank(k)) {
                found.add(k);
            }
            k--;
        }
        Collections.reverse(found);
        while (k >= 0 && first < 0) {
            first = folded[k] == null && !lines.blank(k) ? k : -1;
            k--;
        }
        if (first < 0 && !found.isEmpty()) {
            first = found.get(0);
        }
        tail = found;
    }

    /** Lines such as {@code Sent from my iPhone}, each a paragraph of its own or the last. */
    private boolean foldMobile() {
        boolean any = false;
        int size = tail.size();
        for (int n = Math.max(0, size - MOBILE_LOOK); n < size; n++) {
            int k = tail.get(n);
            if (k == first || !mayStandAlone(n) || !kinds.isMobile(k) || !standsAlone(n)) {
                continue;
            }
            folded[k] = Kind.SIGNATURE;
            any = true;
            if (n + 1 < size && kinds.isLink(tail.get(n + 1)) && tail.get(n + 1) == k + 1) {
                folded[k + 1] = Kind.SIGNATURE;
            }
            int rule = n > 0 ? tail.get(n - 1) : -1;
            if (rule > first && (lines.isRule(rule, 2) || lines.isDelimiter(rule)) && rule >= k - 2) {
                folded[rule] = Kind.SIGNATURE;
            }
        }
        return any;
    }

    private boolean mayStandAlone(int n) {
        int k = tail.get(n);
        return k == 0 || lines.blank(k - 1) || folded[k - 1] != null || (n >= tail.size() - 2 && !lines.isLong(k - 1));
    }

    private boolean standsAlone(int n) {
        int k = tail.get(n);
        boolean below = k + 1 >= lines.count()
                || lines.blank(k + 1)
                || folded[k + 1] != null
                || kinds.isLink(k + 1)
                || kinds.isMobile(k + 1)
                || lines.isRule(k + 1, 2);
        return below && mayStandAlone(n);
    }

    private int delimiter() {
        for (int n = tail.size() - 1; n >= 0; n--) {
            int k = tail.get(n);
            boolean exact = lines.isDelimiter(k);
            if (!exact && !kinds.isDashes(k)) {
                continue;
            }
            if (k == first || (n + 1 == tail.size() && !exact)) {
                return -1;
            }
            return exact || allFit(n + 1) ? n : -1;
        }
        return -1;
    }

    /** The last closing whose lines below are all a signature's. */
    private int closing() {
        for (int n = tail.size() - 1; n >= 0; n--) {
            int k = tail.get(n);
            if (k == first) {
                return -1;
            }
            if (kinds.isClosingWithName(k)
                    && (n + 1 == tail.size() || endsParagraph(k) || kinds.fits(tail.get(n + 1)))
                    && allFit(n + 1)) {
                return withClosingsAbove(n);
            }
            if (kinds.isClosing(k)) {
                boolean follows = n + 1 < tail.size();
                boolean dropped = !follows && somethingFoldedAfter(k);
                if (dropped || (follows && kinds.beginsSigner(tail.get(n + 1), tail.size() - n - 1) && allFit(n + 1))) {
                    return withClosingsAbove(n);
                }
            }
        }
        return -1;
    }

    private boolean endsParagraph(int k) {
        return k + 1 >= lines.count() || lines.blank(k + 1);
    }

    /** The closing was the last line above a signature that is folded already. */
    private boolean somethingFoldedAfter(int k) {
        int next = lines.next(k + 1);
        return next < lines.count() && folded[next] == Kind.SIGNATURE && lines.isMarkedSignature(next);
    }

    private int withClosingsAbove(int from) {
        int n = from;
        while (n > 0 && tail.get(n - 1) != first && kinds.isClosing(tail.get(n - 1)) && from - n < 2) {
            n--;
        }
        return n;
    }

    private int name() {
        for (int n = Math.max(0, tail.size() - 14); n < tail.size(); n++) {
            int k = tail.get(n);
            if (k != first && kinds.isWriter(k) && (n + 1 == tail.size() || allFit(n + 1))) {
                return withClosingsAbove(n);
            }
        }
        return -1;
    }

    /** The last paragraphs, below a rule or with the writer's address or name in it. */
    private int contactBlock() {
        if (kinds.contacts().count(tail, 0) == 0) {
            return -1;
        }
        int best = -1;
        for (int n = tail.size() - 1; n > 0; n--) {
            int k = tail.get(n);
            if (k == first || (!kinds.fits(k) && !lines.isRule(k, 2))) {
                return best;
            }
            int contacts = kinds.contacts().count(tail, n);
            if (lines.isRule(k, 2) && n + 1 < tail.size()) {
                return contacts > 0 ? n : best;
            }
            boolean begins = k == 0 || lines.blank(k - 1);
            if (begins
                    && contacts >= 2
                    && (kinds.contacts().hasWritersAddress(tail, n) || (kinds.looksLikeName(k) && contacts >= 3))) {
                best = n;
            }
        }
        return best;
    }

    private boolean allFit(int from) {
        for (int n = from; n < tail.size(); n++) {
            int k = tail.get(n);
            if (kinds.isPostscript(k) && n > from) {
                return true;
            }
            if (!kinds.fits(k)) {
                return false;
            }
        }
        return true;
    }

    private void foldFrom(int at) {
        int end = at;
        while (end < tail.size() && !staysBelow(end, at)) {
            end++;
        }
        if (isAnnounced(tail.get(at)) || (kinds.contacts().count(tail, at) > 0 && textAsksForContact(tail.get(at)))) {
            return;
        }
        for (int n = at; n < end; n++) {
            folded[tail.get(n)] = Kind.SIGNATURE;
        }
    }

    /** A postscript or a question ends even what a delimiter began. */
    private boolean staysBelow(int n, int at) {
        int k = tail.get(n);
        return n > at && (kinds.isPostscript(k) || (kinds.isQuestion(k) && (k == 0 || lines.blank(k - 1))));
    }

    /** The line above ends with a colon: what follows is what it speaks of. */
    private boolean isAnnounced(int line) {
        int above = lines.previous(line - 1);
        return above >= 0 && folded[above] == null && (lines.last(above) == ':' || lines.last(above) == '：');
    }

    private boolean textAsksForContact(int before) {
        int seen = 0;
        for (int k = before - 1; k >= 0 && seen < 30; k--) {
            if (folded[k] != null || lines.blank(k)) {
                continue;
            }
            seen++;
            if (QuoteWords.CALL_ME.in(lines.plain(k)) >= 0 || QuoteWords.BELOW.in(lines.plain(k)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
