package org.postroom.mailbox.imap;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.mailbox.imap.ImapInput.Response;

/**
 * A mailbox by IMAP. Its cursor is UIDVALIDITY and the last UID read, never a flag: people read shared mailboxes too.
 * Messages are read with {@code BODY.PEEK[]}, which leaves them unread.
 */
final class ImapMailbox implements Mailbox {
    private static final DateTimeFormatter SEARCH_DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);
    private static final int BATCH = 200;
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(20);

    private final ImapConnection connection;
    private final Channel channel;
    private final ImapErrors errors;
    private final ImapLogin login;
    private long uidValidity;
    private long uidNext;
    private long exists;
    private final Object idleLock = new Object();
    private Idle idle = Idle.NO;
    private volatile boolean woken;
    private NavigableSet<Long> waiting = new TreeSet<>();

    private enum Idle {
        NO,
        WAITING,
        ENDING
    }

    ImapMailbox(ImapConnection connection, Channel channel, ImapLogin login) {
        this.connection = connection;
        this.channel = channel;
        this.login = login;
        this.errors = new ImapErrors(channel);
    }

    /** Chooses the folder; for reading only where nothing is to be changed. */
    ImapMailbox open() throws IOException {
        boolean changes = !(channel.incoming().afterImport() instanceof AfterImport.Keep);
        Outcome outcome = run((changes ? "SELECT " : "EXAMINE ") + MailboxName.encode(channel.incoming().folder()), r -> {
            note(r);
            noteCode(r.text());
        });
        if (!outcome.ok()) {
            throw errors.work(Step.OPEN_FOLDER, outcome, connection.bye());
        }
        if (uidNext == 0) {
            refreshUidNext();
        }
        return this;
    }

    private void note(Response response) {
        if (response.word(1).equals("EXISTS")) {
            exists = number(response.word(0));
        }
    }

    private void noteCode(String text) {
        uidValidity = code(text, "[UIDVALIDITY ", uidValidity);
        uidNext = code(text, "[UIDNEXT ", uidNext);
    }

    private static long code(String text, String name, long otherwise) {
        int at = text.toUpperCase(Locale.ROOT).indexOf(name);
        int end = at < 0 ? -1 : text.indexOf(']', at);
        return end < 0 ? otherwise : number(text.substring(at + name.length(), end));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Asks where the folder ends, whatever IDLE says or does not say. */
    private void refreshUidNext() throws IOException {
        Outcome outcome = run("STATUS " + MailboxName.encode(channel.incoming().folder()) + " (UIDNEXT UIDVALIDITY)", r -> {
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

    @Override
    public long messageCount() {
        return exists;
    }

    @Override
    public Cursor end() {
        return cursor(Math.max(uidNext, 1) - 1);
    }

    @Override
    public Cursor start() {
        return cursor(0);
    }

    @Override
    public Cursor since(Instant time) throws IOException {
        // SINCE disregards time and zone (RFC 9051 section 6.4.4): a day more, and the exact time is looked at afterwards.
        String day = SEARCH_DAY.format(time.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
        NavigableSet<Long> found = search("SINCE " + day);
        for (List<Long> some : split(found)) {
            Long first = firstSince(some, time);
            if (first != null) {
                return cursor(first - 1);
            }
        }
        return end();
    }

    private @Nullable Long firstSince(List<Long> uids, Instant time) throws IOException {
        TreeSet<Long> matching = new TreeSet<>();
        Outcome outcome = run("UID FETCH " + UidSet.of(uids) + " (UID INTERNALDATE)", r -> {
            FetchAnswer answer = FetchAnswer.read(r);
            if (answer != null && (answer.internalDate() == null || !answer.internalDate().isBefore(time))) {
                matching.add(answer.uid());
            }
        });
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
        return matching.isEmpty() ? null : matching.first();
    }

    private Cursor cursor(long uid) {
        return new Cursor(uidValidity + ":" + uid);
    }

    @Override
    public boolean understands(Cursor cursor) {
        return cursor.value().startsWith(uidValidity + ":");
    }

    private long lastUid(Cursor cursor) {
        return understands(cursor) ? number(cursor.value().substring(cursor.value().indexOf(':') + 1)) : 0;
    }

    @Override
    public <T> Cursor read(Cursor cursor, int most, MessageTaker<T> taker) throws IOException {
        long after = lastUid(cursor);
        waiting = waiting.tailSet(after + 1, true);
        if (waiting.isEmpty()) {
            // "n:*" names the last message even where its UID is below n (RFC 9051 section 6.4.9).
            waiting = search("UID " + (after + 1) + ":*").tailSet(after + 1, true);
        }
        int left = most;
        long last = after;
        for (List<Long> batch : split(waiting)) {
            if (left <= 0) {
                break;
            }
            List<Long> now = batch.size() > left ? batch.subList(0, left) : batch;
            fetch(now, taker);
            last = now.getLast();
            left -= now.size();
        }
        uidNext = Math.max(uidNext, last + 1);
        return cursor(last);
    }

    private <T> void fetch(List<Long> uids, MessageTaker<T> taker) throws IOException {
        TreeSet<Long> asked = new TreeSet<>(uids);
        fetchOnce(UidSet.of(uids), asked, taker);
        // What was asked for and did not come is gone, or not handed out in company: ask for each by itself.
        for (Long uid : List.copyOf(asked)) {
            fetchOnce(Long.toString(uid), asked, taker);
            if (asked.contains(uid) && search("UID " + uid).contains(uid)) {
                taker.unavailable(new SourceMessage(sourceId(uid), 0, null), "The mail server does not hand it out.");
            }
        }
    }

    private <T> void fetchOnce(String set, NavigableSet<Long> asked, MessageTaker<T> taker) throws IOException {
        BodyTaker<T> bodies = new BodyTaker<>(taker);
        Outcome outcome = run("UID FETCH " + set + " (UID INTERNALDATE BODY.PEEK[])", r -> {
            note(r);
            FetchAnswer answer = FetchAnswer.read(r);
            if (answer != null && answer.body() != null && asked.remove(answer.uid())) {
                bodies.deliver(answer, sourceId(answer.uid()));
            }
        }, bodies);
        if (!outcome.ok() && connection.bye() != null) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
    }

    private String sourceId(long uid) {
        return uidValidity + ":" + uid;
    }

    private NavigableSet<Long> search(String criteria) throws IOException {
        TreeSet<Long> found = new TreeSet<>();
        Outcome outcome = run("UID SEARCH " + criteria, r -> {
            note(r);
            if (r.word(0).equals("SEARCH")) {
                r.values().stream().skip(1).map(v -> number(String.valueOf(v))).filter(n -> n > 0).forEach(found::add);
            }
        });
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
        return found;
    }

    private static List<List<Long>> split(NavigableSet<Long> uids) {
        List<List<Long>> batches = new ArrayList<>();
        List<Long> all = new ArrayList<>(uids);
        for (int i = 0; i < all.size(); i += BATCH) {
            batches.add(all.subList(i, Math.min(all.size(), i + BATCH)));
        }
        return batches;
    }

    @Override
    public void after(AfterImport action, List<String> sourceIds) throws IOException {
        List<Long> uids = sourceIds.stream()
                .filter(id -> id.startsWith(uidValidity + ":"))
                .map(id -> number(id.substring(id.indexOf(':') + 1)))
                .sorted()
                .toList();
        for (List<Long> some : split(new TreeSet<>(uids))) {
            String set = UidSet.of(some);
            switch (action) {
                case AfterImport.Keep k -> {}
                case AfterImport.MarkRead m -> must("UID STORE " + set + " +FLAGS.SILENT (\\Seen)");
                case AfterImport.Delete d -> delete(set);
                case AfterImport.Move(String folder) -> move(set, MailboxName.encode(folder));
            }
        }
    }

    private void delete(String set) throws IOException {
        must("UID STORE " + set + " +FLAGS.SILENT (\\Deleted)");
        // Without UIDPLUS an EXPUNGE would remove what others marked as deleted: theirs is left alone, ours stays marked.
        if (connection.can("UIDPLUS") || connection.can("IMAP4REV2")) {
            must("UID EXPUNGE " + set);
        }
    }

    private void move(String set, String folder) throws IOException {
        boolean move = connection.can("MOVE") || connection.can("IMAP4REV2");
        String command = (move ? "UID MOVE " : "UID COPY ") + set + " " + folder;
        Outcome outcome = run(command, this::note);
        if (!outcome.ok() && outcome.text().toUpperCase(Locale.ROOT).contains("TRYCREATE")) {
            run("CREATE " + folder, this::note);
            outcome = run(command, this::note);
        }
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
        if (!move) {
            delete(set);
        }
    }

    private void must(String command) throws IOException {
        Outcome outcome = run(command, this::note);
        if (!outcome.ok()) {
            throw errors.work(Step.WORK, outcome, connection.bye());
        }
    }

    @Override
    public void awaitNews(Cursor cursor, Duration most) throws IOException {
        refreshUidNext();
        if (woken || uidNext - 1 > lastUid(cursor)) {
            woken = false;
            return;
        }
        if (connection.can("IDLE")) {
            idle(most);
        } else {
            pause(most.compareTo(Duration.ofSeconds(15)) < 0 ? most : Duration.ofSeconds(15));
        }
        woken = false;
    }

    /** RFC 2177. The socket's own time-out is the watchdog: a server that fell silent is noticed by the probe after it. */
    private void idle(Duration most) throws IOException {
        long before = exists;
        try {
            String tag = connection.begin("IDLE");
            Outcome refused = connection.awaitContinuation(tag, this::note);
            if (refused != null) {
                throw errors.work(Step.WORK, refused, connection.bye());
            }
            connection.timeout(most);
            synchronized (idleLock) {
                idle = Idle.WAITING;
            }
            boolean ended = woken ? false : waitInIdle(tag, before);
            connection.timeout(PROBE);
            boolean ask;
            synchronized (idleLock) {
                ask = !ended && idle == Idle.WAITING;
                idle = Idle.NO;
            }
            if (ask) {
                connection.send("DONE");
            }
            if (!ended) {
                connection.finish(tag, this::note, ImapInput::small);
            }
            connection.timeout(ANSWER);
        } catch (MailboxException e) {
            throw e;
        } catch (IOException e) {
            throw broken(e);
        } finally {
            synchronized (idleLock) {
                idle = Idle.NO;
            }
        }
        if (connection.bye() != null) {
            throw errors.work(Step.WORK, new Outcome(false, "BYE", ""), connection.bye());
        }
    }

    /** True if the server ended the IDLE by itself. */
    private boolean waitInIdle(String tag, long before) throws IOException {
        try {
            while (exists <= before && !woken && connection.bye() == null) {
                Response response = connection.next();
                note(response);
                if (response.tag().equals(tag)) {
                    return true;
                }
            }
        } catch (SocketTimeoutException quiet) {
            // Nothing happened for so long: ask again in the normal way.
        }
        return false;
    }

    private void pause(Duration time) throws IOException {
        Instant end = Instant.now().plus(time);
        while (!woken && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.io.InterruptedIOException("interrupted");
            }
        }
    }

    @Override
    public void wake() {
        woken = true;
        synchronized (idleLock) {
            if (idle == Idle.WAITING) {
                idle = Idle.ENDING;
                try {
                    connection.send("DONE");
                } catch (IOException e) {
                    connection.close();
                }
            }
        }
    }

    private Outcome run(String command, ImapConnection.Untagged untagged) throws IOException {
        return run(command, untagged, ImapInput::small);
    }

    private Outcome run(String command, ImapConnection.Untagged untagged, ImapInput.LiteralTaker taker) throws IOException {
        try {
            return connection.command(command, untagged, taker);
        } catch (MailboxException e) {
            throw e;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private MailboxException broken(IOException e) {
        String bye = connection.bye();
        return bye == null ? login.lost(e) : errors.work(Step.WORK, new Outcome(false, "", ""), bye);
    }

    @Override
    public void close() {
        try {
            connection.send("P0 LOGOUT");
        } catch (IOException gone) {
            // The server has closed already.
        } finally {
            connection.close();
        }
    }

    /** Streams bodies to the taker, and keeps what it made of them until the UID is known. */
    private static final class BodyTaker<T> implements ImapInput.LiteralTaker {
        private final MessageTaker<T> taker;

        BodyTaker(MessageTaker<T> taker) {
            this.taker = taker;
        }

        @Override
        public @Nullable Object take(long size, InputStream literal) throws IOException {
            return size > taker.largest() ? new FetchAnswer.TooBig(size) : new FetchAnswer.Taken(taker.take(literal), size);
        }

        @SuppressWarnings("unchecked") // only this taker's results stand in its answers
        void deliver(FetchAnswer answer, String sourceId) throws IOException {
            switch (java.util.Objects.requireNonNull(answer.body())) {
                case FetchAnswer.Taken(Object result, long size) ->
                    taker.message(new SourceMessage(sourceId, size, answer.internalDate()), (T) result);
                case FetchAnswer.TooBig(long size) ->
                    taker.unavailable(
                            new SourceMessage(sourceId, size, answer.internalDate()),
                            "It is " + size / (1024 * 1024) + " MB, more than the largest message that is imported ("
                                    + taker.largest() / (1024 * 1024) + " MB).");
            }
        }
    }
}
