package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Receipt;

/** Read receipts: MDN (RFC 8098), and those of Outlook and Notes that are only words. */
final class Receipts {
    private static final int LOOK = 2_000;
    private static final Set<String> TYPES = Words.set("displayed deleted dispatched processed denied failed");
    private static final Phrases TABLE = Phrases.of("""
            [read]
            read:; read :; gelesen:; lu :; lu:; lue :; leído:; leido:; letto:; lida:; lido:; gelezen:; przeczytano:; přečteno:; läst:; læst:;
            lest:; luettu:; okundu:; прочитано:; прочтено:; olvasva:; elolvasva:; citit:; αναγνώστηκε:; prečítané:; 已读:; 已讀取:; 已讀:; 已读：; 開封済み:;
            開封済み：; 既読:; 읽음:; return receipt; accusé de réception; lesebestätigung; empfangsbestätigung; confirmation de lecture;
            confirmación de lectura; conferma di lettura; potwierdzenie przeczytania
            [unread]
            not read:; nicht gelesen:; ungelesen gelöscht:; ungelesen:; non lu :; non lu:; no leído:; no leido:; non letto:; não lida:; não lido:; niet gelezen:;
            nie przeczytano:; nepřečteno:; oläst:; inte läst:; ikke læst:; ulæst:; ikke lest:; ulest:; ei luettu:; okunmadı:; не прочитано:; непрочитано:; 未读:; 未讀取:;
            未開封:; 읽지 않음:
            [was-read]
            was read on; was read at; was displayed on; has been displayed; wurde am; wurde gelesen; gelesen am; a été lu; a été affiché; se leyó; fue leído; ha sido leído; è stato letto; stato visualizzato; foi lida;
            foi lido; is gelezen; werd gelezen; został przeczytan; została przeczytana; zostało odczytane; byla přečtena; lästes; blev læst; ble lest; luettiin; okundu; прочитано; прочтено; было прочитано; 已于; 已被读取; 阅读时间; 已在;
            開封されました; 開封日時; 읽었; 읽은; was received by; was opened; your message was read; vom empfänger gelesen; message has been read
            [was-deleted]
            was deleted without being read; deleted without being read; wurde ungelesen gelöscht; ungelesen gelöscht; supprimé sans avoir été lu; a été supprimé sans; eliminó sin leer; eliminado sin haber sido; eliminato senza essere; excluída sem ser lida; ongelezen verwijderd;
            usunięta bez przeczytania; usunięto bez; odstraněna bez přečtení; utan att läsas; uden at være læst; uten å bli lest; удалено без прочтения; удалено непрочит; 未阅读即被删除; 開封されずに削除; 읽지 않고 삭제
            """);
    private static final long READ = TABLE.bit("read");
    private static final long UNREAD = TABLE.bit("unread");
    private static final long WAS_READ = TABLE.bit("was-read");
    private static final long WAS_DELETED = TABLE.bit("was-deleted");

    private Receipts() {}

    /** Null if it is no receipt. */
    static @Nullable Receipt read(ReportSource source) {
        Collector.Capture disposition = source.first("message/disposition-notification");
        if (disposition != null && (source.report() || !source.answered())) {
            return mdn(HeaderSection.read(disposition.content()), source);
        }
        long prefix = TABLE.beginning(source.normal(), 0) & (READ | UNREAD);
        return prefix == 0 ? null : words(source, prefix);
    }

    private static Receipt mdn(Headers fields, ReportSource source) {
        ReportAddress recipient = ReportAddress.of(fields.get("final-recipient"));
        ReportAddress original = ReportAddress.of(fields.get("original-recipient"));
        ReportAddress who = original.isMail() ? original : recipient;
        String disposition = fields.get("disposition").toLowerCase(Locale.ROOT);
        String type = disposition.substring(disposition.indexOf(';') + 1).strip();
        int end = 0;
        while (end < type.length() && Character.isLetter(type.charAt(end))) {
            end++;
        }
        String word = type.substring(0, end);
        String id = ReportSource.firstId(fields.get("original-message-id"));
        id = id == null ? source.embeddedId() : id;
        return new Receipt(
                who.isMail() ? who.text() : sender(source),
                TYPES.contains(word) ? word : fields.has("failure") ? "failed" : "displayed",
                disposition.contains("mdn-sent-automatically") || disposition.contains("automatic-action"),
                id == null ? source.answeredId() : id);
    }

    /** The subject of a receipt and the sentence of one: a person's {@code Read: …} has no such sentence. */
    private static @Nullable Receipt words(ReportSource source, long prefix) {
        String text = source.text();
        long said = TABLE.found(Phrases.normal(text.length() > LOOK ? text.substring(0, LOOK) : text));
        boolean deleted = (said & WAS_DELETED) != 0;
        if (!deleted && ((said & WAS_READ) == 0 || (prefix & READ) == 0)) {
            return null;
        }
        String id = source.embeddedId();
        return new Receipt(
                sender(source), deleted ? "deleted" : "displayed", false, id == null ? source.answeredId() : id);
    }

    private static @Nullable String sender(ReportSource source) {
        List<Address> from = source.from();
        return from.isEmpty() ? null : from.get(0).address();
    }
}
