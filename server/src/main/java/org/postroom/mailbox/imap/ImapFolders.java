package org.postroom.mailbox.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The folders of a mailbox (RFC 9051 section 6.3.9).
 *
 * @param all in the server's order
 */
record ImapFolders(List<Folder> all) {
    private static final int MOST_SIMILAR = 5;
    private static final int MOST = 10_000;
    /** What mail programs call it where the server does not mark it. */
    private static final Set<String> SENT = Set.of(
            "sent",
            "sent items",
            "sent mail",
            "sent messages",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "éléments envoyés",
            "messages envoyés",
            "elementos enviados",
            "enviados",
            "itens enviados",
            "posta inviata",
            "inviata",
            "verzonden items",
            "verzonden",
            "skickat",
            "sendt post",
            "elementy wysłane",
            "送信済みアイテム",
            "已发送邮件");

    /**
     * One folder.
     *
     * @param attributes such as {@code \Sent} (RFC 6154), in lower case
     * @param delimiter between levels; empty if there are none
     */
    record Folder(String name, List<String> attributes, String delimiter) {
        /** Its name without those of the folders above. */
        String last() {
            int at = delimiter.isEmpty() ? -1 : name.lastIndexOf(delimiter);
            return name.substring(at < 0 ? 0 : at + delimiter.length());
        }
    }

    /** Asks the server; empty if it does not tell. */
    static ImapFolders list(ImapConnection connection) throws IOException {
        List<Folder> all = new ArrayList<>();
        connection.command("LIST \"\" \"*\"", r -> {
            if (r.word(0).equals("LIST") && r.values().size() >= 4 && all.size() < MOST) {
                List<String> attributes = new ArrayList<>();
                if (r.values().get(1) instanceof List<?> marks) {
                    marks.forEach(m -> attributes.add(String.valueOf(m).toLowerCase(Locale.ROOT)));
                }
                String delimiter = r.values().get(2) instanceof String d ? d : "";
                String name = r.values().get(3) instanceof String n ? MailboxName.decode(n) : "NIL";
                all.add(new Folder(name, List.copyOf(attributes), delimiter));
            }
        });
        return new ImapFolders(List.copyOf(all));
    }

    /** Where sent mail lies: as the server marks it, else by its name. */
    Optional<Folder> sent() {
        Optional<Folder> marked =
                all.stream().filter(f -> f.attributes().contains("\\sent")).findFirst();
        return marked.isPresent()
                ? marked
                : all.stream()
                        .filter(f -> SENT.contains(f.last().toLowerCase(Locale.ROOT)))
                        .findFirst();
    }

    /** Names that may have been meant, the likeliest first. */
    List<String> similar(String wanted) {
        String low = wanted.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(f -> !f.attributes().contains("\\noselect"))
                .filter(f -> distance(low, f) <= Math.max(2, low.length() / 2))
                .sorted(Comparator.comparingInt(f -> distance(low, f)))
                .limit(MOST_SIMILAR)
                .map(Folder::name)
                .toList();
    }

    private static int distance(String wanted, Folder folder) {
        String whole = folder.name().toLowerCase(Locale.ROOT);
        String last = folder.last().toLowerCase(Locale.ROOT);
        if (last.equals(wanted) || wanted.endsWith("/" + last) || wanted.endsWith("." + last)) {
            return 0;
        }
        if (whole.contains(wanted) || wanted.contains(last)) {
            return 1;
        }
        return Math.min(steps(wanted, whole), steps(wanted, last));
    }

    /** Letters to change, add or take away (Levenshtein). */
    private static int steps(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[b.length()];
    }
}
