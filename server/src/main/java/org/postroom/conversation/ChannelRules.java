package org.postroom.conversation;

import org.postroom.channel.ThreadRules;

/** How each channel's mail finds its conversation. */
@FunctionalInterface
interface ChannelRules {
    /** The rules of a channel; the usual ones for one that is gone. */
    ThreadRules of(String channelId);
}
