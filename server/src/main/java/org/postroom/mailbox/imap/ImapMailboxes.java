package org.postroom.mailbox.imap;

import java.io.IOException;
import org.postroom.channel.Channel;
import org.postroom.credentials.Authentication;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxSecrets;
import org.postroom.mailbox.Mailboxes;
import org.postroom.wire.Dialer;

/** Opens mailboxes by IMAP: connection, sign-in with the channel's password or token, folder. */
public final class ImapMailboxes implements Mailboxes {
    private final Dialer dialer;
    private final MailboxSecrets secrets;

    /** Mailboxes reached by this dialer. */
    public ImapMailboxes(Dialer dialer, MailboxSecrets secrets) {
        this.dialer = dialer;
        this.secrets = secrets;
    }

    @Override
    public Mailbox open(Channel channel) throws IOException {
        ImapLogin login = new ImapLogin(dialer, channel);
        ImapConnection connection = login.connect();
        try {
            switch (channel.authentication()) {
                case Authentication.Password(String username) ->
                    login.withPassword(connection, username, secrets.password(channel));
                case Authentication.OAuth2 oauth ->
                    // The mailbox is named here, the token says who opens it: so a service user opens a shared mailbox.
                    login.withToken(connection, channel.address(), secrets.token(channel, oauth, null));
            }
            return new ImapMailbox(connection, channel, login).open();
        } catch (MailboxException e) {
            connection.close();
            throw e;
        } catch (IOException e) {
            connection.close();
            throw login.lost(e);
        }
    }
}
