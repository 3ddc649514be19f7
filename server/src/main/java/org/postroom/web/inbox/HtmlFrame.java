package org.postroom.web.inbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Attachment;
import org.springframework.web.util.HtmlUtils;

/**
 * A message's HTML as a document of its own, for a frame. What comes in is sanitised already: within its text every quote
 * is escaped, so an attribute with its quotes is found by its letters.
 */
final class HtmlFrame {
    private static final Pattern REMOTE = Pattern.compile(" data-remote-(src|background)=\"([^\"]*)\"");
    private static final Pattern OWN = Pattern.compile(" src=\"cid:([^\"]*)\"");
    private static final Pattern FOLD =
            Pattern.compile("<details(?: [^<>]*)? data-fold=\"(quote|signature|disclaimer)\"[^<>]*>");
    private static final String HEAD =
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light only\">"
                    + "<title>Message</title><style>html{background:#fff;color:#1b1f27;overflow-x:auto;overflow-y:hidden}"
                    + "body{margin:0;padding:12px 14px;font:14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,"
                    + "'Liberation Sans',Arial,sans-serif;overflow-wrap:break-word;width:auto!important;"
                    + "height:auto!important;min-height:0!important}img{max-width:100%;height:auto}"
                    + "img[data-remote-src]{display:inline-block;min-width:16px;min-height:16px;background:#f0f2f5;"
                    + "border:1px dashed #c5cbd5;color:#646d7e;font-size:12px}pre{white-space:pre-wrap}"
                    + "blockquote{margin:8px 0 8px 2px;padding-left:12px;border-left:2px solid #d5dae2}"
                    + "a{color:#2460cf}details[data-fold]{margin:6px 0}"
                    + "details[data-fold]>summary{display:inline-block;padding:0 8px;border-radius:4px;background:#f0f2f5;"
                    + "color:#4a5262;font:12px/20px system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,"
                    + "sans-serif;cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}"
                    + "details[data-fold]>summary::before{content:'\\2022\\2022\\2022\\00a0 ';letter-spacing:1px}"
                    + "details[data-fold]>summary:hover{background:#e3e7ed}"
                    + "summary:focus-visible{outline:2px solid #2460cf;outline-offset:1px}"
                    + "details[data-fold][open]>summary{margin-bottom:6px}"
                    + "small[data-link-host]{display:inline-block;margin:0 4px;padding:0 6px;border:1px solid #d9a441;"
                    + "border-radius:8px;background:#fdf6e6;color:#6b4405;font:11.5px/17px system-ui,-apple-system,"
                    + "'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif;unicode-bidi:isolate;direction:ltr}"
                    + "small[data-link-host]::before{content:'leads to '}</style></head><body dir=\"auto\">";

    private HtmlFrame() {}

    /** @param pictures whether pictures of other servers are loaded */
    static String document(Message message, String html, boolean pictures) {
        String own = OWN.matcher(html).replaceAll(m -> Matcher.quoteReplacement(ownPicture(message, m.group(1))));
        String shown = pictures
                ? REMOTE.matcher(own).replaceAll(m -> Matcher.quoteReplacement(remote(m.group(1), m.group(2))))
                : own;
        return head(message) + folded(shown) + "</body></html>";
    }

    private static String head(Message message) {
        String language = MessageView.language(message.findings().language());
        return language == null ? HEAD : HEAD.replace("<html>", "<html lang=\"" + language + "\">");
    }

    private static String folded(String html) {
        return html.contains(" data-fold=\"")
                ? FOLD.matcher(html).replaceAll(m -> Matcher.quoteReplacement(m.group() + summary(m.group(1))))
                : html;
    }

    private static String summary(String fold) {
        String words = switch (fold) {
            case "quote" -> "Quoted text";
            case "signature" -> "Signature";
            default -> "Disclaimer";
        };
        return "<summary>" + words + "</summary>";
    }

    private static String remote(String attribute, String escaped) {
        String address = HtmlUtils.htmlUnescape(escaped).strip().toLowerCase(Locale.ROOT);
        boolean web = address.startsWith("https://") || address.startsWith("http://");
        return web ? " " + attribute + "=\"" + escaped + "\"" : "";
    }

    private static String ownPicture(Message message, String escaped) {
        String id = HtmlUtils.htmlUnescape(escaped);
        Integer number = number(message.attachments(), id);
        return number == null
                ? ""
                : " src=\"/inbox/messages/" + message.id() + "/attachments/" + number + "?inline=1\"";
    }

    private static @Nullable Integer number(List<Attachment> files, String id) {
        String decoded = decoded(id);
        for (int i = 0; i < files.size(); i++) {
            String own = files.get(i).contentId();
            if (own != null && FileView.isPicture(files.get(i)) && (own.equals(id) || own.equals(decoded))) {
                return i;
            }
        }
        return null;
    }

    /** RFC 2392: the id may be percent-encoded. */
    private static String decoded(String id) {
        try {
            return URLDecoder.decode(id.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }
}
