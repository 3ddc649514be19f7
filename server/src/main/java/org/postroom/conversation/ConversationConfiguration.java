package org.postroom.conversation;

import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.InstanceKey;
import org.postroom.channel.ThreadRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what this package offers. */
@Configuration(proxyBeanMethods = false)
class ConversationConfiguration {
    @Bean
    ChannelRules channelRules(Channels channels) {
        return channelId -> channels.find(channelId).map(Channel::threading).orElse(ThreadRules.DEFAULT);
    }

    @Bean
    OwnMessageIds ownMessageIds(InstanceKey key) {
        return new OwnMessageIds(key.bytes());
    }
}
