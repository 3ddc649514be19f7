package org.postroom.mailbox.imap;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mailbox.imap.ImapInput.Response;

/** What one FETCH response says, as far as it was asked for; items that are not known are passed over. */
record FetchAnswer(
        long uid,
        @Nullable Instant internalDate,
        @Nullable String thread,
        @Nullable Body body) {
    private static final DateTimeFormatter INTERNALDATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy HH:mm:ss Z")
            .toFormatter(Locale.ENGLISH);

    /** What became of the literal. */
    sealed interface Body {}

    /** It was taken. */
    record Taken(Object result, long size) implements Body {}

    /** It came as a quoted string, as some servers send short messages (RFC 9051 section 9, nstring). */
    record Short(byte[] bytes) implements Body {}

    /** It was passed over. */
    record TooBig(long size) implements Body {}

    /** Null if the response is no FETCH, or names no UID. */
    static @Nullable FetchAnswer read(Response response) {
        if (!response.word(1).equals("FETCH")
                || response.values().size() < 3
                || !(response.values().get(2) instanceof List<?> items)) {
            return null;
        }
        long uid = 0;
        Instant date = null;
        String thread = null;
        Body body = null;
        for (int i = 0; i + 1 < items.size(); i += 2) {
            Object value = items.get(i + 1);
            switch (String.valueOf(items.get(i)).toUpperCase(Locale.ROOT)) {
                case "UID" -> uid = value instanceof String s && s.matches("\\d{1,10}") ? Long.parseLong(s) : 0;
                case "INTERNALDATE" -> date = date(String.valueOf(value));
                case "X-GM-THRID" ->
                    thread = value instanceof String s && s.matches("\\d{1,20}") ? "google:" + s : null;
                case "BODY[]" -> body = body(value);
                default -> {}
            }
        }
        return uid == 0 ? null : new FetchAnswer(uid, date, thread, body);
    }

    /** Whether a FETCH response brings a body or a part of one that was asked for as {@code BODY.PEEK[...]}. */
    static boolean hasBody(Response response) {
        if (response.values().size() < 3 || !(response.values().get(2) instanceof List<?> items)) {
            return false;
        }
        for (int i = 0; i + 1 < items.size(); i += 2) {
            if (String.valueOf(items.get(i)).toUpperCase(Locale.ROOT).startsWith("BODY[") && items.get(i + 1) != null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Body body(@Nullable Object value) {
        return switch (value) {
            case Body known -> known;
            case String quoted -> new Short(quoted.getBytes(StandardCharsets.ISO_8859_1));
            case null, default -> null;
        };
    }

    private static @Nullable Instant date(String text) {
        try {
            return OffsetDateTime.parse(text.strip(), INTERNALDATE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
