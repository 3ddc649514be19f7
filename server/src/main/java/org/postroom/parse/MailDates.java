package org.postroom.parse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Dates in every style (RFC 5322 section 3.3 and 4.3, asctime, ISO 8601, with slashes, with month names of other
 * languages): numbers are told apart by what stands between them.
 */
final class MailDates {
    /** Minutes east of Greenwich. */
    private static final Map<String, Integer> ZONES = numbers("""
            est -300; edt -240; cst -360; cdt -300; mst -420; mdt -360; pst -480; pdt -420; cet 60; cest 120; met 60;
            mest 120; mez 60; mesz 120; wet 0; west 60; eet 120; eest 180; bst 60; ist 330; msk 180; msd 240; trt 180;
            sast 120; wat 60; cat 120; eat 180; gst 240; pkt 300; bdt 360; ict 420; wib 420; wita 480; wit 540; pht 480;
            jst 540; kst 540; hkt 480; sgt 480; awst 480; acst 570; acdt 630; aest 600; aedt 660; nzst 720; nzdt 780;
            akst -540; akdt -480; hst -600; nst -210; ndt -150; brt -180; brst -120; art -180; clt -240; clst -180;
            cot -300; pet -300""");

    /** A comment within a time of day (RFC 5322 appendix A.6.3). */
    private static final Pattern IN_TIME =
            Pattern.compile("\\([^()]{0,60}\\)(?=\\s{0,9}:)|(?<=:)\\s{0,9}\\([^()]{0,60}\\)");

    private final String in;
    private int i;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private int month;
    private int monthAt = -1;
    private int hour = -1;
    private int minute;
    private int second;
    private int half = -1;
    private @Nullable Integer offset;
    private int commentAt = -1;
    private boolean slashes;
    private boolean named;

    private static Map<String, Integer> numbers(String block) {
        return Words.list(block).stream()
                .map(w -> w.split(" "))
                .collect(Collectors.toUnmodifiableMap(w -> w[0], w -> Integer.valueOf(w[1])));
    }

    private MailDates(String in) {
        this.in = in;
    }

    /** Null if there is no date in it, or an impossible one. */
    static @Nullable Instant parse(String text) {
        if (text.length() > 200 || text.isBlank()) {
            return null;
        }
        try {
            String plain = text.indexOf('(') < 0 ? text : IN_TIME.matcher(text).replaceAll("");
            return new MailDates(EncodedWords.decode(plain).replace("\"", " ")).read();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private @Nullable Instant read() {
        while (i < in.length()) {
            char c = in.charAt(i);
            if (c == '(') {
                comment();
            } else if (isDigit(c)) {
                number();
            } else if (Character.isLetter(c)) {
                word();
            } else if ((c == '+' || c == '-') && hour >= 0 && i + 1 < in.length() && isDigit(in.charAt(i + 1))) {
                zone(c == '-' ? -1 : 1);
            } else {
                slashes |= c == '/';
                i++;
            }
        }
        if (offset == null && commentAt >= 0 && hour >= 0) {
            i = commentAt; // a zone that stands in a comment alone
            while (i < in.length() && in.charAt(i) != ')') {
                char c = in.charAt(i);
                if (Character.isLetter(c)) {
                    word();
                } else if ((c == '+' || c == '-') && i + 1 < in.length() && isDigit(in.charAt(i + 1))) {
                    zone(c == '-' ? -1 : 1);
                } else {
                    i++;
                }
            }
        }
        return build();
    }

    private void comment() {
        int depth = 0;
        commentAt = i + 1;
        for (; i < in.length(); i++) {
            char c = in.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                i++;
                return;
            }
        }
    }

    private void number() {
        int start = i;
        int value = digits();
        int width = i - start;
        int colon = i;
        while (colon < in.length() && in.charAt(colon) == ' ') {
            colon++;
        }
        if (colon < in.length() && in.charAt(colon) == ':') {
            i = colon;
        }
        char next = i < in.length() ? in.charAt(i) : ' ';
        boolean clock = next == ':' || (next == '.' && month > 0 && numbers.size() >= 2);
        if (clock && hour < 0 && width <= 2 && afterSeparator(next)) {
            hour = value;
            i++;
            minute = spaced();
            if (i < in.length() && (in.charAt(i) == ':' || in.charAt(i) == '.') && afterSeparator(in.charAt(i))) {
                i++;
                second = spaced();
                if (i < in.length() && (in.charAt(i) == '.' || in.charAt(i) == ',')) {
                    i++;
                    digits();
                }
            }
        } else if (width == 4 && hour >= 0 && numbers.size() >= 3 - (month > 0 ? 1 : 0) && offset == null) {
            offset = offsetOf(value, 1); // a zone without a sign
        } else if (width <= 5) {
            numbers.add(value);
            widths.add(width);
        }
    }

    private boolean afterSeparator(char separator) {
        int k = i + 1;
        while (k < in.length() && in.charAt(k) == ' ') {
            k++;
        }
        return in.charAt(Math.min(i, in.length() - 1)) == separator && k < in.length() && isDigit(in.charAt(k));
    }

    private int spaced() {
        while (i < in.length() && in.charAt(i) == ' ') {
            i++;
        }
        int value = digits();
        int colon = i;
        while (colon < in.length() && in.charAt(colon) == ' ') {
            colon++;
        }
        i = colon < in.length() && in.charAt(colon) == ':' ? colon : i;
        return value;
    }

    private int digits() {
        int value = 0;
        while (i < in.length() && isDigit(in.charAt(i))) {
            value = Math.min(value * 10 + in.charAt(i) - '0', 100_000);
            i++;
        }
        return value;
    }

    private void word() {
        int start = i;
        while (i < in.length() && Character.isLetter(in.charAt(i))) {
            i++;
        }
        String word = in.substring(start, i).toLowerCase(Locale.ROOT);
        int found = MonthNames.number(word);
        int halfOfDay = half(word);
        if (halfOfDay >= 0) {
            half = halfOfDay;
        } else if (found > 0 && month == 0 && !isWeekday(word)) {
            month = found;
            monthAt = numbers.size();
        } else if (hour >= 0 && ZONES.containsKey(word)) {
            if (offset == null || named) {
                offset = ZONES.get(word);
            }
        } else if (hour >= 0 && (word.equals("gmt") || word.equals("utc") || word.equals("ut") || word.equals("z"))) {
            if (offset == null) {
                offset = 0;
                named = true; // GMT+0200 follows
            }
        }
    }

    /** Hours that a word for the half of the day adds; -1 if it is none. */
    private static int half(String word) {
        return switch (word) {
            case "am", "上午", "午前", "오전", "凌晨", "早上" -> 0;
            case "pm", "下午", "午後", "오후", "晚上" -> 12;
            default -> -1;
        };
    }

    /** {@code mar} is Tuesday in three languages, but then it comes before everything else and a month follows. */
    private boolean isWeekday(String word) {
        if ((!word.equals("mar") && !word.equals("mars")) || !numbers.isEmpty()) {
            return false;
        }
        for (String other : in.substring(i).toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            if (MonthNames.number(other) > 0) {
                return true;
            }
        }
        return false;
    }

    private void zone(int sign) {
        i++;
        int start = i;
        int value = digits();
        int width = i - start;
        if (i + 1 < in.length() && in.charAt(i) == ':' && isDigit(in.charAt(i + 1))) {
            i++;
            value = value * 100 + digits();
        } else if (width <= 2) {
            value *= 100;
        } else if (width == 3) {
            value = value / 100 * 100 + value % 100;
        }
        if (offset == null || named) {
            offset = offsetOf(value, sign);
            named = false;
        }
    }

    /** In minutes; an impossible one counts as none. */
    private static int offsetOf(int hhmm, int sign) {
        int minutes = hhmm / 100 * 60 + hhmm % 100;
        return minutes > 18 * 60 ? 0 : sign * minutes;
    }

    private @Nullable Instant build() {
        int wanted = month > 0 ? 2 : 3;
        if (numbers.size() < wanted) {
            return null;
        }
        int day;
        int year;
        if (month > 0) {
            boolean yearFirst = widths.get(0) >= 4 && monthAt >= 1;
            day = numbers.get(yearFirst ? 1 : 0);
            year = yearFirst ? numbers.get(0) : yearOf(1);
        } else if (widths.get(0) >= 4) {
            year = numbers.get(0);
            month = numbers.get(1);
            day = numbers.get(2);
        } else {
            int a = numbers.get(0);
            int b = numbers.get(1);
            boolean monthFirst = slashes ? a <= 12 : b > 12;
            month = monthFirst ? a : b;
            day = monthFirst ? b : a;
            year = yearOf(2);
        }
        if (half >= 0 && hour <= 12 && hour >= 0) {
            hour = hour % 12 + half;
        }
        int secondOfMinute = Math.min(second, 59);
        LocalDateTime local = LocalDateTime.of(year, month, day, Math.max(hour, 0), minute, secondOfMinute);
        int minutes = offset == null ? 0 : offset;
        return local.toInstant(ZoneOffset.UTC).minusSeconds(minutes * 60L);
    }

    /** RFC 5322 section 4.3: two digits below 50 are this century, three count from 1900. */
    private int yearOf(int index) {
        int value = numbers.get(index);
        int width = widths.get(index);
        if (width <= 2) {
            return value < 50 ? 2000 + value : 1900 + value;
        }
        return width == 3 ? 1900 + value : value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
