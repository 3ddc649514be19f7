package org.postroom.mailbox.imap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.credentials.Authentication;
import org.postroom.mailbox.MailboxSecrets;

/** One password, and tokens that are new whenever one was rejected. */
final class FakeSecrets implements MailboxSecrets {
    static final String PASSWORD = "s3cret \"quoted\\";
    static final String TOKEN = "eyJhbGciOiJub25lIn0.token-that-must-not-leak.sig";
    final List<String> given = new ArrayList<>();

    @Override
    public String password(Channel channel) {
        return PASSWORD;
    }

    @Override
    public String token(Channel channel, Authentication.OAuth2 auth, @Nullable String rejected) {
        String token = rejected == null ? TOKEN : rejected + "-renewed";
        given.add(token);
        return token;
    }
}
