package org.postroom.mailbox;

import java.time.Clock;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Tokens;
import org.postroom.wire.Dialer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what this package offers; the protocols themselves know no framework. */
@Configuration(proxyBeanMethods = false)
class MailboxConfiguration {
    @Bean
    Mailboxes mailboxes(Dialer dialer, Secrets secrets, Tokens tokens) {
        return Mailboxes.over(dialer, MailboxSecrets.stored(secrets, tokens));
    }

    @Bean
    IncomingProbe incomingProbe(Dialer dialer, Secrets secrets, Tokens tokens, Clock clock) {
        return IncomingProbe.over(dialer, MailboxSecrets.stored(secrets, tokens), clock);
    }
}
