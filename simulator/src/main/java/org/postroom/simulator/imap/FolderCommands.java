package org.postroom.simulator.imap;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Folder;

/** NAMESPACE, LIST, LSUB, STATUS, CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE. */
final class FolderCommands {
    private static final Map<String, String> USES = Map.of(
            "Sent Items",
            " \\Sent",
            "Drafts",
            " \\Drafts",
            "Deleted Items",
            " \\Trash",
            "Junk Email",
            " \\Junk",
            "Archive",
            " \\Archive");

    private FolderCommands() {}

    static String namespace(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        arguments.end();
        session.out().line("* NAMESPACE ((\"\" \"/\")) NIL NIL");
        return "OK NAMESPACE completed.";
    }

    static String list(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return list(session, arguments, "LIST", false);
    }

    static String lsub(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return list(session, arguments, "LSUB", true);
    }

    private static String list(ImapSession session, Arguments arguments, String name, boolean subscribedOnly)
            throws ImapRefusal, IOException {
        arguments.space();
        String reference = arguments.string();
        arguments.space();
        String wanted = arguments.string();
        arguments.end();
        if (wanted.isEmpty()) {
            session.out().line("* " + name + " (\\Noselect \\HasChildren) \"/\" \"\"");
            return "OK " + name + " completed.";
        }
        Pattern pattern = pattern(reference + wanted);
        List<Folder> folders = session.mailbox().folders();
        for (Folder folder : folders) {
            if (pattern.matcher(folder.name()).matches() && (!subscribedOnly || folder.subscribed())) {
                boolean parent = folders.stream().anyMatch(other -> other.name().startsWith(folder.name() + "/"));
                String marked = folder.name().equals("INBOX") ? "\\Marked " : "";
                String attributes =
                        marked + (parent ? "\\HasChildren" : "\\HasNoChildren") + USES.getOrDefault(folder.name(), "");
                session.out().line("* " + name + " (" + attributes + ") \"/\" " + ImapText.name(folder.name()));
            }
        }
        return "OK " + name + " completed.";
    }

    private static Pattern pattern(String wanted) {
        StringBuilder regex = new StringBuilder();
        for (char c : wanted.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '%' ? "[^/]*" : Pattern.quote(String.valueOf(c)));
        }
        String collapsed = regex.toString().replaceAll("(\\.\\*)+", ".*").replaceAll("(\\[\\^/\\]\\*)+", "[^/]*");
        return Pattern.compile(collapsed, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    static String status(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        Folder folder = folder(session, arguments);
        arguments.space();
        List<String> items = arguments.list();
        arguments.end();
        StringBuilder answer = new StringBuilder();
        for (String item : items) {
            String upper = item.toUpperCase(java.util.Locale.ROOT);
            long value = switch (upper) {
                case "MESSAGES" -> folder.messages().size();
                case "RECENT" -> 0;
                case "UIDNEXT" -> folder.uidNext();
                case "UIDVALIDITY" -> folder.uidValidity();
                case "UNSEEN" ->
                    folder.messages().stream()
                            .filter(message -> !message.has(Flag.SEEN))
                            .count();
                default -> throw ImapRefusal.badArguments();
            };
            answer.append(answer.isEmpty() ? "" : " ").append(upper).append(' ').append(value);
        }
        session.out().line("* STATUS " + ImapText.name(folder.name()) + " (" + answer + ")");
        return "OK STATUS completed.";
    }

    static Folder folder(ImapSession session, Arguments arguments) throws ImapRefusal {
        String name = name(arguments);
        return session.mailbox().folder(name).orElseThrow(() -> ImapRefusal.noFolder(name));
    }

    static String name(Arguments arguments) throws ImapRefusal {
        arguments.space();
        String name = arguments.string();
        if (name.isEmpty() || name.length() > 255 || name.chars().anyMatch(c -> c < 0x20)) {
            throw ImapRefusal.badArguments();
        }
        return name;
    }

    static String create(ImapSession session, Arguments arguments) throws ImapRefusal {
        String name = name(arguments).replaceAll("/+$", "");
        arguments.end();
        if (name.isEmpty()) {
            throw ImapRefusal.badArguments();
        }
        if (session.mailbox().folder(name).isPresent()) {
            throw new ImapRefusal("NO Mailbox already exists.");
        }
        for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
            session.mailbox().create(name.substring(0, slash));
        }
        session.mailbox().create(name);
        return "OK CREATE completed.";
    }

    static String delete(ImapSession session, Arguments arguments) throws ImapRefusal {
        Folder folder = folder(session, arguments);
        arguments.end();
        if (!session.mailbox().delete(folder.name())) {
            throw new ImapRefusal("NO The folder cannot be deleted.");
        }
        return "OK DELETE completed.";
    }

    static String rename(ImapSession session, Arguments arguments) throws ImapRefusal {
        Folder from = folder(session, arguments);
        String name = name(arguments);
        arguments.end();
        if (session.mailbox().folder(name).isPresent() || !session.mailbox().delete(from.name())) {
            throw new ImapRefusal("NO The folder cannot be renamed.");
        }
        Folder to = session.mailbox().create(name);
        from.messages().forEach(message -> to.append(message.content(), message.flags(), message.internalDate()));
        return "OK RENAME completed.";
    }

    static String subscribe(ImapSession session, Arguments arguments) throws ImapRefusal {
        Folder folder = folder(session, arguments);
        arguments.end();
        folder.subscribe(true);
        return "OK SUBSCRIBE completed.";
    }

    static String unsubscribe(ImapSession session, Arguments arguments) throws ImapRefusal {
        Folder folder = folder(session, arguments);
        arguments.end();
        folder.subscribe(false);
        return "OK UNSUBSCRIBE completed.";
    }
}
