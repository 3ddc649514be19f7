package org.postroom.web.inbox;

import org.postroom.person.Role;
import org.postroom.web.shell.RailItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the inbox stands in the rail. */
@Configuration(proxyBeanMethods = false)
class InboxPages {
    @Bean
    RailItem inboxInRail() {
        return new RailItem(10, "/inbox", "Inbox", "inbox", Role.AGENT);
    }
}
