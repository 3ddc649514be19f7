package org.postroom.channel;

import java.util.Map;
import org.postroom.mail.News;

/**
 * Something happened to a channel.
 *
 * @param type such as {@code channel.failing}
 */
public record ChannelNews(String type, String channelId, Map<String, Object> data) implements News {
    @Override
    public String subject() {
        return "channel/" + channelId;
    }
}
