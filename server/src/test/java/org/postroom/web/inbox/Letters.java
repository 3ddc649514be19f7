package org.postroom.web.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Mail as customers write it. */
final class Letters {
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    private Letters() {}

    static String plain(String from, String subject, String text) {
        return "From: " + from + "\nTo: support@contoso.test\nSubject: " + subject
                + "\nDate: Sat, 21 Nov 2026 10:00:00 +0000\nMessage-ID: <"
                + Integer.toHexString((from + subject).hashCode())
                + "@test>\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + text + "\n";
    }

    /** HTML with a picture of its own, one of another server, script, and files. */
    static String rich(String fileName) {
        return "From: Priya <priya@northwind.example>\nTo: support@contoso.test, Lena <lena@northwind.example>\n"
                + "Subject: Broken glass\nDate: Sat, 21 Nov 2026 10:00:00 +0000\nMessage-ID: <rich"
                + fileName.hashCode()
                + "@test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=mm\n\n"
                + "--mm\nContent-Type: multipart/related; boundary=rr\n\n--rr\nContent-Type: text/html; charset=utf-8\n\n"
                + "<p onclick=\"alert(1)\">Two are <b>broken</b>.</p><script>alert(2)</script>"
                + "<img src=\"cid:pic+1@nw\"><img src=\"https://tracker.example/a.png?x=1&amp;y=2\" onerror=\"alert(3)\">"
                + "<p>literally data-remote-src=\"https://text.example/b.png\"</p>"
                + "<a href=\"javascript:alert(4)\">go</a>\n"
                + "--rr\nContent-Type: image/png\nContent-ID: <pic+1@nw>\nContent-Disposition: inline; filename=p.png\n"
                + "Content-Transfer-Encoding: base64\n\n" + Base64.getEncoder().encodeToString(PNG) + "\n--rr--\n"
                + "--mm\nContent-Type: text/html\nContent-Disposition: attachment; filename*=utf-8''"
                + java.net.URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20")
                + "\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getEncoder().encodeToString("<script>alert(5)</script>".getBytes(StandardCharsets.UTF_8))
                + "\n--mm--\n";
    }
}
