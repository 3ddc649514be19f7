package org.postroom.conversation;

import java.util.Map;
import org.postroom.mail.News;

/**
 * Something happened in a conversation.
 *
 * @param type such as {@code message.received}
 */
public record ConversationNews(String type, String conversationId, Map<String, Object> data) implements News {
    @Override
    public String subject() {
        return "conversation/" + conversationId;
    }
}
