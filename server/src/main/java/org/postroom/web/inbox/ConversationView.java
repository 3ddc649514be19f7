package org.postroom.web.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation on the page.
 *
 * @param head what stands above the messages, and how it stands in the list
 * @param before its state as the contract writes it
 */
record ConversationView(
        RowView head,
        String before,
        boolean closed,
        @Nullable ContactView contact,
        String channelAddress,
        When created,
        List<MessageView> messages,
        List<RowView> others,
        AnswerForm answer,
        boolean answerable,
        String answerSubject) {

    /** Who wrote. */
    record ContactView(
            String name, String address, @Nullable When since) {}
}
