package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CHANNEL;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.store.Database;
import org.springframework.stereotype.Component;

/**
 * Addresses of all channels: where they read, what they send as, where answers and bounces go. They take part in everything,
 * and so tell nothing about who does. One small query per look; settings are read only where they changed. Safe for use by
 * many threads.
 */
@Component
public class OwnAddresses {
    private final Database database;
    private final Channels channels;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(long version, Set<String> addresses) {}

    OwnAddresses(Database database, Channels channels) {
        this.database = database;
        this.channels = channels;
    }

    /** All of them, in lower case. */
    public Set<String> all() {
        Map<String, Long> versions = database.read(
                sql -> sql.select(CHANNEL.ID, CHANNEL.VERSION).from(CHANNEL).fetchMap(CHANNEL.ID, CHANNEL.VERSION));
        seen.keySet().retainAll(versions.keySet());
        Set<String> all = new HashSet<>();
        versions.forEach((id, version) -> {
            Seen known = seen.get(id);
            if (known == null || known.version() != version) {
                known = channels.find(id).map(OwnAddresses::of).orElse(null);
            }
            if (known != null) {
                seen.put(id, known);
                all.addAll(known.addresses());
            }
        });
        return all;
    }

    private static Seen of(Channel channel) {
        Channel.Outgoing outgoing = channel.outgoing();
        return new Seen(
                channel.version(),
                Stream.of(channel.address(), outgoing.sendAs(), outgoing.replyTo(), outgoing.bounceAddress())
                        .filter(one -> one != null && !one.isBlank())
                        .map(one -> one.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }
}
