package org.postroom.mailbox.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;

/**
 * A mailbox by IMAP. Its cursor is UIDVALIDITY and the last UID read, never a flag: people read shared mailboxes too.
 * Messages are read with {@code BODY.PEEK[]}, which leaves them unread.
 */
final class ImapMailbox implements Mailbox {
    private static final DateTimeFormatter SEARCH_DAY = DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

    private final ImapSession session;
    private final Channel channel;
    private final ImapActions actions;
    private final ImapWait waiting;
    private NavigableSet<Long> found = new TreeSet<>();

    ImapMailbox(ImapConnection connection, Channel channel, ImapLogin login) {
        this.session = new ImapSession(connection, channel, login);
        this.channel = channel;
        this.actions = new ImapActions(session);
        this.waiting = new ImapWait(session);
    }

    /** Chooses the folder; for reading only where nothing is to be changed. */
    ImapMailbox open() throws IOException {
        boolean changes = !(channel.incoming().afterImport() instanceof AfterImport.Keep);
        Outcome outcome = session.run(
                (changes ? "SELECT " : "EXAMINE ")
                        + MailboxName.encode(channel.incoming().folder()),
                r -> {
                    session.note(r);
                    session.noteCode(r.text());
                });
        if (!outcome.ok() && session.connection.bye() == null && ImapErrors.missing(outcome.words())) {
            ImapFolders folders = ImapFolders.list(session.connection);
            throw session.errors.noFolder(
                    outcome.words(), folders.similar(channel.incoming().folder()));
        }
        if (!outcome.ok()) {
            throw session.errors.work(Step.OPEN_FOLDER, outcome, session.connection.bye());
        }
        if (session.uidNext() == 0) {
            session.refreshUidNext();
        }
        return this;
    }

    @Override
    public long messageCount() {
        return session.exists();
    }

    @Override
    public Cursor end() {
        return cursor(Math.max(session.uidNext(), 1) - 1);
    }

    @Override
    public Cursor start() {
        return cursor(0);
    }

    @Override
    public Cursor since(Instant time) throws IOException {
        // SINCE disregards time and zone (RFC 9051 section 6.4.4): a day more, and the exact time is looked at
        // afterwards.
        String day = SEARCH_DAY.format(time.minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC));
        NavigableSet<Long> matching = session.search("SINCE " + day);
        for (List<Long> some : ImapSession.split(matching)) {
            Long first = firstSince(some, time);
            if (first != null) {
                return cursor(first - 1);
            }
        }
        return end();
    }

    private @Nullable Long firstSince(List<Long> uids, Instant time) throws IOException {
        TreeSet<Long> matching = new TreeSet<>();
        Outcome outcome = session.run("UID FETCH " + UidSet.of(uids) + " (UID INTERNALDATE)", r -> {
            FetchAnswer answer = FetchAnswer.read(r);
            if (answer != null
                    && (answer.internalDate() == null || !answer.internalDate().isBefore(time))) {
                matching.add(answer.uid());
            }
        });
        if (!outcome.ok()) {
            throw session.errors.work(Step.WORK, outcome, session.connection.bye());
        }
        return matching.isEmpty() ? null : matching.first();
    }

    private Cursor cursor(long uid) {
        return new Cursor(session.uidValidity() + ":" + uid);
    }

    @Override
    public boolean understands(Cursor cursor) {
        return cursor.value().startsWith(session.uidValidity() + ":");
    }

    @Override
    public Cursor earlier(Cursor one, Cursor other) {
        return lastUid(one) <= lastUid(other) ? one : other;
    }

    private long lastUid(Cursor cursor) {
        return understands(cursor)
                ? ImapSession.number(cursor.value().substring(cursor.value().indexOf(':') + 1))
                : 0;
    }

    @Override
    public <T> Cursor read(Cursor cursor, int most, MessageTaker<T> taker) throws IOException {
        long after = lastUid(cursor);
        found = found.tailSet(after + 1, true);
        if (found.isEmpty()) {
            found = session.behind(after);
        }
        int left = most;
        long last = after;
        for (List<Long> batch : ImapSession.split(found)) {
            if (left <= 0) {
                break;
            }
            List<Long> now = batch.size() > left ? batch.subList(0, left) : batch;
            fetch(now, taker);
            last = now.getLast();
            left -= now.size();
        }
        session.sawUid(last);
        return cursor(last);
    }

    private <T> void fetch(List<Long> uids, MessageTaker<T> taker) throws IOException {
        TreeSet<Long> asked = new TreeSet<>(uids);
        fetchOnce(UidSet.of(uids), asked, taker);
        // What was asked for and did not come is gone, or not handed out in company: ask for each by itself.
        for (Long uid : List.copyOf(asked)) {
            fetchOnce(Long.toString(uid), asked, taker);
            if (asked.contains(uid) && session.search("UID " + uid).contains(uid)) {
                taker.unavailable(new SourceMessage(sourceId(uid), 0, null), "The mail server does not hand it out.");
            }
        }
    }

    private <T> void fetchOnce(String set, NavigableSet<Long> asked, MessageTaker<T> taker) throws IOException {
        BodyTaker<T> bodies = new BodyTaker<>(taker);
        Outcome outcome = session.run(
                "UID FETCH " + set + " (UID INTERNALDATE " + threadItem() + "BODY.PEEK[])",
                r -> {
                    session.note(r);
                    FetchAnswer answer = FetchAnswer.read(r);
                    if (answer != null && answer.body() != null && asked.remove(answer.uid())) {
                        bodies.deliver(answer, sourceId(answer.uid()));
                    }
                },
                bodies);
        // A refusal may be about one message only; a server that is busy or says goodbye refuses them all.
        if (!outcome.ok() && (session.connection.bye() != null || ImapErrors.busy(outcome))) {
            throw session.errors.work(Step.WORK, outcome, session.connection.bye());
        }
    }

    /** Google's thread id (developers.google.com/workspace/gmail/imap/imap-extensions), where it is offered. */
    private String threadItem() {
        return session.connection.can("X-GM-EXT-1") ? "X-GM-THRID " : "";
    }

    private String sourceId(long uid) {
        return session.uidValidity() + ":" + uid;
    }

    @Override
    public void after(AfterImport action, List<String> sourceIds) throws IOException {
        actions.after(action, sourceIds);
    }

    @Override
    public void awaitNews(Cursor cursor, Duration most) throws IOException {
        waiting.await(lastUid(cursor), most);
    }

    @Override
    public void wake() {
        waiting.wake();
    }

    @Override
    public void close() {
        try {
            session.connection.send("P0 LOGOUT");
        } catch (IOException gone) {
            // The server has closed already.
        } finally {
            session.connection.close();
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
            return size > taker.largest()
                    ? new FetchAnswer.TooBig(size)
                    : new FetchAnswer.Taken(taker.take(literal), size);
        }

        @SuppressWarnings("unchecked") // only this taker's results stand in its answers
        void deliver(FetchAnswer answer, String sourceId) throws IOException {
            switch (java.util.Objects.requireNonNull(answer.body())) {
                case FetchAnswer.Taken(Object result, long size) ->
                    taker.message(
                            new SourceMessage(sourceId, size, answer.internalDate(), answer.thread()), (T) result);
                case FetchAnswer.Short(byte[] bytes) ->
                    taker.message(
                            new SourceMessage(sourceId, bytes.length, answer.internalDate(), answer.thread()),
                            taker.take(new ByteArrayInputStream(bytes)));
                case FetchAnswer.TooBig(long size) ->
                    taker.unavailable(
                            new SourceMessage(sourceId, size, answer.internalDate(), answer.thread()),
                            "It is " + size / (1024 * 1024) + " MB, more than the largest message that is imported ("
                                    + taker.largest() / (1024 * 1024) + " MB).");
            }
        }
    }
}
