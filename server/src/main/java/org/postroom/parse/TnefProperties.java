package org.postroom.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MAPI properties as TNEF writes them (MS-OXTNEF section 2.1.3.4); those with names of their own are passed over. */
final class TnefProperties {
    static final int SUBJECT = 0x0037;
    static final int SENT = 0x0039;
    static final int SENT_FOR_NAME = 0x0042;
    static final int SENT_FOR_ADDRESS = 0x0065;
    static final int SENDER_NAME = 0x0C1A;
    static final int SENDER_ADDRESS = 0x0C1F;
    static final int DISPLAY_CC = 0x0E03;
    static final int DISPLAY_TO = 0x0E04;
    static final int BODY = 0x1000;
    static final int RTF = 0x1009;
    static final int HTML = 0x1013;
    static final int MESSAGE_ID = 0x1035;
    static final int DISPLAY_NAME = 0x3001;
    static final int ATTACH_DATA = 0x3701;
    static final int ATTACH_FILENAME = 0x3704;
    static final int ATTACH_LONG_FILENAME = 0x3707;
    static final int ATTACH_MIME_TAG = 0x370E;
    static final int ATTACH_CONTENT_ID = 0x3712;
    static final int INTERNET_CODE_PAGE = 0x3FDE;
    static final int MESSAGE_CODE_PAGE = 0x3FFD;
    static final int SENDER_SMTP = 0x5D01;
    static final int SENT_FOR_SMTP = 0x5D02;
    static final int HIDDEN = 0x7FFE;

    private static final int MOST = 10_000;
    private static final int FIRST_NAMED = 0x8000;
    private static final int MULTIPLE = 0x1000;
    private static final int OBJECT = 0x000D;
    private static final int STRING = 0x001E;
    private static final int UNICODE = 0x001F;
    private static final int TIME = 0x0040;
    private static final int BINARY = 0x0102;

    private record Value(int type, byte[] array, int from, int to) {}

    private final Map<Integer, Value> values = new HashMap<>();

    /** Adds what a stretch holds; of two of one kind the first counts. */
    void read(TnefBytes in) {
        int count = in.i32();
        if (count < 0 || count > MOST) {
            throw new TnefBytes.Damaged("more properties than any message has");
        }
        for (int k = 0; k < count; k++) {
            property(in);
        }
    }

    private void property(TnefBytes in) {
        int type = in.u16();
        int id = in.u16();
        if (id >= FIRST_NAMED && id != HIDDEN) {
            name(in);
        }
        boolean several = (type & MULTIPLE) != 0;
        int base = type & ~MULTIPLE;
        boolean sized = base == OBJECT || base == STRING || base == UNICODE || base == BINARY;
        int count = several || sized ? in.i32() : 1;
        if (count < 0 || count > MOST) {
            throw new TnefBytes.Damaged("more values than any property has");
        }
        for (int k = 0; k < count; k++) {
            int length = sized ? in.i32() : size(base);
            TnefBytes value = in.part(length);
            in.align(length);
            if (id < FIRST_NAMED && k == 0) {
                values.putIfAbsent(id, new Value(base, value.array(), value.offset(), value.offset() + length));
            }
        }
    }

    private static void name(TnefBytes in) {
        in.skip(16);
        if (in.i32() == 0) {
            in.skip(4);
            return;
        }
        int length = in.i32();
        in.skip(length);
        in.align(length);
    }

    private static int size(int type) {
        return switch (type) {
            case 0x0001 -> 0;
            case 0x0002, 0x0003, 0x0004, 0x000A, 0x000B -> 4;
            case 0x0005, 0x0006, 0x0007, 0x0014, TIME -> 8;
            case 0x0048 -> 16;
            default -> throw new TnefBytes.Damaged("a property of no known type");
        };
    }

    /** A text; null if there is none. */
    @Nullable
    String text(int id, Charset charset) {
        Value value = values.get(id);
        if (value == null || (value.type != STRING && value.type != UNICODE)) {
            return null;
        }
        String text = bytes(value).text(value.type == UNICODE ? StandardCharsets.UTF_16LE : charset);
        return text.isBlank() ? null : text;
    }

    int number(int id, int otherwise) {
        Value value = values.get(id);
        return value == null || value.to - value.from < 4
                ? otherwise
                : bytes(value).i32();
    }

    @Nullable
    Instant time(int id) {
        Value value = values.get(id);
        if (value == null || value.type != TIME) {
            return null;
        }
        long hundredNanos = bytes(value).i64();
        return Instant.ofEpochSecond(Math.floorDiv(hundredNanos, 10_000_000L) - 11_644_473_600L);
    }

    /** The bytes of a value, whatever its type; null if there is none. */
    @Nullable
    TnefBytes bytes(int id) {
        Value value = values.get(id);
        return value == null ? null : bytes(value);
    }

    boolean isObject(int id) {
        Value value = values.get(id);
        return value != null && value.type == OBJECT;
    }

    boolean isUnicode(int id) {
        Value value = values.get(id);
        return value != null && value.type == UNICODE;
    }

    private static TnefBytes bytes(Value value) {
        return new TnefBytes(value.array, value.from, value.to);
    }
}
