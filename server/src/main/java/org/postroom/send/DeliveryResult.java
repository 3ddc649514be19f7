package org.postroom.send;

import java.util.List;
import org.postroom.channel.ChannelProblem;

/** How a try to hand a message to the outgoing server ended. */
public sealed interface DeliveryResult {
    /**
     * The server took it.
     *
     * @param refused recipients that the server did not take, with its words
     */
    record Accepted(String serverReply, List<String> refused) implements DeliveryResult {
        /** Copies the list. */
        public Accepted {
            refused = List.copyOf(refused);
        }
    }

    /** It was not taken, and another try may succeed. */
    record TryLater(ChannelProblem problem) implements DeliveryResult {}

    /** It was refused for good (a genuine 5xx answer to this message). */
    record Refused(ChannelProblem problem) implements DeliveryResult {}

    /** The connection ended after the message was sent and before the server's answer: it may or may not be on its way. */
    record Unknown(String why) implements DeliveryResult {}
}
