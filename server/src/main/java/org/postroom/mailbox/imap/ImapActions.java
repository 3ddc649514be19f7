package org.postroom.mailbox.imap;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.postroom.channel.AfterImport;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;

/** What is done on the server to messages that were imported; never to any other. */
final class ImapActions {
    private final ImapSession session;

    ImapActions(ImapSession session) {
        this.session = session;
    }

    void after(AfterImport action, List<String> sourceIds) throws IOException {
        List<Long> uids = sourceIds.stream()
                .filter(id -> id.startsWith(session.uidValidity() + ":"))
                .map(id -> ImapSession.number(id.substring(id.indexOf(':') + 1)))
                .sorted()
                .toList();
        for (List<Long> some : ImapSession.split(new TreeSet<>(uids))) {
            String set = UidSet.of(some);
            switch (action) {
                case AfterImport.Keep k -> {}
                case AfterImport.MarkRead m -> session.must("UID STORE " + set + " +FLAGS.SILENT (\\Seen)");
                case AfterImport.Delete d -> delete(set);
                case AfterImport.Move(String folder) -> move(set, MailboxName.encode(folder));
            }
        }
    }

    private void delete(String set) throws IOException {
        session.must("UID STORE " + set + " +FLAGS.SILENT (\\Deleted)");
        // Without UIDPLUS an EXPUNGE would remove what others marked as deleted: theirs is left alone, ours stays
        // marked.
        if (session.connection.can("UIDPLUS") || session.connection.can("IMAP4REV2")) {
            session.must("UID EXPUNGE " + set);
        }
    }

    private void move(String set, String folder) throws IOException {
        boolean move = session.connection.can("MOVE") || session.connection.can("IMAP4REV2");
        String command = (move ? "UID MOVE " : "UID COPY ") + set + " " + folder;
        Outcome outcome = session.run(command, session::note);
        if (!outcome.ok() && outcome.text().toUpperCase(Locale.ROOT).contains("TRYCREATE")) {
            session.run("CREATE " + folder, session::note);
            outcome = session.run(command, session::note);
        }
        if (!outcome.ok()) {
            throw session.errors.work(Step.WORK, outcome, session.connection.bye());
        }
        if (!move) {
            delete(set);
        }
    }
}
