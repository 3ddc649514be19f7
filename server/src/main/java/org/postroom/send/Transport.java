package org.postroom.send;

import java.io.InputStream;
import java.util.function.Supplier;
import org.postroom.channel.Channel;

/** Hands messages to a channel's outgoing server. Safe for use by many threads; blocks its caller. */
public interface Transport {
    /** Tries once. Whatever goes wrong becomes a result; nothing is thrown for it. */
    DeliveryResult send(Channel channel, OutgoingMail mail, Supplier<InputStream> raw);
}
