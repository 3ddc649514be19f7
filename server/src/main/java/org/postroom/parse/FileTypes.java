package org.postroom.parse;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What type of content a file's name stands for. */
final class FileTypes {
    private static final String UNKNOWN = "application/octet-stream";
    private static final Map<String, String> BY_EXTENSION =
            Words.list("""
            7z application/x-7z-compressed; avi video/x-msvideo; bmp image/bmp; csv text/csv; doc application/msword;
            docx application/vnd.openxmlformats-officedocument.wordprocessingml.document; eml message/rfc822; gif image/gif;
            gz application/gzip; heic image/heic; htm text/html; html text/html; ics text/calendar; jpeg image/jpeg;
            jpg image/jpeg; json application/json; mov video/quicktime; mp3 audio/mpeg; mp4 video/mp4;
            msg application/vnd.ms-outlook; odp application/vnd.oasis.opendocument.presentation;
            ods application/vnd.oasis.opendocument.spreadsheet; odt application/vnd.oasis.opendocument.text;
            pdf application/pdf; png image/png; pps application/vnd.ms-powerpoint; ppt application/vnd.ms-powerpoint;
            pptx application/vnd.openxmlformats-officedocument.presentationml.presentation; rar application/vnd.rar;
            rtf application/rtf; svg image/svg+xml; tar application/x-tar; tif image/tiff; tiff image/tiff; txt text/plain;
            vcf text/vcard; wav audio/wav; webp image/webp; wmf image/wmf; xls application/vnd.ms-excel;
            xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; xml application/xml; zip application/zip;
            p7m application/pkcs7-mime; p7s application/pkcs7-signature; asc application/pgp-signature""").stream().map(w -> w.split(" ")).collect(Collectors.toUnmodifiableMap(w -> w[0], w -> w[1]));

    private FileTypes() {}

    /** type/subtype in lower case. */
    static String of(@Nullable String name) {
        int dot = name == null ? -1 : name.lastIndexOf('.');
        return name == null || dot < 0
                ? UNKNOWN
                : BY_EXTENSION.getOrDefault(name.substring(dot + 1).strip().toLowerCase(Locale.ROOT), UNKNOWN);
    }
}
