package org.postroom.doctor;

import java.time.Clock;
import org.postroom.credentials.Tokens;
import org.postroom.mailbox.IncomingProbe;
import org.postroom.send.OutgoingProbe;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the diagnosis of stored channels. */
@Configuration(proxyBeanMethods = false)
class DoctorConfiguration {
    @Bean
    Doctor doctor(IncomingProbe incoming, OutgoingProbe outgoing, Tokens tokens, Clock clock) {
        return new Doctor(incoming, outgoing, tokens::obstacle, clock);
    }
}
