package org.postroom.desk;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Conversations.Changed;
import org.postroom.conversation.Conversations.Filter;
import org.postroom.conversation.Rearranging;
import org.postroom.conversation.Rearranging.Rearranged;
import org.postroom.conversation.State;
import org.postroom.conversation.Undelivered;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Page;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;
import org.postroom.reply.Recipients;
import org.postroom.reply.Replies;
import org.postroom.reply.Replies.Answered;
import org.postroom.reply.ReplyInput;
import org.springframework.stereotype.Service;

/** What an agent does, one method per action. Safe for use by many threads. */
@Service
public class Desk {
    private final Conversations conversations;
    private final Replies replies;
    private final Undelivered undelivered;
    private final Rearranging rearranging;

    Desk(Conversations conversations, Replies replies, Undelivered undelivered, Rearranging rearranging) {
        this.conversations = conversations;
        this.replies = replies;
        this.undelivered = undelivered;
        this.rearranging = rearranging;
    }

    /** A page of conversations, the one changed last first. */
    public Page<Row> list(Filter filter, @Nullable String cursor, int size) {
        return conversations.list(filter, cursor, size);
    }

    /** A conversation with its messages. */
    public Optional<Whole> open(String conversationId) {
        return conversations.open(conversationId);
    }

    /** Other conversations of the same contact, the one changed last first. */
    public List<Row> others(Row conversation) {
        if (conversation.contact() == null) {
            return List.of();
        }
        Filter sameContact =
                new Filter(null, null, null, null, conversation.contact().id(), null);
        return conversations.list(sameContact, null, 11).items().stream()
                .filter(row -> !row.id().equals(conversation.id()))
                .limit(10)
                .toList();
    }

    /** Whom an answer would go to. */
    public Recipients recipients(Whole conversation) {
        return replies.recipients(conversation);
    }

    /** Answers the customer. */
    public Answered answer(String conversationId, ReplyInput input, @Nullable String personId) {
        return replies.answer(conversationId, input, personId);
    }

    /** Closes a conversation. */
    public Changed close(String conversationId, @Nullable String personId) {
        return conversations.change(conversationId, State.CLOSED, personId);
    }

    /** Opens a closed conversation again. */
    public Changed reopen(String conversationId, @Nullable String personId) {
        return conversations.change(conversationId, State.OPEN, personId);
    }

    /** Takes back a close: the conversation stands again where it stood before. */
    public Changed undoClose(String conversationId, State before, @Nullable String personId) {
        return conversations.change(conversationId, before == State.CLOSED ? State.OPEN : before, personId);
    }

    /** Takes off the mark that an answer did not arrive; false if there was none. */
    public boolean dismissUndelivered(String conversationId, @Nullable String personId) {
        return undelivered.dismiss(conversationId, personId);
    }

    /** Puts all messages of a conversation into another, which is named by id or number. */
    public Rearranged merge(String conversationId, String into, @Nullable String personId) {
        return rearranging.merge(conversationId, into, personId);
    }

    /** Takes a merge back. */
    public Rearranged unmerge(String conversationId, @Nullable String personId) {
        return rearranging.unmerge(conversationId, personId);
    }

    /** Puts some messages of a conversation into a new one. */
    public Rearranged split(String conversationId, List<String> messageIds, @Nullable String personId) {
        return rearranging.split(conversationId, messageIds, personId);
    }

    /** How many conversations match, counted up to a bound. */
    public int count(Filter filter, int most) {
        return conversations.count(filter, most);
    }

    /** One message. */
    public Optional<Message> message(String messageId) {
        return conversations.message(messageId);
    }
}
