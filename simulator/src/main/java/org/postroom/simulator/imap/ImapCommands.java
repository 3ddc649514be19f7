package org.postroom.simulator.imap;

import java.util.Map;
import java.util.Set;
import org.postroom.simulator.imap.ImapSession.State;

/** Which command may be given when, and by whom it is carried out. */
final class ImapCommands {
    private static final Map<String, ImapCommand> ALWAYS = Map.of(
            "CAPABILITY", ConnectionCommands::capability,
            "NOOP", ConnectionCommands::noop,
            "ID", ConnectionCommands::id,
            "LOGOUT", ConnectionCommands::logout);
    private static final Map<String, ImapCommand> NEW = Map.of(
            "STARTTLS", ConnectionCommands::startTls,
            "AUTHENTICATE", AuthenticationCommands::authenticate,
            "LOGIN", AuthenticationCommands::login);
    private static final Map<String, ImapCommand> AUTHENTICATED = Map.ofEntries(
            Map.entry("NAMESPACE", FolderCommands::namespace),
            Map.entry("LIST", FolderCommands::list),
            Map.entry("LSUB", FolderCommands::lsub),
            Map.entry("STATUS", FolderCommands::status),
            Map.entry("CREATE", FolderCommands::create),
            Map.entry("DELETE", FolderCommands::delete),
            Map.entry("RENAME", FolderCommands::rename),
            Map.entry("SUBSCRIBE", FolderCommands::subscribe),
            Map.entry("UNSUBSCRIBE", FolderCommands::unsubscribe),
            Map.entry("SELECT", SelectCommands::select),
            Map.entry("EXAMINE", SelectCommands::examine),
            Map.entry("APPEND", AppendCommand::append));
    private static final Map<String, ImapCommand> SELECTED = Map.ofEntries(
            Map.entry("CHECK", SelectCommands::check),
            Map.entry("CLOSE", SelectCommands::close),
            Map.entry("UNSELECT", SelectCommands::unselect),
            Map.entry("EXPUNGE", SelectCommands::expunge),
            Map.entry("FETCH", FetchCommand::fetch),
            Map.entry("STORE", StoreCommand::store),
            Map.entry("SEARCH", SearchCommand::search),
            Map.entry("COPY", CopyCommands::copy),
            Map.entry("MOVE", CopyCommands::move),
            Map.entry("UID", ImapCommands::uid));
    /** While these run, message numbers must not shift (RFC 3501 section 7.4.1). */
    private static final Set<String> HOLD_NUMBERS = Set.of("FETCH", "STORE", "SEARCH");

    private ImapCommands() {}

    static ImapCommand find(String name, State state) throws ImapRefusal {
        ImapCommand always = ALWAYS.get(name);
        if (always != null) {
            return always;
        }
        ImapCommand found = switch (state) {
            case NEW -> NEW.get(name);
            case UNCONNECTED, ENDED -> null;
            case AUTHENTICATED -> AUTHENTICATED.get(name);
            case SELECTED -> SELECTED.containsKey(name) ? SELECTED.get(name) : AUTHENTICATED.get(name);
        };
        if (found != null) {
            return found;
        }
        boolean elsewhere = NEW.containsKey(name) || AUTHENTICATED.containsKey(name) || SELECTED.containsKey(name);
        throw new ImapRefusal(elsewhere ? "BAD Command received in Invalid state." : "BAD Command Error. 10");
    }

    static void requireAuthenticated(State state) throws ImapRefusal {
        if (state != State.AUTHENTICATED && state != State.SELECTED) {
            throw new ImapRefusal("BAD Command received in Invalid state.");
        }
    }

    static boolean holdsNumbers(String name) {
        return HOLD_NUMBERS.contains(name);
    }

    private static String uid(ImapSession session, Arguments arguments) throws ImapRefusal, java.io.IOException {
        arguments.space();
        return switch (arguments.word()) {
            case "FETCH" -> FetchCommand.run(session, arguments, true);
            case "STORE" -> StoreCommand.run(session, arguments, true);
            case "SEARCH" -> SearchCommand.run(session, arguments, true);
            case "COPY" -> CopyCommands.run(session, arguments, true, false);
            case "MOVE" -> CopyCommands.run(session, arguments, true, true);
            case "EXPUNGE" -> SelectCommands.uidExpunge(session, arguments);
            default -> throw ImapRefusal.badArguments();
        };
    }
}
