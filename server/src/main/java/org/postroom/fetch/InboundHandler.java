package org.postroom.fetch;

import java.util.List;

/** Understands stored messages. */
public interface InboundHandler {
    /**
     * Handles messages of one channel, in order. A message that cannot be handled is counted or quarantined and does not
     * stop the others; only a database that cannot be written throws.
     */
    void handle(List<InboundMail> mails);
}
