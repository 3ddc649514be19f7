package org.postroom.mailbox.imap;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.mailbox.imap.ImapInput.Response;

/** Waiting for news: by IDLE (RFC 2177) where the server offers it, and by looking at UIDNEXT whatever IDLE says. */
final class ImapWait {
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofSeconds(15);

    private final ImapSession session;
    private final ImapConnection connection;
    private final Object idleLock = new Object();
    private Idle idle = Idle.NO;
    private volatile boolean woken;

    private enum Idle {
        NO,
        WAITING,
        ENDING
    }

    ImapWait(ImapSession session) {
        this.session = session;
        this.connection = session.connection;
    }

    /** Waits until there may be a message behind that UID. */
    void await(long lastUid, Duration most) throws IOException {
        session.refreshUidNext();
        boolean unseen = session.numbered() && session.uidNext() - 1 > lastUid;
        if (woken || session.grown() || unseen) {
            woken = false;
            return;
        }
        if (connection.can("IDLE")) {
            idle(most);
        } else {
            pause(most.compareTo(POLL) < 0 ? most : POLL);
        }
        woken = false;
    }

    /** RFC 2177. The socket's own time-out is the watchdog: a server that fell silent is noticed by the probe after it. */
    private void idle(Duration most) throws IOException {
        try {
            String tag = connection.begin("IDLE");
            Outcome refused = connection.awaitContinuation(tag, session::note);
            if (refused != null) {
                throw session.errors.work(Step.WORK, refused, connection.bye());
            }
            connection.timeout(most);
            synchronized (idleLock) {
                idle = Idle.WAITING;
            }
            boolean ended = woken ? false : waitInIdle(tag);
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
                connection.finish(tag, session::note, ImapInput::small);
            }
            connection.timeout(ANSWER);
        } catch (MailboxException e) {
            throw e;
        } catch (IOException e) {
            throw session.broken(e);
        } finally {
            synchronized (idleLock) {
                idle = Idle.NO;
            }
        }
        if (connection.bye() != null) {
            throw session.errors.work(Step.WORK, new Outcome(false, "BYE", ""), connection.bye());
        }
    }

    /** True if the server ended the IDLE by itself. */
    private boolean waitInIdle(String tag) throws IOException {
        try {
            while (!session.grown() && !woken && connection.bye() == null) {
                Response response = connection.next();
                session.note(response);
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

    /** Ends a wait; from any thread. */
    void wake() {
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
}
