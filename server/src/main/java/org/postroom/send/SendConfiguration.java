package org.postroom.send;

import org.postroom.credentials.Secrets;
import org.postroom.credentials.Tokens;
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
}
