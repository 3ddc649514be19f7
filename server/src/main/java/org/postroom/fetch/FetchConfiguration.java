package org.postroom.fetch;

import java.security.SecureRandom;
import java.time.Clock;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.mailbox.Mailboxes;
import org.postroom.store.RawStore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Wires what this package works with. */
@Configuration(proxyBeanMethods = false)
class FetchConfiguration {
    @Bean
    ChannelWatch.Parts watchParts(
            Channels channels,
            ChannelStates states,
            Mailboxes mailboxes,
            Inbound inbound,
            RawStore raw,
            InboundHandler handler,
            Clock clock,
            @Value("${postroom.largest-message:50MB}") DataSize largest) {
        return new ChannelWatch.Parts(
                channels,
                states,
                mailboxes,
                inbound,
                raw,
                handler,
                clock,
                new Backoff(new SecureRandom()),
                largest.toBytes());
    }
}
