package org.postroom.web.inbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation on the page.
 *
 * @param head what stands above the messages, and how it stands in the list
 * @param before its state as the contract writes it
 * @param warnings why mail to some of the usual recipients will not arrive
 * @param pictureSenders senders in it whose remote pictures are always shown
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
        String answerSubject,
        List<String> warnings,
        List<String> pictureSenders) {

    /**
     * Who wrote.
     *
     * @param invalid why mail does not arrive
     * @param wroteSince when it wrote after that, which speaks for the address
     */
    record ContactView(
            String name,
            String address,
            @Nullable When since,
            @Nullable FlagView invalid,
            @Nullable FlagView complained,
            @Nullable When wroteSince) {
        public String initial() {
            return Initial.of(name);
        }

        public boolean flagged() {
            return invalid != null || complained != null;
        }
    }

    /**
     * A mark on a contact.
     *
     * @param words what happened
     * @param codes at the end; null if there are none
     * @param message id of the message that says so
     */
    record FlagView(String words, @Nullable String codes, When since, String message) {}
}
