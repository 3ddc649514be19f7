package org.postroom.mailbox.imap;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.credentials.Authentication;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
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
        return switch (channel.authentication()) {
            case Authentication.Password(String username) ->
                open(
                        channel,
                        (login, connection) -> login.withPassword(connection, username, secrets.password(channel)));
            case Authentication.OAuth2 oauth -> withToken(channel, oauth);
        };
    }

    /** A token can be refused before its time, after a change of rights or a reset password: one more try with a new one. */
    private Mailbox withToken(Channel channel, Authentication.OAuth2 oauth) throws IOException {
        AtomicReference<String> used = new AtomicReference<>();
        try {
            return open(channel, (login, connection) -> signIn(login, connection, channel, oauth, null, used));
        } catch (MailboxException e) {
            String rejected = used.get();
            if (rejected == null || e.step() != Step.AUTHENTICATE || e.problem().kind() != Kind.SETTINGS) {
                throw e;
            }
            return open(channel, (login, connection) -> signIn(login, connection, channel, oauth, rejected, used));
        }
    }

    private void signIn(
            ImapLogin login,
            ImapConnection connection,
            Channel channel,
            Authentication.OAuth2 oauth,
            @Nullable String rejected,
            AtomicReference<String> used)
            throws IOException {
        String token = secrets.token(channel, oauth, rejected);
        used.set(token);
        // The mailbox is named here, the token says who opens it: so a service user opens a shared mailbox.
        login.withToken(connection, channel.address(), token);
    }

    private interface Proof {
        void give(ImapLogin login, ImapConnection connection) throws IOException;
    }

    private Mailbox open(Channel channel, Proof proof) throws IOException {
        ImapLogin login = new ImapLogin(dialer, channel, secrets.route(channel));
        ImapConnection connection = login.connect();
        try {
            proof.give(login, connection);
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
