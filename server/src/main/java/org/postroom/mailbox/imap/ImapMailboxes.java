package org.postroom.mailbox.imap;

import java.io.IOException;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.Mailboxes;
import org.postroom.wire.Dialer;

/** Opens mailboxes by IMAP: connection, sign-in with the channel's password or token, folder. */
public final class ImapMailboxes implements Mailboxes {
    private final Dialer dialer;
    private final SecretSource secrets;

    /** Where a channel's secrets come from. */
    public interface SecretSource {
        /** The password, for basic authentication. */
        String password(Channel channel) throws MailboxException;

        /**
         * An access token.
         *
         * @param rejected one that the server did not accept, or null
         */
        String token(Channel channel, Authentication.OAuth2 auth, @org.jspecify.annotations.Nullable String rejected)
                throws MailboxException;
    }

    /** Mailboxes reached by this dialer. */
    public ImapMailboxes(Dialer dialer, SecretSource secrets) {
        this.dialer = dialer;
        this.secrets = secrets;
    }

    /** The secrets that are stored for channels. */
    public static SecretSource stored(Secrets secrets, Tokens tokens) {
        return new SecretSource() {
            @Override
            public String password(Channel channel) throws MailboxException {
                return secrets.get(channel.id(), Purpose.INCOMING_PASSWORD)
                        .orElseThrow(() -> new MailboxException(
                                Step.AUTHENTICATE,
                                new ChannelProblem(Kind.SETTINGS, "No password is stored.", "Enter the password.", null),
                                null));
            }

            @Override
            public String token(
                    Channel channel, Authentication.OAuth2 auth, @org.jspecify.annotations.Nullable String rejected)
                    throws MailboxException {
                return switch (tokens.accessToken(channel.id(), auth, rejected)) {
                    case Tokens.Result.Ready ready -> ready.accessToken();
                    case Tokens.Result.Missing(TokenProblem problem) ->
                        throw new MailboxException(Step.TOKEN, words(problem), null);
                };
            }
        };
    }

    private static ChannelProblem words(TokenProblem problem) {
        Kind kind =
                switch (problem.needs()) {
                    case SIGN_IN, CONSENT -> Kind.SIGN_IN;
                    case SETTINGS -> Kind.SETTINGS;
                    case WAITING -> Kind.PASSING;
                };
        String code = problem.code() == null ? problem.error() : problem.code();
        return new ChannelProblem(kind, problem.what(), problem.remedy(), code);
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
