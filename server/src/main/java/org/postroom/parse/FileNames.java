package org.postroom.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names for attachments that every file system takes and that lead nowhere else. */
final class FileNames {
    /** Bytes in UTF-8 that every file system has room for, with some for a number in front. */
    private static final int MAX = 240;

    private static final Set<String> RESERVED = Words.set("""
            con; prn; aux; nul; com0; com1; com2; com3; com4; com5; com6; com7; com8; com9; lpt0; lpt1;
            lpt2; lpt3; lpt4; lpt5; lpt6; lpt7; lpt8; lpt9; conin$; conout$""");
    private static final Map<String, String> EXTENSIONS = extensions("""
            application/pdf pdf; application/zip zip; application/msword doc;
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx;
            application/vnd.ms-excel xls; application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
            xlsx; application/vnd.ms-powerpoint ppt;
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx;
            application/ms-tnef dat; application/json json; application/xml xml; application/rtf rtf;
            application/pgp-signature asc; application/pgp-encrypted asc; application/pkcs7-signature p7s;
            application/x-pkcs7-signature p7s; application/pkcs7-mime p7m; application/x-pkcs7-mime p7m;
            message/rfc822 eml; message/global eml; message/delivery-status txt;
            message/disposition-notification txt; message/feedback-report txt; text/rfc822-headers txt;
            text/plain txt; text/html html; text/csv csv; text/calendar ics; text/vcard vcf; text/x-vcard
            vcf; image/jpeg jpg; image/jpg jpg; image/png png; image/gif gif; image/webp webp; image/svg+xml
            svg; image/bmp bmp; image/tiff tif; audio/mpeg mp3; audio/wav wav; audio/x-wav wav; video/mp4
            mp4""");

    private FileNames() {}

    private static Map<String, String> extensions(String block) {
        return Words.list(block).stream()
                .map(w -> w.split(" "))
                .collect(Collectors.toUnmodifiableMap(w -> w[0], w -> w[1]));
    }

    /**
     * @param wanted what the mail calls it
     * @param type type/subtype in lower case
     * @param number from 1, for a part without a name
     */
    static String safe(@Nullable String wanted, String type, int number) {
        String name = wanted == null ? "" : clean(wanted);
        if (name.isEmpty()) {
            return "attachment-" + number + "." + EXTENSIONS.getOrDefault(type, "bin");
        }
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return RESERVED.contains(stem) ? "_" + name : name;
    }

    private static String clean(String wanted) {
        String name = percentDecoded(wanted);
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        name = slash >= 0 && slash < name.length() - 1 ? name.substring(slash + 1) : name;
        StringBuilder out = new StringBuilder(name.length());
        Normalizer.normalize(name, Normalizer.Form.NFC).codePoints().forEach(c -> keep(out, c));
        String kept = out.toString().strip();
        int start = 0;
        while (start < kept.length() && kept.charAt(start) == '.' && kept.startsWith("..")) {
            kept = kept.substring(1);
        }
        kept = stripEnd(kept);
        return kept.length() * 3 > MAX ? shorten(kept) : kept;
    }

    private static void keep(StringBuilder out, int c) {
        int type = Character.getType(c);
        if (c == '\t' || c == '\n' || c == '\r') {
            out.append(' ');
        } else if (type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.PRIVATE_USE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR) {
            return;
        } else if ("<>:\"/\\|?*".indexOf(c) >= 0) {
            out.append('_');
        } else {
            out.appendCodePoint(c);
        }
    }

    private static String stripEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Keeps the extension; never cuts a character in two. */
    private static String shorten(String name) {
        int dot = name.lastIndexOf('.');
        boolean extension = dot > 0 && name.length() - dot <= 16;
        return extension ? shortened(name.substring(0, dot), name.substring(dot)) : shortened(name, "");
    }

    /** The beginning of a name and its end, cut between them where they are too long together. */
    static String shortened(String beginning, String end) {
        int room = MAX - bytes(end, 0, end.length());
        int cut = 0;
        while (cut < beginning.length()) {
            int next = beginning.offsetByCodePoints(cut, 1);
            room -= bytes(beginning, cut, next);
            if (room < 0) {
                break;
            }
            cut = next;
        }
        return cut == beginning.length() ? beginning + end : stripEnd(beginning.substring(0, cut)) + end;
    }

    private static int bytes(String text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    /** {@code R%C3%A9sum%C3%A9.pdf}: decoded if it is UTF-8 beyond ASCII, else a percent sign is a percent sign. */
    private static String percentDecoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HeaderValue.percent(name, bytes);
        byte[] decoded = bytes.toByteArray();
        boolean encoded = !Charsets.isAscii(decoded, 0, decoded.length) || name.contains("%20");
        return encoded && CharsetGuess.isUtf8(decoded, 0, decoded.length)
                ? new String(decoded, StandardCharsets.UTF_8)
                : name;
    }
}
