package org.postroom.parse;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message or an attached one in Outlook's transport format (MS-OXTNEF), known as winmail.dat. Its contents stay where
 * they are in the bytes that were read.
 */
final class Tnef {
    private static final int SIGNATURE = 0x223E9F78;
    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 500;
    private static final int GUID = 16;

    /** Attributes (section 2.1.3.3) by the lower half of their number. */
    private static final int SUBJECT = 0x8004;

    private static final int BODY = 0x800C;
    private static final int FILE_DATA = 0x800F;
    private static final int FILE_TITLE = 0x8010;
    private static final int TRANSPORT_FILENAME = 0x9001;
    private static final int FILE_BEGINS = 0x9002;
    private static final int PROPERTIES = 0x9003;
    private static final int FILE_PROPERTIES = 0x9005;
    private static final int CODE_PAGE = 0x9007;

    /** An attachment: bytes or a message. */
    static final class File {
        final TnefProperties properties = new TnefProperties();

        @Nullable
        TnefBytes title;

        @Nullable
        TnefBytes transportName;

        @Nullable
        TnefBytes data;

        @Nullable
        Tnef message;
    }

    final TnefProperties properties = new TnefProperties();
    final List<File> files = new ArrayList<>();
    private Charset charset = Charsets.WINDOWS_1252;
    private @Nullable TnefBytes subject;
    private @Nullable TnefBytes body;

    private Tnef() {}

    /** Whether a part of this type and name is of this format. */
    static boolean named(String type, @Nullable String name) {
        if (type.equals("application/ms-tnef") || type.equals("application/vnd.ms-tnef")) {
            return true;
        }
        String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
        return lower.equals("winmail.dat") || lower.equals("win.dat");
    }

    /** @throws TnefBytes.Damaged if it is not whole */
    static Tnef read(byte[] bytes, int length) {
        return read(new TnefBytes(bytes, 0, length), 0);
    }

    private static Tnef read(TnefBytes in, int depth) {
        if (in.left() < 6 || in.i32() != SIGNATURE) {
            throw new TnefBytes.Damaged("does not begin as it should");
        }
        in.skip(2);
        Tnef message = new Tnef();
        while (in.left() >= 9) {
            message.attribute(in);
        }
        message.charset = message.codePage();
        for (File file : message.files) {
            message.open(file, depth);
        }
        return message;
    }

    private void attribute(TnefBytes in) {
        int level = in.u8();
        int id = in.i32() & 0xffff;
        TnefBytes data = in.part(in.i32());
        in.skip(Math.min(2, in.left())); // a check sum that not every writer gets right
        if (level != 1 && level != 2) {
            throw new TnefBytes.Damaged("an attribute of neither message nor attachment");
        }
        if (id == FILE_BEGINS) {
            if (files.size() >= MOST_FILES) {
                throw new TnefBytes.Damaged("more than " + MOST_FILES + " attachments");
            }
            files.add(new File());
            return;
        }
        File file = files.isEmpty() ? null : files.getLast();
        switch (id) {
            case SUBJECT -> subject = data;
            case BODY -> body = data;
            case CODE_PAGE -> charset = CodePages.named(data.i32());
            case PROPERTIES -> properties.read(data);
            case FILE_TITLE -> {
                if (file != null) {
                    file.title = data;
                }
            }
            case TRANSPORT_FILENAME -> {
                if (file != null) {
                    file.transportName = data;
                }
            }
            case FILE_DATA -> {
                if (file != null) {
                    file.data = data;
                }
            }
            case FILE_PROPERTIES -> {
                if (file != null) {
                    file.properties.read(data);
                }
            }
            default -> {}
        }
    }

    private Charset codePage() {
        int page = properties.number(TnefProperties.MESSAGE_CODE_PAGE, 0);
        return page == 0 || page == 1200 ? charset : CodePages.named(page);
    }

    /** Finds the content of a file among its properties, and the message in it. */
    private void open(File file, int depth) {
        TnefBytes found = file.properties.bytes(TnefProperties.ATTACH_DATA);
        if (found != null && file.properties.isObject(TnefProperties.ATTACH_DATA) && found.left() > GUID) {
            found.skip(GUID);
            file.data = new TnefBytes(found.array(), found.offset(), found.offset() + found.left());
            if (found.left() > 6 && found.i32() == SIGNATURE && depth < DEEPEST) {
                file.message = embedded(file.data, depth + 1);
            }
        } else if (found != null && (file.data == null || file.data.left() == 0)) {
            file.data = found;
        }
    }

    private static @Nullable Tnef embedded(TnefBytes data, int depth) {
        try {
            return read(new TnefBytes(data.array(), data.offset(), data.offset() + data.left()), depth);
        } catch (TnefBytes.Damaged e) {
            return null; // it stays a file
        }
    }

    @Nullable
    String text(int property) {
        return properties.text(property, charset);
    }

    String subject() {
        String found = text(TnefProperties.SUBJECT);
        return found != null ? found : subject == null ? "" : subject.text(charset);
    }

    String plain() {
        String found = text(TnefProperties.BODY);
        return found != null ? found : body == null ? "" : body.text(charset);
    }

    /** HTML as it was written, or out of RTF that was made of HTML; null if it has none. */
    @Nullable
    String html() {
        TnefBytes html = properties.bytes(TnefProperties.HTML);
        if (html != null && html.left() > 0) {
            boolean wide = properties.isUnicode(TnefProperties.HTML);
            int page = properties.number(TnefProperties.INTERNET_CODE_PAGE, 0);
            return html.text(
                    wide
                            ? java.nio.charset.StandardCharsets.UTF_16LE
                            : page > 0 && page != 1200 ? CodePages.named(page) : charset);
        }
        Rtf rtf = rtf();
        return rtf != null && rtf.isHtml() ? rtf.content() : null;
    }

    /** The text, if need be out of RTF. */
    String anyPlain() {
        String plain = plain();
        if (!plain.isBlank()) {
            return plain;
        }
        Rtf rtf = rtf();
        return rtf == null || rtf.isHtml() ? "" : rtf.content();
    }

    private @Nullable Rtf rtf() {
        TnefBytes compressed = properties.bytes(TnefProperties.RTF);
        byte[] rtf = compressed == null ? null : CompressedRtf.expanded(compressed);
        return rtf == null ? null : Rtf.read(rtf);
    }

    /** What a file is called; null if it is not. */
    @Nullable
    String name(File file) {
        String name = file.properties.text(TnefProperties.ATTACH_LONG_FILENAME, charset);
        if (name == null && file.transportName != null) {
            name = file.transportName.text(charset);
        }
        name = blank(name) ? file.properties.text(TnefProperties.ATTACH_FILENAME, charset) : name;
        if (blank(name) && file.title != null) {
            name = file.title.text(charset);
        }
        name = blank(name) ? file.properties.text(TnefProperties.DISPLAY_NAME, charset) : name;
        return blank(name) ? null : name;
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    /** type/subtype of a file. */
    String type(File file, @Nullable String name) {
        String type = file.properties.text(TnefProperties.ATTACH_MIME_TAG, charset);
        return type != null && type.indexOf('/') > 0 ? HeaderValue.parse(type).value() : FileTypes.of(name);
    }

    @Nullable
    String contentId(File file) {
        return file.properties.text(TnefProperties.ATTACH_CONTENT_ID, charset);
    }
}
