package org.postroom.mailbox;

import java.io.IOException;
import org.postroom.channel.Channel;
import org.postroom.mailbox.imap.ImapMailboxes;
import org.postroom.wire.Dialer;

/** Opens mailboxes. Safe for use by many threads; a call blocks until the folder is open. */
public interface Mailboxes {
    /**
     * Opens a channel's mailbox.
     *
     * @throws MailboxException naming the step that failed
     */
    Mailbox open(Channel channel) throws IOException;

    /** Mailboxes reached by this dialer, opened with these secrets. */
    static Mailboxes over(Dialer dialer, MailboxSecrets secrets) {
        return new ImapMailboxes(dialer, secrets);
    }
}
