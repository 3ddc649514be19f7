package org.postroom.simulator.imap;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.simulator.imap.FetchItem.Section;
import org.postroom.simulator.imap.FetchItem.Simple;
import org.postroom.simulator.imap.Selected.Numbered;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.StoredMessage;

/** FETCH and UID FETCH (RFC 3501 section 6.4.5). */
final class FetchCommand {
    private FetchCommand() {}

    static String fetch(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return run(session, arguments, false);
    }

    static String run(ImapSession session, Arguments arguments, boolean byUid) throws ImapRefusal, IOException {
        arguments.space();
        SequenceSet set = arguments.set();
        arguments.space();
        List<FetchItem> items = new ArrayList<>(FetchItem.parse(arguments));
        arguments.end();
        if (byUid && !items.contains(Simple.UID)) {
            items.addFirst(Simple.UID);
        }
        Selected selected = session.selected();
        boolean reads = items.stream().anyMatch(item -> item instanceof Section section && !section.peek());
        for (Numbered one : selected.find(set, byUid)) {
            StoredMessage message = one.message();
            List<FetchItem> wanted = items;
            if (reads && !selected.readOnly() && !message.has(Flag.SEEN)) {
                message = seen(selected, message);
                if (!items.contains(Simple.FLAGS)) {
                    wanted = new ArrayList<>(items);
                    wanted.add(Simple.FLAGS);
                }
            }
            answer(session.out(), one.number(), message, wanted);
        }
        return "OK FETCH completed.";
    }

    private static StoredMessage seen(Selected selected, StoredMessage message) {
        Optional<StoredMessage> after = selected.folder().setFlags(message.uid(), flags -> {
            flags.add(Flag.SEEN);
            return flags;
        });
        after.ifPresent(selected::told);
        return after.orElse(message);
    }

    private static void answer(ImapOutput out, int number, StoredMessage message, List<FetchItem> items)
            throws IOException {
        out.print("* " + number + " FETCH (");
        boolean first = true;
        for (FetchItem item : items) {
            out.print(first ? "" : " ");
            first = false;
            switch (item) {
                case Simple simple -> out.print(simple(simple, message));
                case Section section -> {
                    out.print(section.label() + " ");
                    Optional<byte[]> octets = BodySection.read(message.content(), section);
                    if (octets.isPresent()) {
                        out.literal(octets.get());
                    } else {
                        out.print("NIL");
                    }
                }
            }
        }
        out.print(")");
        out.end();
    }

    private static String simple(Simple item, StoredMessage message) {
        return switch (item) {
            case UID -> "UID " + message.uid();
            case FLAGS -> "FLAGS " + Selected.flags(message);
            case INTERNALDATE ->
                "INTERNALDATE \""
                        + AppendCommand.DATE_TIME.format(message.internalDate().atOffset(ZoneOffset.UTC)) + "\"";
            case SIZE -> "RFC822.SIZE " + message.content().size();
            case ENVELOPE ->
                "ENVELOPE " + Envelope.format(message.content().parsed().headers());
            case BODY -> "BODY " + BodyStructure.format(message.content().parsed(), false);
            case BODYSTRUCTURE ->
                "BODYSTRUCTURE " + BodyStructure.format(message.content().parsed(), true);
        };
    }
}
