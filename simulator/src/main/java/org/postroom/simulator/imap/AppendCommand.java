package org.postroom.simulator.imap;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.MessageContent;
import org.postroom.simulator.mailbox.StoredMessage;

/** APPEND (RFC 3501 section 6.3.11) with APPENDUID (RFC 4315). */
final class AppendCommand {
    static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dd-MMM-yyyy HH:mm:ss Z")
            .toFormatter(Locale.ENGLISH);

    private AppendCommand() {}

    static String append(ImapSession session, Arguments arguments) throws ImapRefusal {
        String name = FolderCommands.name(arguments);
        arguments.space();
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (arguments.peek() == '(') {
            flags = flags(arguments);
            arguments.space();
        }
        Instant date = session.service().organisation().clock().instant();
        if (arguments.peek() == '"') {
            date = date(arguments.string());
            arguments.space();
        }
        byte[] octets = arguments.literal();
        arguments.end();
        Folder folder = session.mailbox()
                .folder(name)
                .orElseThrow(() -> new ImapRefusal("NO [TRYCREATE] " + name + " doesn't exist."));
        if (octets.length == 0) {
            throw ImapRefusal.badArguments();
        }
        StoredMessage added = folder.append(new MessageContent(octets), flags, date);
        return "OK [APPENDUID " + folder.uidValidity() + " " + added.uid() + "] APPEND completed.";
    }

    static Set<Flag> flags(Arguments arguments) throws ImapRefusal {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (String word : arguments.list()) {
            Flag.of(word).ifPresent(flags::add);
        }
        return flags;
    }

    private static Instant date(String text) throws ImapRefusal {
        try {
            return OffsetDateTime.parse(text.startsWith(" ") ? "0" + text.substring(1) : text, DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw ImapRefusal.badArguments();
        }
    }
}
