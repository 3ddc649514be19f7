package org.postroom.conversation;

import org.postroom.channel.InstanceKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what this package offers. */
@Configuration(proxyBeanMethods = false)
class ConversationConfiguration {
    @Bean
    OwnMessageIds ownMessageIds(InstanceKey key) {
        return new OwnMessageIds(key.bytes());
    }
}
