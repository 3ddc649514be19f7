package org.postroom.simulator.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.simulator.imap.Selected.Numbered;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.StoredMessage;

/** SELECT, EXAMINE, CHECK, CLOSE, UNSELECT, EXPUNGE, UID EXPUNGE. */
final class SelectCommands {
    private static final String FLAGS = "(\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)";

    private SelectCommands() {}

    static String select(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return open(session, arguments, false);
    }

    static String examine(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return open(session, arguments, true);
    }

    private static String open(ImapSession session, Arguments arguments, boolean readOnly)
            throws ImapRefusal, IOException {
        session.unselect();
        Folder folder = FolderCommands.folder(session, arguments);
        arguments.end();
        session.select(folder, readOnly);
        ImapOutput out = session.out();
        List<Numbered> all = session.selected().all();
        out.line("* " + session.selected().count() + " EXISTS");
        out.line("* 0 RECENT");
        out.line("* FLAGS " + FLAGS);
        out.line("* OK [PERMANENTFLAGS " + (readOnly ? "()" : FLAGS) + "] Permanent flags");
        Optional<Numbered> unseen =
                all.stream().filter(one -> !one.message().has(Flag.SEEN)).findFirst();
        if (unseen.isPresent()) {
            out.line("* OK [UNSEEN " + unseen.get().number() + "] Is the first unseen message");
        }
        out.line("* OK [UIDVALIDITY " + folder.uidValidity() + "] UIDVALIDITY value");
        out.line("* OK [UIDNEXT " + folder.uidNext() + "] The next unique identifier value");
        return readOnly ? "OK [READ-ONLY] EXAMINE completed." : "OK [READ-WRITE] SELECT completed.";
    }

    static String check(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.end();
        return "OK CHECK completed.";
    }

    static String close(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.end();
        if (!session.selected().readOnly()) {
            remove(session, session.selected().all());
        }
        session.unselect();
        return "OK CLOSE completed.";
    }

    static String unselect(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.end();
        session.unselect();
        return "OK UNSELECT completed.";
    }

    static String expunge(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.end();
        requireWritable(session);
        remove(session, session.selected().all());
        return "OK EXPUNGE completed.";
    }

    static String uidExpunge(ImapSession session, Arguments arguments) throws ImapRefusal {
        arguments.space();
        SequenceSet set = arguments.set();
        arguments.end();
        requireWritable(session);
        remove(session, session.selected().find(set, true));
        return "OK EXPUNGE completed.";
    }

    static void requireWritable(ImapSession session) throws ImapRefusal {
        if (session.selected().readOnly()) {
            throw new ImapRefusal("NO Folder is opened read-only.");
        }
    }

    private static void remove(ImapSession session, List<Numbered> candidates) {
        List<Long> uids = new ArrayList<>();
        candidates.stream()
                .map(Numbered::message)
                .filter(message -> message.has(Flag.DELETED))
                .map(StoredMessage::uid)
                .forEach(uids::add);
        session.selected().folder().remove(uids);
    }
}
