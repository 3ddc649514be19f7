package org.postroom.simulator.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and ranges; {@code *} is the largest there is (RFC 3501 section 9, sequence-set). */
record SequenceSet(List<Range> ranges) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,10}|\\*)(?::(\\d{1,10}|\\*))?");
    private static final long STAR = Long.MAX_VALUE;

    /** Both ends count; {@link Long#MAX_VALUE} stands for the star. */
    record Range(long from, long to) {}

    static SequenceSet parse(String text) throws ImapRefusal {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part);
            if (!matcher.matches()) {
                throw ImapRefusal.badArguments();
            }
            long from = number(matcher.group(1));
            ranges.add(new Range(from, matcher.group(2) == null ? from : number(matcher.group(2))));
        }
        return new SequenceSet(ranges);
    }

    private static long number(String text) throws ImapRefusal {
        long number = text.equals("*") ? STAR : Long.parseLong(text);
        if (number == 0) {
            throw ImapRefusal.badArguments();
        }
        return number;
    }

    boolean contains(long number, long largest) {
        for (Range range : ranges) {
            long one = range.from() == STAR ? largest : range.from();
            long two = range.to() == STAR ? largest : range.to();
            if (number >= Math.min(one, two) && number <= Math.max(one, two)) {
                return true;
            }
        }
        return false;
    }

    /** Numbers in ascending order as a set without a star. */
    static String format(List<Long> numbers) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < numbers.size()) {
            int last = at;
            while (last + 1 < numbers.size() && numbers.get(last + 1) == numbers.get(last) + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ",").append(numbers.get(at));
            if (last > at) {
                text.append(':').append(numbers.get(last));
            }
            at = last + 1;
        }
        return text.toString();
    }
}
