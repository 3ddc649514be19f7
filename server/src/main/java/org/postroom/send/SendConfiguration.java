package org.postroom.send;

import java.time.Clock;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Tokens;
import org.postroom.send.smtp.SmtpNotices;
import org.postroom.send.smtp.SmtpTransport;
import org.postroom.wire.Dialer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what this package offers; the protocol itself knows no framework. */
@Configuration(proxyBeanMethods = false)
class SendConfiguration {
    @Bean
    Transport transport(Dialer dialer, Secrets secrets, Tokens tokens) {
        return new SmtpTransport(dialer, secrets, tokens);
    }

    @Bean
    OutgoingProbe outgoingProbe(Dialer dialer, Secrets secrets, Tokens tokens, Clock clock) {
        return OutgoingProbe.over(dialer, SendSecrets.stored(secrets, tokens), clock);
    }

    @Bean
    Notices notices(Transport transport, Clock clock) {
        return new SmtpNotices(transport, clock);
    }
}
