package org.postroom.conversation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ThreadRules;

/** Conversations' numbers as they stand in subjects, by a channel's forms. Immutable; safe for use by many threads. */
public final class NumberForms {
    private static final int LONGEST = 20_000;
    private static final int MOST = 5;
    private static final int MOST_KEPT = 1_000;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyMMdd").withZone(ZoneOffset.UTC);
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private final List<String> forms;

    /** These forms, each with {@link ThreadRules#NUMBER} in it. */
    public NumberForms(List<String> forms) {
        this.forms = List.copyOf(forms);
    }

    /**
     * A number that was found.
     *
     * @param date year, month and day beside it, six digits; null if the form has none
     * @param words as it stood there
     */
    record Found(long number, @Nullable String date, String words) {
        /** Whether the conversation that began then may be meant; a day's grace for zones. */
        boolean fits(Instant began) {
            return date == null
                    || date.equals(DATE.format(began))
                    || date.equals(DATE.format(began.plusSeconds(86_400)))
                    || date.equals(DATE.format(began.minusSeconds(86_400)));
        }
    }

    /** Numbers in a text, the first five at most. */
    List<Found> in(String text) {
        List<Found> found = new ArrayList<>();
        String looked = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        for (String form : forms) {
            Matcher matcher = pattern(form).matcher(looked);
            while (matcher.find() && found.size() < MOST) {
                boolean dated = form.contains(ThreadRules.DATE);
                found.add(new Found(
                        Long.parseLong(matcher.group("number")),
                        dated ? matcher.group("date") : null,
                        matcher.group()));
            }
        }
        return found;
    }

    /** The number in the first form. */
    public String write(long number, Instant began) {
        String form = forms.getFirst();
        boolean dated = form.contains(ThreadRules.DATE);
        return form.replace(ThreadRules.DATE, DATE.format(began))
                .replace(ThreadRules.NUMBER, dated ? "%06d".formatted(number) : Long.toString(number));
    }

    /** Whether a text holds this number in one of the forms. */
    public boolean holds(String text, long number) {
        return in(text).stream().anyMatch(one -> one.number() == number);
    }

    private static Pattern pattern(String form) {
        if (COMPILED.size() > MOST_KEPT) {
            COMPILED.clear();
        }
        return COMPILED.computeIfAbsent(form, NumberForms::compile);
    }

    private static Pattern compile(String form) {
        StringBuilder regex = new StringBuilder();
        if (Character.isLetterOrDigit(form.codePointAt(0)) || form.startsWith("{")) {
            regex.append("(?<![\\p{L}\\p{N}])");
        }
        for (int i = 0; i < form.length(); ) {
            if (form.startsWith(ThreadRules.NUMBER, i)) {
                regex.append("0{0,11}+(?<number>[1-9][0-9]{0,11}+)(?![\\p{L}\\p{N}])");
                i += ThreadRules.NUMBER.length();
            } else if (form.startsWith(ThreadRules.DATE, i)) {
                regex.append("(?<date>[0-9]{6})");
                i += ThreadRules.DATE.length();
            } else if (Character.isWhitespace(form.charAt(i))) {
                regex.append("\\s{1,5}+");
                for (; i < form.length() && Character.isWhitespace(form.charAt(i)); i++) {}
            } else {
                regex.append(Pattern.quote(form.substring(i, i + 1)));
                i++;
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
