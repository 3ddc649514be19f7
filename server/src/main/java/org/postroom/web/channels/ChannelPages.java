package org.postroom.web.channels;

import org.postroom.person.Role;
import org.postroom.web.shell.RailItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where channels stand in the rail. */
@Configuration(proxyBeanMethods = false)
class ChannelPages {
    @Bean
    RailItem channelsInRail() {
        return new RailItem(50, "/channels/email", "Channels", "channels", Role.ADMINISTRATOR);
    }
}
