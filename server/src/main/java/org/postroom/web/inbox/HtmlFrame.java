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
    private static final String HEAD =
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light only\">"
                    + "<title>Message</title><style>html{background:#fff;color:#1b1f27;overflow-x:auto;overflow-y:hidden}"
                    + "body{margin:0;padding:12px 14px;font:14px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,"
                    + "'Liberation Sans',Arial,sans-serif;overflow-wrap:break-word;width:auto!important;"
                    + "height:auto!important;min-height:0!important}img{max-width:100%;height:auto}"
                    + "img[data-remote-src]{display:inline-block;min-width:16px;min-height:16px;background:#f0f2f5;"
                    + "border:1px dashed #c5cbd5;color:#646d7e;font-size:12px}pre{white-space:pre-wrap}"
                    + "blockquote{margin:8px 0 8px 2px;padding-left:12px;border-left:2px solid #d5dae2}"
                    + "a{color:#2460cf}</style></head><body>";

    private HtmlFrame() {}

    static boolean hasRemotePictures(String html) {
        return html.contains(" data-remote-src=\"") || html.contains(" data-remote-background=\"");
    }

    /** @param pictures whether pictures of other servers are loaded */
    static String document(Message message, String html, boolean pictures) {
        String own = OWN.matcher(html).replaceAll(m -> Matcher.quoteReplacement(ownPicture(message, m.group(1))));
        String shown = pictures
                ? REMOTE.matcher(own).replaceAll(m -> Matcher.quoteReplacement(remote(m.group(1), m.group(2))))
                : own;
        return HEAD + shown + "</body></html>";
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
