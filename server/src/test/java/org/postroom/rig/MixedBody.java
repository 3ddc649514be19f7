package org.postroom.rig;

import java.util.Random;

/** The Content headers and body of one mail: which kind and which sizes, chance decides. */
final class MixedBody {

    private final Random random;
    private final MixedWords words;
    private final MixedWords.Language language;

    MixedBody(Random random, MixedWords words, MixedWords.Language language) {
        this.random = random;
        this.words = words;
        this.language = language;
    }

    void write(MimeText mail) {
        int roll = random.nextInt(100);
        if (roll < 40) {
            plain(mail);
        } else if (roll < 78) {
            alternative(mail);
        } else {
            mixed(mail);
        }
    }

    private void plain(MimeText mail) {
        String quoted = random.nextInt(3) == 0
                ? "\r\nOn Monday Support wrote:\r\n> "
                        + words.paragraphs(language, 400).replace("\r\n", "\r\n> ") + "\r\n"
                : "";
        String signature = random.nextBoolean() ? "\r\n-- \r\n" + words.name(language) + "\r\n" : "";
        mail.text(
                "text/plain",
                words.paragraphs(language, 200 + random.nextInt(3000)) + quoted + signature,
                language.charset());
    }

    private void alternative(MimeText mail) {
        String boundary = mail.boundary();
        mail.header("Content-Type", "multipart/alternative;\r\n boundary=\"" + boundary + "\"");
        mail.line("");
        mail.line("--" + boundary);
        String text = words.paragraphs(language, 300 + random.nextInt(3000));
        mail.text("text/plain", text, language.charset());
        mail.line("--" + boundary);
        mail.text("text/html", html(text), language.charset());
        mail.line("--" + boundary + "--");
    }

    private void mixed(MimeText mail) {
        String boundary = mail.boundary();
        mail.header("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        mail.line("");
        mail.line("This is a message in several parts.");
        mail.line("--" + boundary);
        if (random.nextBoolean()) {
            alternative(mail);
        } else {
            plain(mail);
        }
        for (int parts = 1 + random.nextInt(2); parts > 0; parts--) {
            mail.line("--" + boundary);
            attachment(mail);
        }
        mail.line("--" + boundary + "--");
    }

    private void attachment(MimeText mail) {
        byte[] content =
                new byte[random.nextInt(20) == 0 ? 100_000 + random.nextInt(200_000) : 1_000 + random.nextInt(50_000)];
        random.nextBytes(content);
        int number = random.nextInt(10_000);
        switch (random.nextInt(3)) {
            case 0 -> {
                mail.header("Content-Type", "application/pdf; name=\"invoice-" + number + ".pdf\"");
                mail.header("Content-Disposition", "attachment; filename=\"invoice-" + number + ".pdf\"");
            }
            case 1 -> {
                mail.header("Content-Type", "image/png");
                mail.header(
                        "Content-Disposition",
                        "attachment;\r\n filename*=UTF-8''Bildschirmfoto%20gr%C3%B6%C3%9Fe%20" + number + ".png");
            }
            default -> {
                mail.header("Content-Type", "image/jpeg; name=\"photo.jpg\"");
                mail.header("Content-Disposition", "inline; filename=\"photo.jpg\"");
                mail.header("Content-ID", "<image" + number + "@example.com>");
            }
        }
        mail.base64Body(content);
    }

    private String html(String text) {
        StringBuilder html = new StringBuilder(
                "<html><head><style>\r\np { margin: 0; font-family: Calibri, sans-serif }\r\n</style></head><body>\r\n");
        for (String paragraph : text.split("\r\n")) {
            html.append("<p class=\"MsoNormal\" style=\"color:#1f497d;margin:0cm\"><span lang=\"EN-GB\">")
                    .append(paragraph)
                    .append("</span></p>\r\n");
        }
        for (int rows = random.nextInt(60); rows > 0; rows--) {
            html.append("<tr><td width=\"20%\" valign=\"top\" style=\"border:solid 1pt;padding:0cm 5.4pt\"><b>")
                    .append(words.words(language, 2))
                    .append("</b></td></tr>\r\n");
        }
        return html.append(
                        "<img src=\"https://tracker.example.com/p.gif\" width=\"1\" height=\"1\">\r\n</body></html>\r\n")
                .toString();
    }
}
