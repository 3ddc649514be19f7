package org.postroom.mailbox.imap;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A folder's name as IMAP4rev1 writes it: modified UTF-7 (RFC 3501 section 5.1.3), quoted. */
final class MailboxName {
    private MailboxName() {}

    static String encode(String name) {
        StringBuilder out = new StringBuilder();
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x20 && c <= 0x7e) {
                flush(out, wide);
                out.append(c == '&' ? "&-" : c);
            } else {
                wide.append(c);
            }
        }
        flush(out, wide);
        return ImapConnection.quoted(out.toString());
    }

    /** A name as people write it; as it came where it is no modified UTF-7, for servers differ. */
    static String decode(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            int end = name.charAt(i) == '&' ? name.indexOf('-', i) : -1;
            if (end < 0) {
                out.append(name.charAt(i));
            } else if (end == i + 1) {
                out.append('&');
                i = end;
            } else {
                try {
                    byte[] wide = Base64.getDecoder()
                            .decode(name.substring(i + 1, end).replace(',', '/'));
                    out.append(new String(wide, StandardCharsets.UTF_16BE));
                    i = end;
                } catch (IllegalArgumentException notBase64) {
                    out.append('&');
                }
            }
        }
        return out.toString();
    }

    private static void flush(StringBuilder out, StringBuilder wide) {
        if (!wide.isEmpty()) {
            String base64 = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(wide.toString().getBytes(StandardCharsets.UTF_16BE));
            out.append('&').append(base64.replace('/', ',')).append('-');
            wide.setLength(0);
        }
    }
}
