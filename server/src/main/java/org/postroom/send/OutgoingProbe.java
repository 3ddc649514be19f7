package org.postroom.send;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;

/** Tries the way out without sending anything: up to the server's answer to the sender's address. */
public interface OutgoingProbe {
    /** Every step in order; those behind a failure are not reached. Empty if the channel does not send. */
    List<Finding> probe(Channel channel);

    /**
     * One step.
     *
     * @param reached whether it was tried
     * @param problem null if it went well or was not reached
     */
    record Finding(
            String name,
            boolean reached,
            @Nullable String what,
            @Nullable ChannelProblem problem) {}
}
