package org.postroom.simulator.imap;

import java.io.IOException;

/** One command of the protocol. */
@FunctionalInterface
interface ImapCommand {
    /**
     * Carries the command out, untagged answers included.
     *
     * @return the tagged answer without the tag
     */
    String run(ImapSession session, Arguments arguments) throws ImapRefusal, IOException;
}
