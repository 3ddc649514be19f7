package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words by which mail programs introduce what they quote, in the languages they speak. */
final class QuoteWords {
    /** What a header line of a quoted message stands for. */
    enum Label {
        FROM,
        DATE,
        TO,
        SUBJECT,
        OTHER
    }

    private static final Map<String, Label> LABELS = labels();

    private static final List<String> WROTE = Words.list("""
            wrote; writes; schrieb; a écrit; escribió; escribio; escribe; ha scritto; scrive; escreveu;
            schreef; geschreven; napisał; napisal; pisze; napsal; skrev; skreiv; kirjoitti; yazdı; написал;
            пишет; писал; пише; 写道; 寫道; 写到; 書きました; のメール; 님이 작성; 작성; írta; a scris; έγραψε; đã viết; menulis;
            כתב; كتب; va escriure; je napisao; napísal; rašė; a écrit; geschrieben""");

    /** First words of a line such as {@code On Monday, Ann wrote:}. */
    private static final Set<String> STARTERS = Words.set("""
            on; am; le; el; il; em; op; w; dnia; dne; den; på; no; a; în; στις; ba; בתאריך; в; vào; pada;
            ons; tors; fre; man; tis; dňa; el.""");

    private static final List<String> ORIGINAL = Words.list("""
            original message; original appointment; reply message; ursprüngliche nachricht; urspruengliche
            nachricht; originalnachricht; message d'origine; message d’origine; message original; mensaje
            original; messaggio originale; mensagem original; oorspronkelijk bericht; origineel bericht;
            wiadomość oryginalna; oryginalna wiadomość; původní zpráva; ursprungligt meddelande;
            ursprungligt e-postmeddelande; oprindelig meddelelse; opprinnelig melding; alkuperäinen viesti;
            özgün ileti; orijinal mesaj; исходное сообщение; пересылаемое сообщение; оригинальное сообщение;
            原始邮件; 原始郵件; 原邮件; 邮件原件; 元のメッセージ; original mail; 원본 메시지; 원본 메일; eredeti üzenet""");

    private static final List<String> MOBILE = Words.list("""
            sent from my_; sent from mail for windows; sent from outlook; sent from yahoo; sent from
            samsung; sent from proton; sent with_; sent via_; sent on the go; get outlook for_; von meinem
            iphone gesendet; von meinem ipad gesendet; von meinem_; gesendet von_; gesendet mit der_; diese
            nachricht wurde von meinem_; outlook für android; outlook für ios; envoyé de mon_; envoyé
            depuis_; envoyé à partir de_; télécharger outlook; obtenez outlook; enviado desde mi_; enviado
            desde_; obtener outlook; inviato da_; inviato dal mio_; scarica outlook; enviado do meu_;
            enviado do_; enviado de_; obter o outlook; verzonden vanaf mijn_; verstuurd vanaf mijn_;
            verzonden vanuit_; outlook voor_; wysłane z_; wysłano z_; pobierz aplikację outlook; odesláno
            z_; odesláno ze_; skickat från min_; skickat från_; hämta outlook; sendt fra min_; sendt fra_;
            hent outlook; få outlook; lähetetty_; hanki outlook; iphone'umdan gönderildi; ipad'imden
            gönderildi; отправлено с_; отправлено из_; 发自我的; 從我的; 从我的; 发送自; iphoneから送信; ipadから送信; 나의
            iphone에서; 내 iphone에서""");

    private static final Pattern WEEKDAY = Pattern.compile("(mon|tue|wed|thu|fri|sat|sun),?");

    private QuoteWords() {}

    private static Map<String, Label> labels() {
        var map = new java.util.HashMap<String, Label>();
        put(map, Label.FROM, """
                from; von; de; da; van; od; från; fra; lähettäjä; kimden; gönderen; от; від; 发件人; 寄件者; 寄件人; 差出人;
                送信者; 보낸 사람; 보낸사람; feladó; από; de la; expéditeur; mittente; remitente; remetente; afzender;
                nadawca; odesílatel; avsändare; afsender; avsender""");
        put(map, Label.DATE, """
                sent; date; gesendet; datum; envoyé; envoyé le; enviado; enviado el; enviada em; enviado em;
                fecha; data; inviato; verzonden; wysłano; wysłane; odesláno; skickat; sendt; dato; lähetetty;
                päivämäärä; pvm; gönderildi; tarih; gönderme tarihi; отправлено; дата; 发送时间; 日期; 寄件日期; 傳送時間;
                送信日時; 日時; 보낸 날짜; 날짜; elküldve; dátum; trimis; надіслано; ημερομηνία""");
        put(map, Label.TO, """
                to; an; à; para; a; aan; do; komu; till; til; vastaanottaja; kime; alıcı; кому; 收件人; 收件者; 宛先; 받는
                사람; 받는사람; címzett; către; destinataire; προς""");
        put(map, Label.SUBJECT, """
                subject; betreff; objet; asunto; oggetto; assunto; onderwerp; temat; předmět; ämne; emne; aihe;
                konu; тема; 主题; 主題; 主旨; 件名; 제목; tárgy; subiect; θέμα""");
        put(map, Label.OTHER, """
                cc; kopie; kopia; copie; copia; cópia; kopi; kopio; bilgi; копия; 抄送; 副本; 참조; reply-to; bcc;
                importance; priority; attachments""");
        return Map.copyOf(map);
    }

    private static void put(Map<String, Label> map, Label label, String block) {
        for (String word : Words.list(block)) {
            map.putIfAbsent(word, label);
        }
    }

    /** What a line such as {@code *Von:* Ann} is the beginning of; null if it is no such line. */
    static @org.jspecify.annotations.Nullable Label label(String line) {
        int start = 0;
        while (start < line.length()
                && (line.charAt(start) == ' ' || line.charAt(start) == '*' || line.charAt(start) == '\t')) {
            start++;
        }
        int end = start;
        while (end < line.length() && end - start < 24 && line.charAt(end) != ':' && line.charAt(end) != '：') {
            end++;
        }
        if (end == start || end >= line.length() || (line.charAt(end) != ':' && line.charAt(end) != '：')) {
            return null;
        }
        String word = line.substring(start, end).replace("*", "").strip().toLowerCase(Locale.ROOT);
        return LABELS.get(word);
    }

    /** {@code -----Original Message-----}, in any language. */
    static boolean isOriginalMessage(String line) {
        String text = line.strip();
        if (text.length() < 10 || text.length() > 90) {
            return false;
        }
        char first = text.charAt(0);
        if (first != '-' && first != '_' && first != '=' && first != '*' && first != '—') {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return ORIGINAL.stream().anyMatch(lower::contains);
    }

    /** Whether a line that ends with a colon says that somebody wrote something. */
    static boolean saysWrote(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return WROTE.stream().anyMatch(lower::contains);
    }

    /** Whether a line starts as an attribution starts, or with a date. */
    static boolean startsAsAttribution(String line) {
        String text = line.strip().toLowerCase(Locale.ROOT);
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        return !word.isEmpty()
                && (STARTERS.contains(word)
                        || Character.isDigit(word.charAt(0))
                        || WEEKDAY.matcher(word).matches());
    }

    /** {@code Sent from my iPhone}, in any language. */
    static boolean isMobileSignature(String line) {
        String text = line.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > 120) {
            return false;
        }
        return MOBILE.stream().anyMatch(text::startsWith);
    }
}
