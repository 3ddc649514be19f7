package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of {@code quoting.txt}: how mail programs introduce what they quote or add, in the languages they speak. */
final class QuoteWords {
    /** What a header line of a quoted message stands for. */
    enum Label {
        FROM,
        DATE,
        TO,
        SUBJECT,
        OTHER
    }

    private static final int MAX_LABEL = 26;
    private static final Map<String, List<String>> SECTIONS = sections();
    private static final Map<String, Label> LABELS = labels();
    private static final List<PhraseSet> INDEXED = new ArrayList<>();

    static final PhraseSet WROTE = phrases("wrote");
    static final PhraseSet QUOTING = phrases("quoting");
    static final PhraseSet YOU_WROTE = phrases("you-wrote");
    static final Set<String> STARTERS = Set.copyOf(section("starters"));
    static final Set<String> WEEKDAYS = Set.copyOf(section("weekdays"));
    static final PhraseSet ORIGINAL = phrases("original");
    static final PhraseSet FORWARD = phrases("forward");
    static final PhraseSet REPLY_ABOVE = indexed("reply-above");
    static final PhraseSet MOBILE = phrases("mobile");
    static final PhraseSet OWN_DEVICE = phrases("own-device");
    static final PhraseSet DEVICE = phrases("device");
    static final PhraseSet CLOSINGS = phrases("closings");
    static final PhraseSet CLOSING_STARTS = phrases("closing-starts");
    static final PhraseSet CLOSING_PREFIXES = phrases("closing-prefixes");
    static final PhraseSet CORPORATE = phrases("corporate");
    static final Set<String> CONTACT_LABELS = Set.copyOf(section("contact-labels"));
    static final PhraseSet ORDER = phrases("order-words");
    static final Set<String> POSTSCRIPT = Set.copyOf(section("postscript"));
    static final PhraseSet CALL_ME = phrases("call-me");
    static final PhraseSet BELOW = phrases("below");
    static final PhraseSet INLINE = phrases("inline");
    static final PhraseSet ANSWERS = phrases("answers");
    static final PhraseSet PERSONAL = phrases("personal");
    static final PhraseSet NOTICE = indexed("notice");
    static final PhraseSet NOTICE_HEADING = phrases("notice-heading");
    static final PhraseSet LIST_FOOTER = phrases("list-footer");
    static final PhraseSet BANNER = indexed("banner");
    static final PhraseSet BANNER_MORE = phrases("banner-more");

    /** What legal notices speak of: of the message, that it is confidential, for whom, of mistakes, of liability. */
    static final List<PhraseSet> LEGAL = List.of(
            indexed("this-message"),
            phrases("confidential"),
            phrases("recipient"),
            phrases("mistake"),
            phrases("liability"));

    /** Those that are looked for in whole lines and paragraphs. */
    static final PhraseIndex INDEX = new PhraseIndex(INDEXED);

    private QuoteWords() {}

    private static Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> open = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                QuoteWords.class.getResourceAsStream("quoting.txt"), "quoting.txt is missing on the class path")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("[")) {
                    open = sections.computeIfAbsent(line.substring(1, line.indexOf(']')), k -> new ArrayList<>());
                } else if (!line.startsWith("#")) {
                    open.addAll(Words.list(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sections;
    }

    private static List<String> section(String name) {
        return Objects.requireNonNull(SECTIONS.get(name), name);
    }

    private static PhraseSet phrases(String name) {
        return new PhraseSet(section(name), 0);
    }

    private static PhraseSet indexed(String name) {
        PhraseSet set = new PhraseSet(section(name), 1L << INDEXED.size());
        INDEXED.add(set);
        return set;
    }

    private static Map<String, Label> labels() {
        Map<String, Label> map = new HashMap<>();
        for (Label label : Label.values()) {
            section("label-" + label.name().toLowerCase(java.util.Locale.ROOT)).forEach(w -> map.putIfAbsent(w, label));
        }
        return Map.copyOf(map);
    }

    /**
     * What a line such as {@code *Von:* Ann} is the beginning of; null if it is no such line.
     *
     * @param text around the line
     */
    static @Nullable Label label(char[] text, int from, int to) {
        int start = from;
        while (start < to && !isLetter(text[start]) && " \t*_\u00A0>|•-".indexOf(text[start]) >= 0) {
            start++;
        }
        int end = start;
        int last = Math.min(to, start + MAX_LABEL);
        while (end < last && text[end] != ':' && text[end] != '：') {
            end++;
        }
        if (end == start || end >= last) {
            return null;
        }
        int stop = end;
        while (stop > start && " \t*_\u00A0\u202F".indexOf(text[stop - 1]) >= 0) {
            stop--;
        }
        return LABELS.get(PlainText.of(text, start, stop));
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
}
