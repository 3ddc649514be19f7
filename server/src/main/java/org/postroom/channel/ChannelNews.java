package org.postroom.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.News;

/**
 * Something happened to a channel.
 *
 * @param type such as {@code channel.failing}
 */
public record ChannelNews(String type, String channelId, Map<String, Object> data) implements News {
    /**
     * Somebody signed in.
     *
     * @param id the channel's, or that of its next settings, which {@code next} in the data then tells
     */
    public static ChannelNews signedIn(String id, @Nullable String user) {
        Map<String, Object> data = new LinkedHashMap<>();
        if (user != null) {
            data.put("user", user);
        }
        if (NextSettings.isNext(id)) {
            data.put("next", true);
        }
        return new ChannelNews("channel.signed-in", NextSettings.channelId(id), data);
    }

    @Override
    public String subject() {
        return "channel/" + channelId;
    }
}
