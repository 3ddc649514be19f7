package org.postroom.mailbox.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.postroom.channel.Channel;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.mailbox.imap.ImapInput.Response;

/** A signed-in connection with a folder chosen: runs commands and keeps what the server tells of the folder on the way. */
final class ImapSession {
    private static final int BATCH = 200;

    final ImapConnection connection;
    final Channel channel;
    final ImapErrors errors;
    private final ImapLogin login;
    private long uidValidity;
    private long uidNext;
    private long exists;
    private boolean grown;
    private long searchedBelow;

    ImapSession(ImapConnection connection, Channel channel, ImapLogin login) {
        this.connection = connection;
        this.channel = channel;
        this.login = login;
        this.errors = login.errors();
    }

    long uidValidity() {
        return uidValidity;
    }

    long uidNext() {
        return uidNext;
    }

    long exists() {
        return exists;
    }

    /** Whether the folder grew since it was last searched. */
    boolean grown() {
        return grown;
    }

    /** Whether the server has given out UIDs since the folder was last searched; what lies below may all be gone. */
    boolean numbered() {
        return uidNext > searchedBelow;
    }

    /** The messages there are now behind this UID. */
    NavigableSet<Long> behind(long uid) throws IOException {
        grown = false;
        searchedBelow = uidNext;
        // "n:*" names the last message even where its UID is below n (RFC 9051 section 6.4.9).
        return search("UID " + (uid + 1) + ":*").tailSet(uid + 1, true);
    }

    /** A message of that UID was seen. */
    void sawUid(long uid) {
        uidNext = Math.max(uidNext, uid + 1);
    }

    void note(Response response) {
        if (response.word(1).equals("EXISTS")) {
            long now = number(response.word(0));
            grown |= now > exists;
            exists = now;
        } else if (response.word(1).equals("EXPUNGE")) {
            exists = Math.max(0, exists - 1);
        }
    }

    void noteCode(String text) {
        uidValidity = code(text, "[UIDVALIDITY ", uidValidity);
        uidNext = code(text, "[UIDNEXT ", uidNext);
    }

    static long code(String text, String name, long otherwise) {
        int at = text.toUpperCase(Locale.ROOT).indexOf(name);
        int end = at < 0 ? -1 : text.indexOf(']', at);
        return end < 0 ? otherwise : number(text.substring(at + name.length(), end));
    }

    static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Asks where the folder ends, whatever IDLE says or does not say. */
    void refreshUidNext() throws IOException {
        Outcome outcome =
                run("STATUS " + MailboxName.encode(channel.incoming().folder()) + " (UIDNEXT UIDVALIDITY)", r -> {
                    note(r);
                    if (r.word(0).equals("STATUS") && r.values().getLast() instanceof List<?> items) {
                        for (int i = 0; i + 1 < items.size(); i += 2) {
                            if ("UIDNEXT".equalsIgnoreCase(String.valueOf(items.get(i)))) {
                                uidNext = Math.max(uidNext, number(String.valueOf(items.get(i + 1))));
                            }
                        }
                    }
                });
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
    }

    NavigableSet<Long> search(String criteria) throws IOException {
        TreeSet<Long> found = new TreeSet<>();
        Outcome outcome = run("UID SEARCH " + criteria, r -> {
            note(r);
            if (r.word(0).equals("SEARCH")) {
                r.values().stream()
                        .skip(1)
                        .map(v -> number(String.valueOf(v)))
                        .filter(n -> n > 0)
                        .forEach(found::add);
            }
        });
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
        return found;
    }

    static List<List<Long>> split(NavigableSet<Long> uids) {
        List<List<Long>> batches = new ArrayList<>();
        List<Long> all = new ArrayList<>(uids);
        for (int i = 0; i < all.size(); i += BATCH) {
            batches.add(all.subList(i, Math.min(all.size(), i + BATCH)));
        }
        return batches;
    }

    Outcome run(String command, ImapConnection.Untagged untagged) throws IOException {
        return run(command, untagged, ImapInput::small);
    }

    Outcome run(String command, ImapConnection.Untagged untagged, ImapInput.LiteralTaker taker) throws IOException {
        try {
            return connection.command(command, untagged, taker);
        } catch (MailboxException e) {
            throw e;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    MailboxException broken(IOException e) {
        String bye = connection.bye();
        return bye == null ? login.lost(e) : errors.work(Step.WORK, new Outcome(false, "", ""), bye);
    }

    void must(String command) throws IOException {
        Outcome outcome = run(command, this::note);
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
    }
}
