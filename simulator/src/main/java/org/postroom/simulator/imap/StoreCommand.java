package org.postroom.simulator.imap;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.postroom.simulator.imap.Selected.Numbered;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.StoredMessage;

/** STORE and UID STORE (RFC 3501 section 6.4.6). */
final class StoreCommand {
    private StoreCommand() {}

    static String store(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return run(session, arguments, false);
    }

    static String run(ImapSession session, Arguments arguments, boolean byUid) throws ImapRefusal, IOException {
        arguments.space();
        SequenceSet set = arguments.set();
        arguments.space();
        String item = arguments.word();
        arguments.space();
        Set<Flag> flags = arguments.peek() == '(' ? AppendCommand.flags(arguments) : bare(arguments);
        arguments.end();
        boolean silent = item.endsWith(".SILENT");
        UnaryOperator<Set<Flag>> operation = switch (silent ? item.substring(0, item.length() - 7) : item) {
            case "FLAGS" -> old -> flags;
            case "+FLAGS" ->
                old -> {
                    old.addAll(flags);
                    return old;
                };
            case "-FLAGS" ->
                old -> {
                    old.removeAll(flags);
                    return old;
                };
            default -> throw ImapRefusal.badArguments();
        };
        SelectCommands.requireWritable(session);
        Selected selected = session.selected();
        List<Numbered> found = selected.find(set, byUid);
        for (Numbered one : found) {
            Optional<StoredMessage> after =
                    selected.folder().setFlags(one.message().uid(), operation);
            if (after.isPresent()) {
                selected.told(after.get());
                if (!silent) {
                    String uid = byUid ? "UID " + after.get().uid() + " " : "";
                    session.out()
                            .line("* " + one.number() + " FETCH (" + uid + "FLAGS " + Selected.flags(after.get())
                                    + ")");
                }
            }
        }
        return "OK STORE completed.";
    }

    private static Set<Flag> bare(Arguments arguments) throws ImapRefusal {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        do {
            Flag.of(arguments.atom("()")).ifPresent(flags::add);
        } while (arguments.take(' '));
        return flags;
    }
}
