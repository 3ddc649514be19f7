package org.postroom.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Authentication;
import org.postroom.store.tables.tables.records.ChannelRecord;

/** What is kept as JSON in a channel's row. */
record ChannelSettings(
        String script,
        Authentication authentication,
        Channel.Incoming incoming,
        Channel.Outgoing outgoing,
        Map<String, String> properties,
        @Nullable StoredRoute proxy,
        @Nullable ThreadRules threading) {

    static ChannelSettings of(Channel channel) {
        return new ChannelSettings(
                channel.script(),
                channel.authentication(),
                channel.incoming(),
                channel.outgoing(),
                channel.properties(),
                StoredRoute.of(channel.route()),
                channel.threading());
    }

    /** The channel of that row with these settings. */
    Channel channel(ChannelRecord row) {
        return new Channel(
                row.getId(),
                row.getName(),
                row.getAddress(),
                row.getEnabled(),
                script,
                authentication,
                incoming,
                outgoing,
                properties,
                StoredRoute.route(proxy),
                threading == null ? ThreadRules.DEFAULT : threading,
                row.getCreatedAt(),
                row.getUpdatedAt(),
                row.getVersion());
    }

    /** A channel with these settings and another id, and all else as it is. */
    Channel channel(String id, Channel like) {
        return new Channel(
                id,
                like.name(),
                like.address(),
                like.enabled(),
                script,
                authentication,
                incoming,
                outgoing,
                properties,
                StoredRoute.route(proxy),
                threading == null ? ThreadRules.DEFAULT : threading,
                like.createdAt(),
                like.updatedAt(),
                like.version());
    }
}
