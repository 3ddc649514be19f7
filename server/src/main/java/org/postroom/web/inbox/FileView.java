package org.postroom.web.inbox;

import java.util.Locale;
import java.util.Set;
import org.postroom.mail.Attachment;

/** A file beside a message, to download. */
record FileView(int number, String name, String type, String size, boolean picture, String href) {
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    static FileView of(String messageId, int number, Attachment file) {
        return new FileView(
                number,
                file.name(),
                file.contentType(),
                size(file.size()),
                isPicture(file),
                "/inbox/messages/" + messageId + "/attachments/" + number);
    }

    /** A few letters that say what it is: the end of its name. */
    public String kind() {
        int dot = name.lastIndexOf('.');
        String end = dot < 0 ? "" : name.substring(dot + 1);
        return end.matches("[A-Za-z0-9]{1,4}") ? end.toUpperCase(Locale.ROOT) : "FILE";
    }

    /** Whether a browser may show it within a page: pictures without script. */
    static boolean isPicture(Attachment file) {
        return PICTURES.contains(file.contentType());
    }

    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        if (bytes < 1_000_000) {
            return Math.round(bytes / 1000.0) + " KB";
        }
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }
}
