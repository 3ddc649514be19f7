package org.postroom.mailbox.imap;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.ScriptedServer.Line;

/** An IMAP server with one folder, whose every answer a test can replace. */
public final class FakeImapServer implements Closeable {
    public final NavigableMap<Long, String> messages = new ConcurrentSkipListMap<>();
    public volatile String capabilities = "IMAP4rev1 IDLE UIDPLUS MOVE AUTH=PLAIN AUTH=XOAUTH2 SASL-IR";
    public volatile long uidValidity = 7;
    volatile long uidNext = 1;
    public volatile String folders = "* LIST (\\HasChildren) \"/\" INBOX\r\n* LIST () \"/\" Inbox/Support\r\n"
            + "* LIST (\\Sent) \"/\" \"Sent Items\"\r\n";
    volatile boolean byteByByte;
    public volatile Twist twist = (command, tag, line) -> null;
    volatile @Nullable Line idling;
    private final ScriptedServer server;

    /** What a test changes. */
    public interface Twist {
        /** The whole answer to a command, or null for the usual one; may write by itself and answer "". */
        @Nullable
        String answer(String command, String tag, Line line) throws IOException;
    }

    public FakeImapServer() throws IOException {
        server = new ScriptedServer(this::talk);
    }

    public int port() {
        return server.port();
    }

    int connections() {
        return server.connections();
    }

    public String received() {
        return server.received();
    }

    /** Adds a message at the end. */
    public long add(String message) {
        long uid = uidNext++;
        messages.put(uid, message);
        return uid;
    }

    private void talk(Line line) throws IOException {
        line.write("* OK ready\r\n");
        while (true) {
            String[] words = line.read().split(" ", 2);
            if (words.length < 2) {
                continue;
            }
            String twisted = twist.answer(words[1], words[0], line);
            send(line, twisted == null ? usual(words[0], words[1], line) : twisted);
        }
    }

    private void send(Line line, String answer) throws IOException {
        if (byteByByte) {
            line.drip(answer);
        } else {
            line.write(answer);
        }
    }

    private String usual(String tag, String command, Line line) throws IOException {
        String upper = command.toUpperCase(Locale.ROOT);
        if (upper.equals("CAPABILITY")) {
            return "* CAPABILITY " + capabilities + "\r\n" + tag + " OK done\r\n";
        }
        if (upper.startsWith("SELECT") || upper.startsWith("EXAMINE")) {
            return "* FLAGS (\\Seen \\Deleted)\r\n* " + messages.size() + " EXISTS\r\n* OK [UIDVALIDITY " + uidValidity
                    + "] ok\r\n* OK [UIDNEXT " + uidNext + "] ok\r\n" + tag + " OK [READ-ONLY] done\r\n";
        }
        if (upper.startsWith("STATUS")) {
            return "* STATUS INBOX (UIDNEXT " + uidNext + " UIDVALIDITY " + uidValidity + ")\r\n" + tag
                    + " OK done\r\n";
        }
        if (upper.startsWith("UID SEARCH")) {
            return search(upper) + tag + " OK done\r\n";
        }
        if (upper.startsWith("UID FETCH")) {
            StringBuilder all = new StringBuilder();
            uids(upper.split(" ")[2]).forEach((uid, message) -> all.append(fetched(uid, message)));
            return all + tag + " OK done\r\n";
        }
        if (upper.startsWith("FETCH ")) {
            return "* " + upper.split(" ")[1] + " FETCH (UID 1 BODY[]<0> \"Subject: a\")\r\n" + tag + " OK done\r\n";
        }
        if (upper.startsWith("LIST")) {
            return folders + tag + " OK done\r\n";
        }
        if (upper.equals("IDLE")) {
            line.write("+ idling\r\n");
            idling = line;
            String done = line.read();
            idling = null;
            return tag + (done.equals("DONE") ? " OK done\r\n" : " BAD no\r\n");
        }
        return tag + " OK done\r\n";
    }

    private String search(String upper) {
        StringBuilder found = new StringBuilder("* SEARCH");
        String set = upper.startsWith("UID SEARCH UID ") ? upper.split(" ")[3] : "1:*";
        uids(set).keySet().forEach(uid -> found.append(' ').append(uid));
        return found.append("\r\n").toString();
    }

    private NavigableMap<Long, String> uids(String set) {
        NavigableMap<Long, String> found = new ConcurrentSkipListMap<>();
        for (String part : set.split(",")) {
            String[] ends = part.split(":");
            long first = Long.parseLong(ends[0]);
            long last = ends.length == 1 ? first : ends[1].equals("*") ? Long.MAX_VALUE : Long.parseLong(ends[1]);
            found.putAll(messages.subMap(first, true, last, true));
        }
        return found;
    }

    /** The usual answer for one message. */
    static String fetched(long uid, String message) {
        int size = message.getBytes(StandardCharsets.ISO_8859_1).length;
        return "* " + uid + " FETCH (UID " + uid + " INTERNALDATE \" 1-Nov-2026 10:00:00 +0000\" BODY[] {" + size
                + "}\r\n" + message + ")\r\n";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
