package org.postroom.web.inbox;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.postroom.conversation.Views.Message;
import org.postroom.desk.Desk;
import org.postroom.intake.MessageContents;
import org.postroom.mail.Attachment;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * What strangers sent, as it is: HTML for the frame, files, the source. Each answer carries a policy of its own under which
 * nothing in it can run, whatever it is.
 */
@Controller
@RequestMapping("/inbox/messages/{id}")
class MessageFiles {
    private static final String NOTHING_RUNS =
            "default-src 'none'; base-uri 'none'; form-action 'none';" + " frame-ancestors 'self'; sandbox";

    private final Desk desk;
    private final MessageContents contents;

    MessageFiles(Desk desk, MessageContents contents) {
        this.desk = desk;
        this.contents = contents;
    }

    /**
     * The message's HTML. In a frame it keeps its origin, so that the page around it can measure it and its own pictures
     * come with the session; nothing in it runs either way. On its own it has no origin.
     */
    @GetMapping("/html")
    void html(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String images,
            @RequestHeader(value = "Sec-Fetch-Dest", defaultValue = "") String place,
            HttpServletResponse response)
            throws IOException {
        Message message = message(id);
        String html = message.html();
        if (html == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        boolean pictures = images.equals("1");
        guard(
                response,
                "default-src 'none'; img-src 'self' data:" + (pictures ? " https: http:" : "")
                        + "; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
                        + (place.equals("iframe") ? " allow-same-origin" : "")
                        + " allow-popups allow-popups-to-escape-sandbox");
        response.setContentType("text/html;charset=UTF-8");
        byte[] document = HtmlFrame.document(message, html, pictures).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    /** A file; {@code inline=1} shows a picture within the page. */
    @GetMapping("/attachments/{number}")
    void attachment(
            @PathVariable String id,
            @PathVariable int number,
            @RequestParam(defaultValue = "") String inline,
            HttpServletResponse response)
            throws IOException {
        Message message = message(id);
        if (number < 0 || number >= message.attachments().size()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Attachment file = message.attachments().get(number);
        boolean shown = inline.equals("1") && FileView.isPicture(file);
        ContentDisposition.Builder place = shown ? ContentDisposition.inline() : ContentDisposition.attachment();
        guard(response, NOTHING_RUNS);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                place.filename(file.name(), StandardCharsets.UTF_8).build().toString());
        response.setContentType(type(file));
        response.setContentLengthLong(file.size());
        contents.attachment(message, number, response.getOutputStream());
    }

    /** The source: to read, or to keep as a file. */
    @GetMapping("/raw")
    void raw(@PathVariable String id, @RequestParam(defaultValue = "") String download, HttpServletResponse response)
            throws IOException {
        Message message = message(id);
        guard(response, NOTHING_RUNS);
        if (download.equals("1")) {
            response.setContentType("message/rfc822");
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename("message-" + message.id() + ".eml")
                            .build()
                            .toString());
        } else {
            response.setContentType("text/plain;charset=UTF-8");
        }
        response.setContentLengthLong(message.size());
        try (InputStream in = contents.raw(message.sha256())) {
            in.transferTo(response.getOutputStream());
        }
    }

    private Message message(String id) {
        return desk.message(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static void guard(HttpServletResponse response, String policy) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** What the sender calls it, as far as that is a media type. */
    private static String type(Attachment file) {
        try {
            return MediaType.parseMediaType(file.contentType()).toString();
        } catch (InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM_VALUE;
        }
    }
}
