package org.postroom.mailbox;

import java.io.IOException;
import org.postroom.channel.Channel;

/** Opens mailboxes. Safe for use by many threads; a call blocks until the folder is open. */
public interface Mailboxes {
    /**
     * Opens a channel's mailbox.
     *
     * @throws MailboxException naming the step that failed
     */
    Mailbox open(Channel channel) throws IOException;
}
