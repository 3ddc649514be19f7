package org.postroom.simulator.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.simulator.imap.Selected.Numbered;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mime.EncodedWords;
import org.postroom.simulator.mime.MimePart;
import org.postroom.simulator.mime.TransferEncoding;

/** Reads search keys (RFC 3501 section 6.4.4). */
final class SearchKeys {
    private static final int DEEPEST = 40;
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy")
            .toFormatter(Locale.ENGLISH);
    private static final Pattern SENT = Pattern.compile("(\\d{1,2}) +([A-Za-z]{3})[a-z]* +(\\d{4})");

    private final Arguments arguments;
    private final int count;
    private final long largestUid;
    private int depth;

    /** Whether a message is found. */
    @FunctionalInterface
    interface Key {
        boolean fits(Numbered one);
    }

    SearchKeys(Arguments arguments, int count, long largestUid) {
        this.arguments = arguments;
        this.count = count;
        this.largestUid = largestUid;
    }

    /** One key after the other, all of which must fit. */
    Key all(boolean outermost) throws ImapRefusal {
        Key key = one(outermost);
        while (arguments.take(' ')) {
            Key before = key;
            Key next = one(false);
            key = one -> before.fits(one) && next.fits(one);
        }
        return key;
    }

    private Key one(boolean first) throws ImapRefusal {
        if (++depth > DEEPEST + count + 1000) {
            throw ImapRefusal.badArguments();
        }
        if (arguments.take('(')) {
            if (++nesting > DEEPEST) {
                throw ImapRefusal.badArguments();
            }
            Key inner = all(false);
            arguments.expect(')');
            nesting--;
            return inner;
        }
        if (Character.isDigit(arguments.peek()) || arguments.peek() == '*') {
            SequenceSet set = arguments.set();
            return one -> set.contains(one.number(), count);
        }
        String word = arguments.word();
        if (first && word.equals("CHARSET")) {
            arguments.space();
            String charset = arguments.string();
            if (!charset.equalsIgnoreCase("UTF-8") && !charset.equalsIgnoreCase("US-ASCII")) {
                throw SearchCommand.badCharset(charset);
            }
            arguments.space();
            return one(false);
        }
        return named(word);
    }

    private int nesting;

    private Key named(String word) throws ImapRefusal {
        return switch (word) {
            case "ALL", "OLD" -> one -> true;
            case "NEW", "RECENT", "KEYWORD" -> {
                if (word.equals("KEYWORD")) {
                    text();
                }
                yield one -> false;
            }
            case "UNKEYWORD" -> {
                text();
                yield one -> true;
            }
            case "SEEN", "ANSWERED", "FLAGGED", "DELETED", "DRAFT" -> has(Flag.valueOf(word));
            case "UNSEEN", "UNANSWERED", "UNFLAGGED", "UNDELETED", "UNDRAFT" ->
                not(has(Flag.valueOf(word.substring(2))));
            case "NOT" -> {
                arguments.space();
                nest();
                yield not(one(false));
            }
            case "OR" -> {
                arguments.space();
                nest();
                Key left = one(false);
                arguments.space();
                Key right = one(false);
                yield one -> left.fits(one) || right.fits(one);
            }
            case "UID" -> {
                arguments.space();
                SequenceSet set = arguments.set();
                yield one -> set.contains(one.message().uid(), largestUid);
            }
            case "SINCE" -> internal((date, wanted) -> !date.isBefore(wanted));
            case "BEFORE" -> internal(LocalDate::isBefore);
            case "ON" -> internal(LocalDate::equals);
            case "SENTSINCE" -> sent((date, wanted) -> !date.isBefore(wanted));
            case "SENTBEFORE" -> sent(LocalDate::isBefore);
            case "SENTON" -> sent(LocalDate::equals);
            case "LARGER", "SMALLER" -> {
                arguments.space();
                long size = arguments.number();
                yield one -> word.equals("LARGER")
                        ? one.message().content().size() > size
                        : one.message().content().size() < size;
            }
            case "FROM", "TO", "CC", "BCC", "SUBJECT" -> header(word, text());
            case "HEADER" -> header(text(), text());
            case "BODY" -> {
                String wanted = text();
                yield one -> contains(one.message().content().parsed(), wanted, false);
            }
            case "TEXT" -> {
                String wanted = text();
                yield one -> contains(one.message().content().parsed(), wanted, true);
            }
            default -> throw ImapRefusal.badArguments();
        };
    }

    private void nest() throws ImapRefusal {
        if (++nesting > DEEPEST) {
            throw ImapRefusal.badArguments();
        }
    }

    private static Key has(Flag flag) {
        return one -> one.message().has(flag);
    }

    private static Key not(Key key) {
        return one -> !key.fits(one);
    }

    private String text() throws ImapRefusal {
        arguments.space();
        return new String(arguments.string().getBytes(ISO_8859_1), UTF_8).toLowerCase(Locale.ROOT);
    }

    private Key internal(BiPredicate<LocalDate, LocalDate> fits) throws ImapRefusal {
        LocalDate wanted = date();
        return one ->
                fits.test(one.message().internalDate().atOffset(ZoneOffset.UTC).toLocalDate(), wanted);
    }

    private Key sent(BiPredicate<LocalDate, LocalDate> fits) throws ImapRefusal {
        LocalDate wanted = date();
        return one -> one.message()
                .content()
                .parsed()
                .headers()
                .first("Date")
                .flatMap(SearchKeys::sentDate)
                .filter(date -> fits.test(date, wanted))
                .isPresent();
    }

    private static Optional<LocalDate> sentDate(String field) {
        Matcher matcher = SENT.matcher(field);
        try {
            return matcher.find()
                    ? Optional.of(
                            LocalDate.parse(matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3), DATE))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private LocalDate date() throws ImapRefusal {
        arguments.space();
        try {
            return LocalDate.parse(arguments.string(), DATE);
        } catch (DateTimeParseException e) {
            throw ImapRefusal.badArguments();
        }
    }

    private static Key header(String name, String wanted) {
        return one -> one.message().content().parsed().headers().all(name).stream()
                .anyMatch(value ->
                        EncodedWords.decode(value).toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static boolean contains(MimePart part, String wanted, boolean headers) {
        boolean inHeaders = headers
                && part.headers().fields().stream()
                        .anyMatch(field -> (field.name() + ": " + EncodedWords.decode(field.value()))
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted));
        if (inHeaders) {
            return true;
        }
        if (part.isMultipart()) {
            return part.children().stream().anyMatch(child -> contains(child, wanted, headers));
        }
        return part.type().startsWith("text/")
                && new String(TransferEncoding.decode(part), UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted);
    }
}
