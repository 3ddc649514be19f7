package org.postroom.send;

import org.postroom.channel.Channel;

/** Short mails that Postroom itself writes to people. Safe for use by many threads; blocks its caller for a try. */
public interface Notices {
    /**
     * Sends one now, by this channel and under its address. It is kept nowhere.
     *
     * @param subject at most 40 characters
     */
    DeliveryResult send(Channel by, String to, String subject, String text);
}
