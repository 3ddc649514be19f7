package org.postroom.simulator.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.postroom.simulator.imap.Selected.Numbered;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.StoredMessage;

/** COPY, UID COPY, MOVE and UID MOVE with COPYUID (RFC 4315, RFC 6851). */
final class CopyCommands {
    private CopyCommands() {}

    static String copy(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return run(session, arguments, false, false);
    }

    static String move(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return run(session, arguments, false, true);
    }

    static String run(ImapSession session, Arguments arguments, boolean byUid, boolean move)
            throws ImapRefusal, IOException {
        arguments.space();
        SequenceSet set = arguments.set();
        String name = FolderCommands.name(arguments);
        arguments.end();
        if (move) {
            SelectCommands.requireWritable(session);
        }
        Folder target = session.mailbox()
                .folder(name)
                .orElseThrow(() -> new ImapRefusal("NO [TRYCREATE] " + name + " doesn't exist."));
        Folder source = session.selected().folder();
        List<Long> from = new ArrayList<>();
        List<Long> to = new ArrayList<>();
        for (Numbered one : session.selected().find(set, byUid)) {
            StoredMessage message = one.message();
            StoredMessage copied = target.append(message.content(), message.flags(), message.internalDate());
            from.add(message.uid());
            to.add(copied.uid());
        }
        String word = move ? "MOVE" : "COPY";
        if (from.isEmpty()) {
            return "OK " + word + " completed.";
        }
        String code = "[COPYUID " + target.uidValidity() + " " + SequenceSet.format(from) + " " + SequenceSet.format(to)
                + "]";
        if (!move) {
            return "OK " + code + " COPY completed.";
        }
        session.out().line("* OK " + code);
        source.remove(from);
        return "OK MOVE completed.";
    }
}
