package org.postroom.simulator.imap;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.simulator.exchange.WireInput;

/** Reads commands with their literals (RFC 3501 section 4.3, RFC 7888). Owned by the session's thread. */
final class ImapInput {
    static final char LITERAL = '\ue000';
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LONGEST_COMMAND = 512 * 1024;
    private static final long LARGEST_SKIPPED = 400_000_000;
    private static final Pattern LITERAL_MARK = Pattern.compile("(.*)\\{(\\d{1,12})(\\+?)\\}");

    private final WireInput in;
    private final ImapOutput out;

    /**
     * A command as it came: the text with {@link #LITERAL} where a literal stood, and the literals.
     *
     * @param tooMuch whether something in it was too long, so that it can only be refused
     */
    record Command(String text, List<byte[]> literals, boolean tooMuch) {}

    ImapInput(WireInput in, ImapOutput out) {
        this.in = in;
        this.out = out;
    }

    String line() throws IOException, ImapRefusal {
        try {
            return in.line(LONGEST_LINE);
        } catch (WireInput.LineTooLongException e) {
            throw ImapRefusal.badArguments();
        }
    }

    /** The next command; literals larger than {@code largestAppend} for APPEND and 64 KB for all else are not taken. */
    Command command(long largestAppend) throws IOException {
        StringBuilder text = new StringBuilder();
        List<byte[]> literals = new ArrayList<>();
        boolean tooMuch = false;
        while (true) {
            String line;
            try {
                line = in.line(LONGEST_LINE);
            } catch (WireInput.LineTooLongException e) {
                return new Command(text + e.start(), literals, true);
            }
            Matcher mark = LITERAL_MARK.matcher(line);
            if (!line.endsWith("}") || !mark.matches()) {
                text.append(line);
                return new Command(text.toString(), literals, tooMuch);
            }
            text.append(mark.group(1));
            long size = Long.parseLong(mark.group(2));
            boolean waits = mark.group(3).isEmpty();
            long largest = text.toString().matches("(?i)\\S+ APPEND .*") ? largestAppend : LONGEST_LINE;
            tooMuch |= size > largest || text.length() > LONGEST_COMMAND || literals.size() > 100;
            if (tooMuch && waits) {
                return new Command(text.toString(), literals, true);
            }
            if (tooMuch && size > LARGEST_SKIPPED) {
                throw new EOFException();
            }
            if (tooMuch) {
                in.skip(size);
                continue;
            }
            if (waits) {
                out.line("+ Ready for additional command text.");
                out.flush();
            }
            literals.add(in.octets((int) size));
            text.append(LITERAL);
        }
    }
}
