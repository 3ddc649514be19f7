package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bounce's text, split where the copy of the original begins.
 *
 * @param explanation what the server says
 * @param copy the original or its header, empty if there is none
 */
record BounceCopy(String explanation, String copy) {
    private static final Phrases WORDS = Phrases.of("""
            [separators]
            this is a copy of; below this line; a copy of the message; a copy of your message; copy of your message; original
            message; message header; the header of the original; headers of the original; header of your message; unsent
            message; returned message; message follows; your message follows; undelivered message; message text; beginning of;
            start of returned; included below; the following is; received message header; message headers; text of message;
            original mail; original header; below is a copy; included is a copy; returned mail follows; mail header;
            ursprüngliche nachricht; originalnachricht; nachrichtenkopf; kopfzeilen; message d'origine; message original;
            en-têtes; encabezados; mensaje original; intestazioni; messaggio originale; cabeçalhos; mensagem original;
            berichtkop; oorspronkelijk; nagłówki; hlavičky; meddelandehuvud; заголовки; исходное сообщение; 元のメッセージ;
            メッセージ ヘッダー; 元のメール; 原始邮件; 原邮件; 邮件头; 郵件標頭; 원본 메시지; 메시지 머리글
            """);
    private static final Set<String> FIELDS = Words.set("""
            received return-path message-id from to cc subject date mime-version delivered-to reply-to sender in-reply-to
            references dkim-signature authentication-results received-spf user-agent von an betreff datum de à objet para asunto
            fecha da oggetto data
            """);
    private static final Pattern ID = Pattern.compile(
            "(?im)^[>|\\s]{0,12}message-id\\s*:[>|\\s]{0,20}(<[^<>\\s]{1,990}>|[^\\s<>]{1,400}@[^\\s<>]{1,400})");

    static BounceCopy split(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            String line = text.substring(at, end < 0 ? text.length() : end).strip();
            if (isHeader(line) && at > 0) {
                return new BounceCopy(text.substring(0, at), text.substring(at));
            }
            if (isSeparator(line) && at > 0 && headerFollows(text, next)) {
                return new BounceCopy(text.substring(0, at), text.substring(next));
            }
            at = next;
        }
        return new BounceCopy(text, "");
    }

    private static boolean isHeader(String line) {
        String bare = line.startsWith("> ") || line.startsWith("| ") ? line.substring(2) : line;
        String lower =
                bare.length() > 40 ? bare.substring(0, 40).toLowerCase(Locale.ROOT) : bare.toLowerCase(Locale.ROOT);
        return lower.startsWith("received: from ")
                || lower.startsWith("return-path: <")
                || lower.startsWith("received: by ");
    }

    private static boolean isSeparator(String line) {
        return line.length() >= 4 && line.length() <= 120 && WORDS.found(Phrases.normal(line)) != 0;
    }

    /** Among the next lines that are not blank there is a header field. */
    private static boolean headerFollows(String text, int from) {
        int at = from;
        int seen = 0;
        while (at < text.length() && seen < 4) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end).strip();
            at = end < 0 ? text.length() : end + 1;
            if (line.isEmpty()) {
                continue;
            }
            seen++;
            if (line.startsWith("> ")) {
                line = line.substring(2);
            }
            int colon = line.indexOf(':');
            if (colon > 1 && colon < 40 && isField(line.substring(0, colon).toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isField(String name) {
        return FIELDS.contains(name) || name.startsWith("x-") || name.startsWith("content-") || name.startsWith("arc-");
    }

    /** The fields of the copy. */
    Headers headers() {
        String text = copy.stripLeading();
        if (text.startsWith(">") || text.startsWith("|")) {
            text = text.replaceAll("(?m)^[>|] ?", "");
        }
        return HeaderSection.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The Message-ID line of the copy, or one that the explanation shows; null if there is none. */
    @Nullable
    String messageId() {
        String id = find(copy);
        return id == null ? find(explanation) : id;
    }

    private static @Nullable String find(String text) {
        Matcher matcher = ID.matcher(text);
        return matcher.find() ? ReportSource.firstId(matcher.group(1)) : null;
    }
}
