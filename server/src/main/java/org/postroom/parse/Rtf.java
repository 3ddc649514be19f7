package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text in RTF says: the HTML or text that it was made of (MS-OXRTFEX), else its words. One pass, never fails. For
 * one thread.
 */
final class Rtf {
    private static final int DEEPEST = 500;
    private static final int LONGEST_WORD = 32;
    private static final Set<String> HIDDEN = Words.set("""
            fonttbl colortbl stylesheet info pict header footer headerl headerr headerf footerl footerr footerf
            object listtable listoverridetable rsidtbl generator pntext xmlnstbl themedata datastore latentstyles""");
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("par", "\n"),
            Map.entry("line", "\n"),
            Map.entry("sect", "\n"),
            Map.entry("page", "\n"),
            Map.entry("row", "\n"),
            Map.entry("tab", "\t"),
            Map.entry("cell", "\t"),
            Map.entry("lquote", "‘"),
            Map.entry("rquote", "’"),
            Map.entry("ldblquote", "“"),
            Map.entry("rdblquote", "”"),
            Map.entry("bullet", "•"),
            Map.entry("endash", "–"),
            Map.entry("emdash", "—"),
            Map.entry("enspace", "\u2002"),
            Map.entry("emspace", "\u2003"));

    /** What is true within a group and forgotten after it. */
    private static final class Group {
        boolean hidden;
        /** Between {@code \htmlrtf} and {@code \htmlrtf0}: written again for readers of RTF. */
        boolean again;

        boolean tag;
        boolean fonts;
        int skipAfterUnicode = 1;

        @Nullable
        Charset charset;

        Group() {}

        Group(Group outer) {
            hidden = outer.hidden;
            again = outer.again;
            tag = outer.tag;
            fonts = outer.fonts;
            skipAfterUnicode = outer.skipAfterUnicode;
            charset = outer.charset;
        }
    }

    private final byte[] in;
    private int at;
    private Charset standard = Charsets.WINDOWS_1252;
    private final Map<Integer, Charset> fonts = new HashMap<>();
    private int font;
    private Group group = new Group();
    private final Deque<Group> outer = new ArrayDeque<>();
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int toSkip;
    private boolean starred;
    private boolean fromHtml;
    private boolean fromText;
    private String word = "";
    private int number;
    private boolean numbered;

    private Rtf(byte[] in) {
        this.in = in;
    }

    static Rtf read(byte[] rtf) {
        Rtf reader = new Rtf(rtf);
        reader.run();
        return reader;
    }

    /** Whether it was made of HTML. */
    boolean isHtml() {
        return fromHtml;
    }

    /** HTML or text. */
    String content() {
        return out.toString();
    }

    private void run() {
        while (at < in.length) {
            byte c = in[at++];
            switch (c) {
                case '{' -> {
                    flush();
                    starred = false;
                    if (outer.size() < DEEPEST) {
                        outer.push(group);
                        group = new Group(group);
                    }
                }
                case '}' -> {
                    flush();
                    starred = false;
                    if (!outer.isEmpty()) {
                        group = outer.pop();
                    }
                }
                case '\\' -> control();
                case '\r', '\n', 0 -> {}
                default -> character(c);
            }
        }
        flush();
    }

    private void control() {
        if (at >= in.length) {
            return;
        }
        char c = (char) in[at];
        if ((c | 32) >= 'a' && (c | 32) <= 'z') {
            readWord();
            word();
            return;
        }
        at++;
        switch (c) {
            case '\'' -> {
                int high = at + 1 < in.length ? Character.digit(in[at], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(in[at + 1], 16);
                if (low >= 0) {
                    at += 2;
                    character((byte) (high << 4 | low));
                }
            }
            case '*' -> starred = true;
            case '~' -> text("\u00A0");
            case '_' -> text("\u2011");
            case '-' -> {}
            case '\r', '\n' -> text("\n");
            case '\\', '{', '}' -> character((byte) c);
            default -> {}
        }
    }

    private void readWord() {
        int start = at;
        while (at < in.length && (in[at] | 32) >= 'a' && (in[at] | 32) <= 'z') {
            at++;
        }
        word = new String(in, start, Math.min(at - start, LONGEST_WORD), StandardCharsets.US_ASCII);
        boolean negative = at + 1 < in.length && in[at] == '-' && in[at + 1] >= '0' && in[at + 1] <= '9';
        at += negative ? 1 : 0;
        numbered = false;
        long value = 0;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            value = Math.min(value * 10 + in[at++] - '0', Integer.MAX_VALUE);
            numbered = true;
        }
        number = (int) (negative ? -value : value);
        if (at < in.length && in[at] == ' ') {
            at++;
        }
    }

    private void word() {
        boolean destination = starred;
        starred = false;
        String sign = SIGNS.get(word);
        if (sign != null) {
            text(sign);
            return;
        }
        switch (word) {
            case "fromhtml" -> fromHtml = !numbered || number == 1;
            case "fromtext" -> fromText = true;
            case "htmltag" -> {
                flush();
                group.tag = true;
                group.hidden = !fromHtml;
            }
            case "mhtmltag" -> {
                flush();
                group.hidden = true;
            }
            case "htmlrtf" -> {
                flush();
                group.again = !numbered || number != 0;
            }
            case "ansicpg" -> standard = CodePages.named(number);
            case "fonttbl" -> {
                group.hidden = true;
                group.fonts = true;
            }
            case "f" -> font();
            case "fcharset" -> {
                Charset charset = ofFont(number);
                if (group.fonts && charset != null) {
                    fonts.put(font, charset);
                }
            }
            case "uc" -> group.skipAfterUnicode = Math.clamp(number, 0, 10);
            case "u" -> {
                flush();
                text(String.valueOf((char) number));
                toSkip = group.skipAfterUnicode;
            }
            case "bin" -> at = (int) Math.min(in.length, at + Math.max(0L, number));
            default -> {
                if (destination || HIDDEN.contains(word)) {
                    flush();
                    group.hidden = true;
                }
            }
        }
    }

    private void font() {
        flush();
        font = number;
        if (!group.fonts) {
            group.charset = fonts.get(number);
        }
    }

    private boolean isShown() {
        return !group.hidden && !(group.again && (fromHtml || fromText));
    }

    private void character(byte c) {
        if (toSkip > 0) {
            toSkip--;
        } else if (isShown()) {
            pending.write(c);
        }
    }

    private void text(String sign) {
        flush();
        if (isShown()) {
            out.append(sign);
        }
        toSkip = 0;
    }

    private void flush() {
        if (pending.size() > 0) {
            out.append(pending.toString(group.charset == null || group.tag ? standard : group.charset));
            pending.reset();
        }
    }

    /** A font's charset number (RTF 1.9, \fcharset). */
    private static @Nullable Charset ofFont(int number) {
        int page = switch (number) {
            case 0 -> 1252;
            case 77 -> 10000;
            case 128 -> 932;
            case 129 -> 949;
            case 130 -> 1361;
            case 134 -> 936;
            case 136 -> 950;
            case 161 -> 1253;
            case 162 -> 1254;
            case 163 -> 1258;
            case 177 -> 1255;
            case 178 -> 1256;
            case 186 -> 1257;
            case 204 -> 1251;
            case 222 -> 874;
            case 238 -> 1250;
            default -> 0;
        };
        return page == 0 ? null : CodePages.named(page);
    }
}
